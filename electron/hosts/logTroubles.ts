import { momentOf } from '../shared/domain/redisLog.ts';
import type { FoundLog } from '../shared/domain/server.ts';

/** How much of the end of a log is read, bytes. */
export const LOG_TAIL_BYTES = 256 * 1024;
/** How many lines of a log are kept. */
const LINES_KEPT = 20;
const LINE_LENGTH = 300;

/**
 * How messages of level `#` begin that tell of something broken, in the sources of Redis 7.0 to 8.0. The level alone says little: 7.0 uses it for each step
 * of an election too, and what the kernel's settings cause is told by the checks of those.
 */
const BROKEN = [
  'Out Of Memory',
  'Fatal|FATAL|CRITICAL|== CRITICAL|Critical',
  '=== ASSERTION FAILED ===|Guru Meditation|[A-Z][a-z]+ [0-9.]+ crashed by signal',
  "Can't |Could not |Errors? |Failed |Fail to |Impossible to lock|Sorry, the cluster configuration file",
  // A child that is ended on purpose dies by signal 10.
  'Background (saving|AOF rewrite) ((terminated with )?error|terminated by signal ([^1]|1[^0]))',
  'Write error (saving|while saving|writing|or short)|Short write|Short read|Opening the temp file',
  '!!! Warning: short read|Unexpected end of file|Bad file format|Unrecoverable|Wrong (signature|RDB checksum)|Terminating server',
  'Client .*for overcoming of output buffer limits|Possible SECURITY ATTACK',
];

/** The same for what a replica says while it does not reach its master. It repeats that each second through every failover. */
const LINK_BROKEN = [
  'Error condition on socket for|Error reply to PING|Unable to (connect|AUTH|send PSYNC) to (MASTER|master)|MASTER (aborted|timeout)',
  "I/O error|Timeout (connecting|receiving)|Failed to read response|Master did not|Unexpected reply to PSYNC|Can't create readable event for SYNC",
];

/** After one of these the node has a master again, or is one. */
const LINK_MENDED = [
  'MASTER <-> REPLICA sync: Finished with success|Successful partial resynchronization with master',
  "Failover election won: I'm the new master|Taking over the master",
];

const START = ['oO0OoO0OoO0Oo [A-Z][a-z]+ is starting'];
const SLOW_DISK = 'Asynchronous AOF fsync is taking too long';

/** `PID:ROLE DATE LEVEL MESSAGE` with a message that begins in one of these ways. */
function lineWith(levels: string, beginnings: readonly string[]): string {
  return `^[0-9]+:[A-Z] [^#*]+[${levels}] (${beginnings.join('|')})`;
}

/** The lines that are to be read from a log, as `grep -E` understands it: this file's own expressions read alike there and in JavaScript. */
export const LOG_LINES = [
  lineWith('#', [...BROKEN, ...LINK_BROKEN]),
  lineWith('*', [SLOW_DISK]),
  lineWith('#*', [...LINK_MENDED, ...START]),
].join('|');

const wanted = new RegExp(LOG_LINES, 'u');
const linkBroken = new RegExp(lineWith('#', LINK_BROKEN), 'u');
const linkMended = new RegExp(lineWith('#*', LINK_MENDED), 'u');
const start = new RegExp(lineWith('#*', START), 'u');

/** Since when trouble counts: `at` for people, on the admin's clock; `onServerMs` on the server's, Unix milliseconds. */
export interface LogsSince {
  readonly at: string;
  readonly onServerMs: number;
}

/**
 * What a log says of trouble since a moment, or since the last start in it: a process that crashed after the moment is trouble, though it was started again.
 * A line whose time cannot be read counts. That a replica did not reach its master counts only until it does again: whether it does
 * now is told by the node itself.
 */
function troublesIn(lines: readonly string[], zoneMinutes: number, since: LogsSince | null): readonly string[] {
  let troubles: string[] = [];
  for (const line of lines) {
    if (since !== null && (momentOf(line, zoneMinutes) ?? since.onServerMs) < since.onServerMs) continue;
    if (start.test(line)) troubles = since === null ? [] : troubles;
    else if (linkMended.test(line)) troubles = troubles.filter((one) => !linkBroken.test(one));
    else if (wanted.test(line)) troubles.push(line);
  }
  return troubles;
}

/** Shows a line on one line, whatever a client made Redis write. */
function shown(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, ' ').slice(0, LINE_LENGTH);
}

/** What a log tells, from the lines of its end; those that are not among {@link LOG_LINES} count for nothing. */
export function foundLog(path: string, lines: readonly string[], zoneMinutes: number, since: LogsSince | null): FoundLog {
  const told = since === null ? {} : { since: since.at };
  const troubles = troublesIn(lines, zoneMinutes, since);
  return { path, state: 'read', ...told, troubles: troubles.length, lines: troubles.slice(-LINES_KEPT).map(shown) };
}
