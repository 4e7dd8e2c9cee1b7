import type { ReportTrial } from '../shared/domain/report.ts';
import { formatDuration } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';

/** When something that a trial did was taken back, and by what where that was not the trial itself; a dash where nothing is known to have. */
export function undoneWords({ undoneAtMs, undoneBy }: ReportTrial['actions'][number]): string {
  const at = formatDuration(undoneAtMs);
  return undoneBy === undefined ? at : text('report.trial.undoneLater', { at, by: undoneBy });
}
