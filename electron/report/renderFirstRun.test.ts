import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FirstRunReport, type FirstRunResult } from '../shared/domain/firstRun.ts';
import { renderFirstRun } from './renderFirstRun.ts';
import { windowsProofLines, windowsProofOf } from './windowsProofText.ts';

const item: FirstRunResult = {
  id: 'check',
  title: 'Check',
  outcome: 'failed',
  reason: '2 checks did not pass.',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 4711,
  facts: [{ server: 'win-1', name: 'defaultShell', value: 'cmd', unit: null }],
  phases: [{ phase: 'connect', server: 'win-1', durationMs: 12, outcome: 'observed' }],
  checks: [{ id: 'server.windowsDisk', subject: 'win-1', verdict: 'fail', observed: 'a | b\n# c', evidence: '' }],
  evidence: 'raw\n```\n# not a heading',
  notes: ['<script>'],
  run: { id: 'r1', workflow: 'check', verdict: 'fail', folder: 'runs/check' },
};

const report: FirstRunReport = {
  schemaVersion: 1,
  kind: 'windowsFirstRun',
  triad: '1.0.0',
  startedAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:01:00.000Z',
  cluster: 'first-run',
  server: 'win-1',
  servers: [{ name: 'win-1', address: '10.0.0.1', platform: 'windows' }],
  redis: { version: null, archiveSha256: null },
  items: [item],
  proof: windowsProofOf(),
};

test('the schema is the one that follows from the types (after a wanted change: vitest --update)', async () => {
  const schema = z.toJSONSchema(FirstRunReport, { target: 'draft-2020-12', io: 'output' });
  const published = fileURLToPath(new URL('../../resources/schema/first-run.schema.json', import.meta.url));
  await expect(await format(JSON.stringify(schema), { parser: 'json', printWidth: 140 })).toMatchFileSnapshot(published);
});

test('what servers said stays text: no cell breaks its table, and nothing ends the block of raw evidence', () => {
  const page = renderFirstRun(report);
  expect(page).toContain(String.raw`| server.windowsDisk | win-1 | fail | a \| b / \# c |`);
  expect(page).toContain('\n````\nraw\n```\n# not a heading\n````\n');
  expect(page).toContain(String.raw`- \<script\>`);
  expect(page).toContain('| win-1 | defaultShell | cmd |');
  for (const gap of report.proof.onlyOnWindows) expect(page).toContain(gap.text.replaceAll(/[()]/gu, (bracket) => bracket));
});

test('an item that was not reached has no part of its own', () => {
  const open = { ...item, outcome: 'open' as const, startedAt: null, run: null };
  expect(renderFirstRun({ ...report, items: [open] })).not.toContain('## Check\n');
});

test('the terminal tells every proof and every gap, and what shows it', () => {
  const { proved, onlyOnWindows } = windowsProofOf();
  const lines = windowsProofLines();
  expect(lines.filter((line) => line.startsWith('  + '))).toHaveLength(proved.length);
  expect(lines.filter((line) => line.startsWith('  - '))).toHaveLength(onlyOnWindows.length);
  expect(lines.join('\n')).toContain('Weeks of production with that build (shown by nothing that Triad does)');
});
