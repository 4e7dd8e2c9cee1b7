import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GAP_TARGET_MS } from '../../electron/shared/domain/clientImpact.ts';
import { ReportClientImpact } from '../../electron/shared/domain/report.ts';
import { formatCount, formatDuration } from '../../electron/shared/domain/reportFormat.ts';
import { alignColumns } from '../bench/alignColumns.ts';

const Impacts = z.object({ clientImpacts: z.array(ReportClientImpact) });

/** What clients noticed of the runs whose reports lie in these folders, in their order. */
export function impactsIn(reportFolders: readonly string[]): readonly ReportClientImpact[] {
  return reportFolders.flatMap((folder) => Impacts.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).clientImpacts);
}

/** The figures of planned work as a table, with a sentence that says what they are. Nothing is added up that was not read back. */
export function impactTable(impacts: readonly ReportClientImpact[]): string {
  const rows = impacts.map(({ title, longestGapMs, acknowledged, lost }) => [
    title,
    formatDuration(longestGapMs),
    formatCount(acknowledged),
    lost === null ? 'not read back' : formatCount(lost),
  ]);
  const table = alignColumns([['What was done', 'Longest pause', 'Acknowledged writes', 'Lost'], ...rows]);
  return `${table}Pause: between two acknowledged writes of a shard around its switchover, aimed at no more than ${GAP_TARGET_MS} ms.`;
}
