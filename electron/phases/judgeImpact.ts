import { GAP_TARGET_MS, impactTotals, type ClientImpact } from '../shared/domain/clientImpact.ts';
import type { Message } from '../shared/domain/message.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';

/**
 * The verdict on what clients noticed, with its reasons. A planned switchover hands over every write, so a lost one fails. A pause longer than the target
 * is a warning with its figure; writes that could not be read back are unknown, never none lost.
 */
export function judgeImpact(measured: Omit<ClientImpact, 'verdict' | 'reasons'>, notReadBack: string | null): ClientImpact {
  const { longestGapMs, acknowledged, lost } = impactTotals(measured.shards);
  const judged: { readonly verdict: Verdict; readonly reason: Message }[] = [];
  const gap = Math.round(longestGapMs);
  // What a shard waits where nothing is moved is not the switchover's doing.
  const elsewhereMs = Math.max(0, ...measured.shards.filter(({ switchovers }) => switchovers.length === 0).map((one) => one.longestGapMs));
  if (longestGapMs > GAP_TARGET_MS)
    judged.push({ verdict: 'warn', reason: message('impact.reason.longGap', { gap, target: GAP_TARGET_MS }) });
  else judged.push({ verdict: 'pass', reason: message('impact.reason.gap', { gap }) });
  if (longestGapMs > GAP_TARGET_MS && elsewhereMs > GAP_TARGET_MS)
    judged.push({ verdict: 'pass', reason: message('impact.reason.busy', { gap: Math.round(elsewhereMs) }) });
  if (lost === null) judged.push({ verdict: 'unknown', reason: message('impact.reason.notReadBack', { reason: notReadBack ?? '-' }) });
  else if (lost > 0) judged.push({ verdict: 'fail', reason: message('impact.reason.lost', { lost, acknowledged }) });
  else judged.push({ verdict: 'pass', reason: message('impact.reason.noneLost', { acknowledged }) });
  return { ...measured, verdict: worstVerdict(judged.map((one) => one.verdict)), reasons: judged.map((one) => one.reason) };
}
