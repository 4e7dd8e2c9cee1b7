import { createHash } from 'node:crypto';
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { attachedRecord, RECORD_FILE } from '../report/recordAttachment.ts';
import { sampleTrial } from '../report/testing/sampleTrial.ts';
import { registerLanguage } from '../shared/messages/message.ts';
import { pt } from '../shared/messages/pt/index.ts';
import { unpackRecord } from '../storage/packRecord.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { renderReport } from './renderReport.ts';
import { readReportSource } from './reportSource.ts';
import { TRIAD_VERSION } from './triadVersion.ts';
import { verifyReport, type Verification } from './verifyReport.ts';
import { keepRun } from './window/testing/keepRun.ts';
import { writeReport } from './writeReport.ts';

const plan = samplePlan();
let home: string;
let kept: string;
/** A folder with the report of the run, far from it. */
let sent: string;
const triadVersion = TRIAD_VERSION;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'triad-verify-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const [victim = ''] = plan.servers.map(({ name }) => name);
  const runId = await keepRun(home, {
    workflow: 'failoverTest',
    plan,
    events: [{ type: 'trialFinished', trial: sampleTrial(plan, victim, 2) }],
  });
  kept = join(runsFolder(home, plan.cluster), runId);
  sent = join(home, 'sent');
  await writeReport(await readReportSource(kept), sent);
});

const verify = async (
  name: string,
  more: { readonly run?: string; readonly home?: string; readonly triadVersion?: string } = {},
): Promise<Verification> => verifyReport({ file: join(sent, name), home, triadVersion, ...more });
/** Where nothing is kept. */
const nowhere = { home: '/nonexistent' };
const FILES = ['report.html', 'report.json', 'report.md'] as const;

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

test.each(FILES)('%s matches the record, wherever that is', async (name) => {
  expect(await verify(name)).toMatchObject({ outcome: 'matches', place: 'history', end: 'complete', areLineEndsOthers: false });
  expect(await verify(name, { run: kept })).toMatchObject({ outcome: 'matches', place: 'named' });
  expect(await verify(name, nowhere)).toMatchObject({ outcome: 'matches', place: 'beside' });
  await rm(join(sent, RECORD_FILE));
  const alone = await verify(name, nowhere);
  expect(alone).toMatchObject(name === 'report.html' ? { outcome: 'matches', place: 'attached' } : { outcome: 'recordMissing' });
});

test.each([
  ['report.html', /<strong>(\d)/u, '<strong>9$1'],
  ['report.json', /"lostWrites": 2/u, '"lostWrites": 0'],
  ['report.md', /\| 2 \|$/mu, '| 0 |'],
] as const)('%s with another figure is told with the place of it', async (name, from, to) => {
  await change(join(sent, name), from, to);
  const verification = await verify(name);
  expect(verification).toMatchObject({ outcome: 'reportAltered', place: 'history' });
  if (verification.outcome !== 'reportAltered') return;
  const { line, column, expected, found } = verification.difference;
  const lines = (await readFile(join(sent, name), 'utf8')).split('\n');
  expect(lines[line - 1]?.slice(column - 1).startsWith(found.slice(Math.min(24, column - 1)).slice(0, 10))).toBe(true);
  expect(expected).not.toBe(found);
});

test('the hash is that of the journal, which anybody can compute, and the attached record is the journal', async () => {
  const journal = await readFile(join(kept, 'events.ndjson'));
  const sha256 = createHash('sha256').update(journal).digest('hex');
  for (const name of FILES) expect(await readFile(join(sent, name), 'utf8')).toContain(sha256);
  const attached = attachedRecord(await readFile(join(sent, 'report.html'), 'utf8'));
  expect(attached === null ? null : unpackRecord(attached)).toEqual(journal);
  expect(unpackRecord(await readFile(join(sent, RECORD_FILE)))).toEqual(journal);
});

test('a record in which a figure was changed is told, also where the report was not', async () => {
  await change(join(kept, 'events.ndjson'), /"acknowledgedWrites":\d+/u, '"acknowledgedWrites":1');
  expect(await verify('report.json', { run: kept })).toMatchObject({ outcome: 'recordAltered', place: 'named' });
  // One that is whole lies beside the report, but what is kept here decides: both that came could have been altered together.
  expect(await verify('report.json')).toMatchObject({ outcome: 'recordAltered', place: 'history' });
  expect(await verify('report.json', nowhere)).toMatchObject({ outcome: 'matches', place: 'beside' });
});

test('events that were added after the end of a run are told', async () => {
  await appendFile(join(kept, 'events.ndjson'), `${JSON.stringify({ seq: 99, at: '', sinceStartMs: 0, type: 'note' })}\n`);
  expect(await verify('report.md', { run: kept })).toMatchObject({ outcome: 'recordAltered' });
});

