import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { apiForTest, type ApiForTest } from '../handlers/window/testing/apiForTest.ts';
import { keepRun } from '../handlers/window/testing/keepRun.ts';
import { attachedRecord } from '../report/recordAttachment.ts';
import { sampleTrial } from '../report/testing/sampleTrial.ts';
import { historyShow } from './history/history.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { reportVerify } from './verifyCommand.ts';

const plan = samplePlan();
let made: ApiForTest;
let runId: string;
let printed: string;

beforeEach(async () => {
  made = await apiForTest();
  vi.stubEnv('TRIAD_HOME', made.home);
  vi.stubEnv('NO_COLOR', '1');
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  const [victim = ''] = plan.servers.map(({ name }) => name);
  runId = await keepRun(made.home, {
    workflow: 'failoverTest',
    plan,
    events: [{ type: 'trialFinished', trial: sampleTrial(plan, victim, 1) }],
  });
});

test('a report is the same byte for byte from the command line, on screen, and saved by the wizard', async () => {
  const { api, home, platform } = made;
  const written = join(home, 'written');
  expect(await historyShow(runId, { report: written })).toBe(0);
  const file = async (name: string): Promise<string> => readFile(join(written, name), 'utf8');
  const saved = async (format: 'html' | 'json' | 'md'): Promise<string> => {
    const place = join(home, `saved.${format}`);
    platform.answers.push(place);
    await api.procedures['reports.save']({ runId, format });
    return readFile(place, 'utf8');
  };
  const html = await file('report.html');
  expect(await api.reportHtml(runId)).toBe(html);
  expect(await saved('html')).toBe(html);
  expect(await saved('json')).toBe(await file('report.json'));
  expect(await saved('md')).toBe(await file('report.md'));
  await api.procedures['reports.copyMarkdown'](runId);
  expect(platform.copied.at(-1)).toBe(await file('report.md'));
  printed = '';
  expect(await historyShow(runId, { markdown: true })).toBe(0);
  expect(printed).toBe(await file('report.md'));
  // The record in the page is a link to save it, and all that is not of the page itself.
  expect(html.replace(/href="data:application\/gzip;base64,[^"]+"/u, '')).not.toMatch(
    /data:|https?:\/\/|\/\/[a-z]|<script|<link|<img|<iframe|@import/iu,
  );
  // The window saves the same bytes that the link holds, which its frame lets nobody save from.
  const record = join(home, 'record.jsonl.gz');
  platform.answers.push(record);
  expect(await api.procedures['reports.save']({ runId, format: 'record' })).toEqual({ name: 'record.jsonl.gz' });
  expect(await readFile(record)).toEqual(attachedRecord(html));
  // What the PDF is printed of says the same, with nothing closed and no link in it.
  const paper = await api.reportHtml(runId, 'paper');
  const words = (page: string): string => page.slice(page.indexOf('<body>')).replaceAll(/<[^>]*>/gu, '');
  expect(words(paper)).toBe(words(html));
});

test('report verify says that it matches, what does not, and what it cannot know, by words, JSON and exit code', async () => {
  const written = join(made.home, 'written');
  await historyShow(runId, { report: written });
  printed = '';
  // The run is another Triad's, the report is this one's.
  expect(await reportVerify(join(written, 'report.md'), {})).toBe(0);
  expect(printed).toContain('The record is complete: its last event closes the run.');
  printed = '';
  const kept = join(runsFolder(made.home, plan.cluster), runId, 'events.ndjson');
  const whole = await readFile(kept, 'utf8');
  await writeFile(kept, whole.slice(0, whole.trimEnd().lastIndexOf('\n') + 1));
  const cut = join(made.home, 'cut');
  await historyShow(runId, { report: cut });
  printed = '';
  expect(await reportVerify(join(cut, 'report.md'), {})).toBe(4);
  expect(printed).toMatch(/report\.md matches[^\n]*\nThe record is incomplete: its last event does not close the run\./u);
  await writeFile(kept, whole);
  printed = '';
  const other = join(made.home, 'other.md');
  const text = await readFile(join(written, 'report.md'), 'utf8');
  await writeFile(other, text.replace(/ triad=\S+ /u, ' triad=0 '));
  // Of another Triad's report no more than its record can be compared.
  expect(await reportVerify(other, {})).toBe(4);
  expect(printed).toMatch(/^The record is the one that .*other\.md was made from[\s\S]*SHA-256 of the record: [0-9a-f]{64}/u);
  expect(printed).toContain('verify with 0 for more');
  printed = '';
  expect(await reportVerify(join(written, 'report.json'), { run: '/nonexistent', json: true })).toBe(2);
  expect(JSON.parse(printed)).toMatchObject({ type: 'verified', outcome: 'recordMissing', stamp: { runId } });
  printed = '';
  expect(await reportVerify(join(written, 'record.jsonl.gz'), { json: true })).toBe(2);
  expect(JSON.parse(printed)).toMatchObject({ type: 'result', failure: { code: 'report.noIntegrity' } });
});
