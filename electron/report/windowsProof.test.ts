import { expect, test } from 'vitest';
import { buildReport } from './buildReport.ts';
import { renderHtml } from './renderHtml.tsx';
import { sampleInstall } from './testing/sampleRecord.ts';
import type { RunRecord } from '../shared/domain/run.ts';

function onWindows(record: RunRecord): RunRecord {
  const { plan } = record;
  return {
    ...record,
    plan: { ...plan, servers: plan.servers.map((server, index) => (index === 0 ? { ...server, platform: 'windows' } : server)) },
  };
}

test('the report of a run with a Windows server says what was proved and what was not, in its language; one on Linux says nothing of it', () => {
  const record = sampleInstall();
  expect(buildReport(record).windowsProof).toBeNull();
  expect(renderHtml(buildReport(record))).not.toContain('id="windows"');
  const report = buildReport(onWindows(record));
  const html = renderHtml(report);
  expect(report.windowsProof?.statement).toContain('Nothing of Triad was ever run on a real Windows Server');
  expect(html).toContain('href="#windows"');
  for (const { text } of report.windowsProof?.onlyOnWindows ?? []) expect(html).toContain(text.replaceAll("'", '&#x27;'));
});
