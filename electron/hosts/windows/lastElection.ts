import type { CallOptions } from '../host.ts';
import { likelyZone, momentOf } from '../../shared/domain/redisLog.ts';
import type { Helper } from './helper.ts';
import { ObserveAnswer } from './helperAnswers.ts';

const ELECTION = /Starting a failover election/u;

/** Reads the end of a node's log; see `Host.lastElectionAgoMs`. */
export async function lastElectionAgoMs(helper: Helper, logFile: string, options?: CallOptions): Promise<number | null> {
  const call = { step: 'lastElection', verb: 'observe', input: [`log\t${logFile}\n\n`], answer: ObserveAnswer };
  const { answer } = await helper.ask(call, options);
  const log = answer.paths[0];
  const lines = (log?.content ?? '').split(/\r?\n/u);
  const last = lines.findLast((line) => ELECTION.test(line));
  const at = last === undefined ? null : momentOf(last, likelyZone(lines, log?.modifiedMs));
  if (at === null) return null;
  const agoMs = Math.round(answer.timeMs - at);
  return agoMs < 0 ? null : agoMs;
}
