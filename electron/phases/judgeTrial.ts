import type { FailoverTrial } from '../shared/domain/failover.ts';
import { reasonsOfLogs } from './reasonsOfLogs.ts';
import type { Message } from '../shared/domain/message.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';

/** A shard that was not hit may pause this long before it is worth telling, milliseconds. */
const UNDISTURBED_MS = 500;

/** A number and not its text: the reader's language decides how it is written. */
function seconds(durationMs: number): number {
  return Math.round(durationMs / 100) / 10;
}

/** What went wrong after the fault, in words; null where nothing did. */
export interface TrialTroubles {
  /** After the promotion, clients were not served. */
  readonly notServed: string | null;
  readonly notRestored: string | null;
  readonly notReadBack: string | null;
}

/**
 * The verdict on one trial and its reasons. Not promoted or not restored fails; a longer outage than the configuration predicts, or lost
 * acknowledged writes (replication is asynchronous: they can happen), is a warning with the number in it. Writes that could not be read back are
 * unknown, never none lost.
 */
export function judgeTrial(measured: Omit<FailoverTrial, 'verdict' | 'reasons'>, troubles: TrialTroubles): FailoverTrial {
  const { predicted, outageMs, promotedMs, restoredMs, scenario } = measured;
  const { takeover, forgets } = SCENARIO_FACTS[scenario];
  const judged: { verdict: Verdict; reason: Message }[] = [];
  const add = (verdict: Verdict, reason: Message): number => judged.push({ verdict, reason });
  if (outageMs === null || (promotedMs === null && takeover === 'certain')) {
    add('fail', message('failover.reason.notPromoted', { seconds: seconds(predicted.outageToMs) }));
  } else {
    const from = seconds(predicted.outageFromMs);
    const to = seconds(predicted.outageToMs);
    const outage = seconds(outageMs);
    if (promotedMs === null) add('pass', message('failover.reason.restarted', { outage, from, to }));
    else add('pass', message('failover.reason.promoted', { promoted: seconds(promotedMs), outage, from, to }));
    if (outageMs > predicted.outageToMs) add('warn', message('failover.reason.slower', { outage, to }));
  }
  if (troubles.notServed !== null) add('fail', message('failover.reason.notServed', { reason: troubles.notServed }));
  if (measured.lostWrites === null) add('unknown', message('failover.reason.notReadBack', { reason: troubles.notReadBack ?? '-' }));
  else if (measured.lostWrites > 0)
    add('warn', message(forgets ? 'failover.reason.lostBehindCut' : 'failover.reason.lostWrites', { count: measured.lostWrites }));
  else add('pass', message('failover.reason.noWritesLost', { count: measured.acknowledgedWrites }));
  for (const shard of measured.shards)
    if (!shard.isVictims && shard.outageMs > UNDISTURBED_MS)
      add('pass', message('failover.reason.othersDisturbed', { shard: shard.shard, outage: seconds(shard.outageMs) }));
  const [longest] = measured.shards.filter((shard) => !shard.isVictims).toSorted((a, b) => b.outageMs - a.outageMs);
  if (longest !== undefined)
    add('pass', message('failover.reason.othersUndisturbed', { gap: Math.round(longest.outageMs), shard: longest.shard }));
  for (const { verdict, reason } of reasonsOfLogs(measured)) add(verdict, reason);
  if (restoredMs !== null) add('pass', message('failover.reason.restored', { seconds: seconds(restoredMs) }));
  else add('fail', message('failover.reason.notRestored', { reason: troubles.notRestored ?? '-' }));
  return { ...measured, verdict: worstVerdict(judged.map((one) => one.verdict)), reasons: judged.map((one) => one.reason) };
}
