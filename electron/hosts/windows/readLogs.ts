import { zoneFrom } from '../../shared/domain/redisLog.ts';
import type { CallOptions, LogEnd } from '../host.ts';
import type { Helper } from './helper.ts';
import { ObserveAnswer, type PathAnswer } from './helperAnswers.ts';

/** The helper gives the last 64 KB of a log. */
const HELPER_TAIL_BYTES = 64 * 1024;

/** Reads the ends of logs; see `Host.readLogs`. Where a log was put aside a short while ago, the older part of it comes first. */
export async function readLogs(helper: Helper, logFiles: readonly string[], options?: CallOptions): Promise<readonly LogEnd[]> {
  const items = logFiles.flatMap((path) => [`log\t${path}`, `log\t${path}.1`]);
  const call = { step: 'readLogs', verb: 'observe', input: [`${items.join('\n')}\n\n`], answer: ObserveAnswer };
  const { answer } = await helper.ask(call, options);
  return logFiles.map((path, index) => endOf(path, answer.paths[2 * index], answer.paths[2 * index + 1]));
}

function endOf(path: string, log: PathAnswer | undefined, aside: PathAnswer | undefined): LogEnd {
  const parts = [aside, log].filter((one) => one !== undefined && one.kind !== 'missing');
  const newest = parts.at(-1);
  const nothing = { path, text: '', isWhole: false, zoneMinutes: null };
  if (newest === undefined) return { ...nothing, state: 'absent' };
  if (typeof newest.content !== 'string') return { ...nothing, state: 'unread' };
  const isShort = (one: PathAnswer | undefined): boolean => (one?.sizeBytes ?? 0) <= HELPER_TAIL_BYTES;
  // What lies between the end of the older part and a newer one that is cut is not there.
  const text = (isShort(newest) ? parts : [newest]).map((one) => one?.content ?? '').join('');
  return {
    path,
    state: 'read',
    text,
    isWhole: parts.every((one) => isShort(one)),
    zoneMinutes: zoneFrom(text.split(/\r?\n/u), newest.modifiedMs),
  };
}