test('a report that was made before its run went on covers the beginning of the record', async () => {
  const journal = await readFile(join(kept, 'events.ndjson'), 'utf8');
  const early = join(home, 'early');
  await mkdir(early);
  await writeFile(join(early, 'events.ndjson'), journal.split('\n').slice(0, 2).join('\n').concat('\n'));
  await writeReport(await readReportSource(early), sent);
  expect(await verify('report.html', { run: kept })).toMatchObject({ outcome: 'matches', end: 'goesOn' });
});

test('a record that was cut off after a whole line, and a report made of that, match and are told to be incomplete', async () => {
  const journal = await readFile(join(kept, 'events.ndjson'), 'utf8');
  await writeFile(join(kept, 'events.ndjson'), journal.trimEnd().split('\n').slice(0, -1).join('\n').concat('\n'));
  await rm(join(sent, RECORD_FILE));
  await writeReport(await readReportSource(kept), sent);
  for (const name of FILES) expect(await verify(name)).toMatchObject({ outcome: 'matches', end: 'incomplete' });
  expect(await verify('report.html', { triadVersion: '9' })).toMatchObject({ outcome: 'recordOnly', end: 'incomplete' });
});

test('a PDF is told to be none that can be verified', async () => {
  await writeFile(join(sent, 'report.pdf'), '%PDF-1.4\n');
  await expect(verify('report.pdf')).rejects.toMatchObject({ failure: { code: 'report.isPdf' } });
});

test('a report of another version is told to be compared by its record alone', async () => {
  expect(await verify('report.html', { triadVersion: '9' })).toMatchObject({ outcome: 'recordOnly', reason: 'otherVersion' });
  await change(join(kept, 'events.ndjson'), /"attemptedWrites":\d+/u, '"attemptedWrites":1');
  expect(await verify('report.html', { triadVersion: '9', run: kept })).toMatchObject({ outcome: 'recordAltered' });
});

test('in Portuguese and another zone it is made again as it was written', async () => {
  registerLanguage('pt', pt);
  const source = await readReportSource(kept);
  for (const [format, name] of [
    ['html', 'report.html'],
    ['json', 'report.json'],
    ['md', 'report.md'],
  ] as const) {
    await writeFile(join(sent, name), renderReport(source, format, { timeZone: 'Asia/Tokyo', language: 'pt' }));
    expect(await verify(name)).toMatchObject({ outcome: 'matches', stamp: { language: 'pt', timeZone: 'Asia/Tokyo' } });
  }
});

test('other ends of lines are no alteration, and are told', async () => {
  const file = join(sent, 'report.md');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'));
  expect(await verify('report.md')).toMatchObject({ outcome: 'matches', areLineEndsOthers: true });
});

test('the record of another run beside the report is not taken for its own', async () => {
  const other = await keepRun(join(home, 'other'), { workflow: 'validate', plan });
  await copyFile(join(runsFolder(join(home, 'other'), plan.cluster), other, 'events.ndjson'), join(sent, 'events.ndjson'));
  expect(await verify('report.md', nowhere)).toMatchObject({ outcome: 'matches', place: 'beside' });
  await rm(join(sent, RECORD_FILE));
  expect(await verify('report.md', nowhere)).toMatchObject({ outcome: 'recordMissing' });
  expect(await verify('report.md', { run: sent })).toMatchObject({ outcome: 'recordMissing' });
});

test('a mark of the order of bytes before JSON is no alteration', async () => {
  const file = join(sent, 'report.json');
  await writeFile(file, `\uFEFF${await readFile(file, 'utf8')}`);
  expect(await verify('report.json')).toMatchObject({ outcome: 'matches', areLineEndsOthers: true });
});

test('a report that a later Triad wrote of an older run is that Triad’s to verify', async () => {
  const { record, journal } = await readReportSource(kept);
  expect(record.triadVersion).not.toBe(TRIAD_VERSION);
  expect(journal).not.toBeNull();
  expect(await verify('report.html')).toMatchObject({ outcome: 'matches', stamp: { triad: TRIAD_VERSION } });
});

test.each([
  ['a page of somebody else', '<!doctype html><html><head></head></html>', 'report.noIntegrity'],
  ['a text', 'hello', 'report.noIntegrity'],
  ['other JSON', '{"a":1}', 'report.unreadable'],
  ['broken JSON', '{', 'report.unreadable'],
])('%s is no report', async (_, content, code) => {
  await writeFile(join(sent, 'other'), content);
  await expect(verify('other')).rejects.toMatchObject({ failure: { code } });
});

test('a stamp that a server said counts for nothing', async () => {
  // In a page only the head counts, in a summary the last line.
  const file = join(sent, 'report.md');
  const [line = ''] = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-1);
  await writeFile(file, `${line.replace(/sha256=\w{4}/u, 'sha256=0000')}\n${await readFile(file, 'utf8')}`);
  expect(await verify('report.md')).toMatchObject({ outcome: 'reportAltered', difference: { line: 1, column: 1 } });
});
