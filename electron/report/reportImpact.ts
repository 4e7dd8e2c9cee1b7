import { impactTotals, type ClientImpact } from '../shared/domain/clientImpact.ts';
import type { ReportClientImpact } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { say } from '../shared/messages/message.ts';

/** What clients noticed as readers get it: every figure as it is, every message in words. */
export function reportImpact(impact: ClientImpact): ReportClientImpact {
  const { moment, server, reasons, ...measured } = impact;
  const title = moment === 'restoreRoles' ? text('report.impact.restoreRoles') : text(`report.impact.${moment}`, { server: server ?? '' });
  return { moment, server, title, ...measured, ...impactTotals(impact.shards), reasons: reasons.map((reason) => say(reason)) };
}
