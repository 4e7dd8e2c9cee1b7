import { zoneFrom } from '../../shared/domain/redisLog.ts';
import type { CallOptions, LogEnd } from '../host.ts';
import { LOG_TAIL_BYTES } from '../logTroubles.ts';
import type { HostShell } from './hostShell.ts';
import { SECTION_MARK } from './observe/sections.ts';
import { quoteAll } from './quote.ts';

/**
 * Prints for each log a line of the character 0x1E, when it was last written, its size and that of the one that was put aside last; then the end of both as one text.
 * A log that was put aside a moment ago is there under its second name only.
 */
function logsScript(logFiles: readonly string[]): string {
  return `for log in ${quoteAll(logFiles)}; do
  newest=$log
  [ -f "$log" ] || newest=$log.1
  size=0
  aside=0
  [ ! -f "$log" ] || size=$(wc -c <"$log")
  [ ! -f "$log.1" ] || aside=$(wc -c <"$log.1")
  printf '\\n\\036%s\\t%s\\t%s\\n' "$(stat -L -c %Y -- "$newest" 2>/dev/null)" "$size" "$aside"
  rest=$((${LOG_TAIL_BYTES} - size))
  if [ "$rest" -gt 0 ] && [ "$aside" -gt 0 ]; then tail -c "$rest" -- "$log.1"; fi
  [ ! -f "$log" ] || tail -c ${LOG_TAIL_BYTES} -- "$log"
done
`;
}

/** Reads the ends of logs; see `Host.readLogs`. */
export async function readLogs(shell: HostShell, logFiles: readonly string[], options?: CallOptions): Promise<readonly LogEnd[]> {
  const { stdout } = await shell.run({ name: 'readLogs', script: logsScript(logFiles) }, options);
  const parts = stdout.split(`\n${SECTION_MARK}`).slice(1);
  return logFiles.map((path, index) => endOf(path, parts[index]));
}

function endOf(path: string, part: string | undefined): LogEnd {
  const [, modified = '', size = '', aside = ''] = /^(\d*)\t(\d+)\t(\d+)\n/u.exec(part ?? '') ?? [];
  const nothing = { path, text: '', isWhole: false, zoneMinutes: null };
  if (part === undefined || size === '') return { ...nothing, state: 'unread' };
  if (modified === '') return { ...nothing, state: 'absent' };
  const text = part.slice(part.indexOf('\n') + 1);
  return {
    path,
    state: 'read',
    text,
    isWhole: Number(size) + Number(aside) <= LOG_TAIL_BYTES,
    zoneMinutes: zoneFrom(text.split('\n'), Number(modified) * 1000),
  };
}
