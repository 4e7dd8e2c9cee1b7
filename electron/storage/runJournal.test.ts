import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../shared/domain/events.ts';
import { createRunJournal, listRuns, readRunEvents } from './runJournal.ts';

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'triad-runs-'));
});
afterEach(async () => rm(runs, { recursive: true }));

function event(seq: number): RunEvent {
  return { seq, at: '2026-01-01T00:00:00.000Z', sinceStartMs: seq, type: 'phaseStarted', phase: 'connect', server: null };
}

test('events come back as they were written, in their order', async () => {
  const journal = await createRunJournal(runs, 'r1');
  const events = Array.from({ length: 50 }, (_, index) => event(index + 1));
  for (const one of events) journal.append(one);
  await journal.close();
  expect(await readRunEvents(journal.folder)).toEqual(events);
});

test('a line that a crash cut off is left out, damage elsewhere is told with its line', async () => {
  const journal = await createRunJournal(runs, 'r1');
  journal.append(event(1));
  await journal.close();
  const file = join(journal.folder, 'events.ndjson');
  await appendFile(file, '{"seq":2,"at":"2026');
  expect(await readRunEvents(journal.folder)).toEqual([event(1)]);
  await writeFile(file, `nonsense\n${await readFile(file, 'utf8')}`);
  await expect(readRunEvents(journal.folder)).rejects.toMatchObject({
    failure: { code: 'storage.damaged', evidence: expect.stringContaining('line 1') as unknown },
  });
});

test('two runs never share a folder, and runs are listed by their time', async () => {
  await (await createRunJournal(runs, '20260102-install')).close();
  await (await createRunJournal(runs, '20260101-check')).close();
  await expect(createRunJournal(runs, '20260101-check')).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
  expect(await listRuns(runs)).toEqual(['20260101-check', '20260102-install']);
  expect(await listRuns(join(runs, 'none'))).toEqual([]);
});
