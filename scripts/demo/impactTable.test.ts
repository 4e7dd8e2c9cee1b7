import { expect, test } from 'vitest';
import type { ReportClientImpact } from '../../electron/shared/domain/report.ts';
import { impactTable } from './impactTable.ts';

const impact: ReportClientImpact = {
  moment: 'restoreRoles',
  server: null,
  title: 'Restoring the planned roles',
  startedAt: '2026-03-14T22:05:31.000Z',
  durationMs: 1650,
  route: 'direct',
  ratePerSecond: 200,
  verdict: 'pass',
  reasons: [],
  shards: [],
  longestGapMs: 34,
  acknowledged: 1035,
  refused: 0,
  timedOut: 0,
  lost: 0,
};

test('a row for each work, and writes that were not read back never count as none lost', () => {
  const table = impactTable([impact, { ...impact, title: 'Another', lost: null }]);
  expect(table).toMatch(/^Restoring the planned roles +34 ms +1,035 +0$/mu);
  expect(table).toMatch(/^Another +34 ms +1,035 +not read back$/mu);
});
