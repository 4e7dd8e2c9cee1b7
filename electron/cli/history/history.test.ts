import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { samplePlan } from '../../artifacts/testing/samplePlan.ts';
import { keepRun } from '../../handlers/window/testing/keepRun.ts';
import { runsFolder } from '../../storage/triadHome.ts';
import { historyCompare, historyList, historyPrune, historyShow } from './history.ts';

const { cluster } = samplePlan();
let home: string;
let printed: string;
let told: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'triad-history-cli-'));
  vi.stubEnv('TRIAD_HOME', home);
  vi.stubEnv('NO_COLOR', '1');
  printed = '';
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    told += String(chunk);
    return true;
  });
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });
});

const left = async (): Promise<readonly string[]> => (await readdir(runsFolder(home, cluster))).toSorted();

/** Three validations, of which the first two may go. */
async function keepThree(): Promise<readonly string[]> {
  const days = ['20260101', '20260102', '20260103'];
  return Promise.all(days.map(async (day) => keepRun(home, { workflow: 'validate', at: `${day}T030405000` })));
}

test('prune says what it would delete, and deletes nothing without a word of consent', async () => {
  const [first = '', second = '', third = ''] = await keepThree();
  expect(await historyPrune({ keep: '0' })).toBe(2);
  expect(printed).toMatch(new RegExp(`${first}.*\\n.*${second}.*\\nTo be deleted: 2. Kept: 1,`, 'u'));
  expect(told).toContain('--yes');
  expect(await left()).toEqual([first, second, third]);
  expect(await historyPrune({ keep: '0', json: true })).toBe(2);
  expect(await left()).toHaveLength(3);
});

test('prune deletes with consent, and keeps the newest', async () => {
  const [, , third = ''] = await keepThree();
  expect(await historyPrune({ keep: '1', yes: true })).toBe(0);
  expect(printed).toContain('2 runs deleted.');
  expect(await left()).toEqual([third]);
});

test('prune by age, as JSON', async () => {
  const [first = '', second = ''] = await keepThree();
  expect(await historyPrune({ olderThan: '1d', yes: true, json: true })).toBe(0);
  expect(JSON.parse(printed)).toEqual({ type: 'pruned', deleted: [first, second].map((runId) => ({ cluster, runId })) });
});

test.each([[{}], [{ keep: 'some' }], [{ olderThan: '90' }], [{ olderThan: '3 months' }]])('prune refuses %j', async (options) => {
  await keepThree();
  expect(await historyPrune({ ...options, yes: true })).toBe(2);
  expect(await left()).toHaveLength(3);
});

test('list, show and compare tell of kept runs; a run that is not there is told as JSON where that is asked for', async () => {
  const [first = '', , third = ''] = await keepThree();
  expect(await historyList({})).toBe(0);
  expect(printed.split('\n')[0]).toMatch(new RegExp(`^2026-01-03 03:04:05 {2}${cluster} .*${third} .*✓ Passed`, 'u'));
  printed = '';
  expect(await historyShow(first, { report: join(home, 'report') })).toBe(0);
  expect(printed).toContain('Passed');
  expect(printed).toMatch(/^SHA-256 {5}[0-9a-f]{64}$/mu);
  expect(await readdir(join(home, 'report'))).toEqual(['record.jsonl.gz', 'report.html', 'report.json', 'report.md']);
  printed = '';
  expect(await historyCompare(third, first, { json: true })).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({ before: { runId: first }, after: { runId: third }, checks: [] });
  printed = '';
  expect(await historyShow('nothing', { json: true })).toBe(2);
  expect(JSON.parse(printed)).toMatchObject({ type: 'result', verdict: 'fail', failure: { code: 'usage.invalid' } });
});
