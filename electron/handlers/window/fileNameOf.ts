import { formatInZone } from '../../shared/domain/reportFormat.ts';
import type { RunRecord } from '../../shared/domain/run.ts';

/**
 * The file name that is proposed for something about a run: cluster, date and time of its beginning where the admin is, and its kind, as in
 * `triad-sessions-2026-03-14-230512-failoverTest.html`. With the time to the second, so that two tests of one day do not replace each other, and
 * without a colon, which Windows does not allow.
 */
export function fileNameOf(run: Pick<RunRecord, 'cluster' | 'startedAt' | 'workflow'>, extension: string, timeZone: string): string {
  const moment = formatInZone(run.startedAt, timeZone).slice(0, 19).replace(' ', '-').replaceAll(':', '');
  return `triad-${run.cluster}-${moment}-${run.workflow}.${extension}`;
}
