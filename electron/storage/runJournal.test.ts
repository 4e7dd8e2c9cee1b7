import { appendFile, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent } from '../shared/domain/events.ts';
import { createRunJournal, listRuns, readRunEvents, readRunEventsFrom, writerOfRun } from './runJournal.ts';

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

test('what another process writes is read on from where it was left, whole lines only', async () => {
  const journal = await createRunJournal(runs, 'r1');
  const file = join(journal.folder, 'events.ndjson');
  const line = (seq: number): string => `${JSON.stringify(event(seq))}\n`;
  await appendFile(file, `${line(1)}${line(2).slice(0, 20)}`);
  const first = await readRunEventsFrom(journal.folder, 0);
  expect(first).toEqual({ events: [event(1)], to: line(1).length });
  await appendFile(file, line(2).slice(20));
  expect(await readRunEventsFrom(journal.folder, first.to)).toEqual({ events: [event(2)], to: line(1).length + line(2).length });
  expect(await readRunEventsFrom(journal.folder, 1_000_000)).toMatchObject({ events: [] });
  await journal.close();
});

test('the process that writes a run is named, until it has closed it or this machine was started anew', async () => {
  const journal = await createRunJournal(runs, 'r1');
  const mark = join(journal.folder, 'running.json');
  expect(await writerOfRun(journal.folder)).toEqual({ pid: process.pid, machine: hostname(), file: mark });
  // Whoever has that number now is not the one who wrote it before the start.
  const beforeStart = Date.now() / 1000 - uptime() - 3600;
  await utimes(mark, beforeStart, beforeStart);
  expect(await writerOfRun(journal.folder)).toBeNull();
  await writeFile(mark, JSON.stringify({ pid: 1, machine: 'another machine' }));
  await utimes(mark, beforeStart, beforeStart);
  expect(await writerOfRun(journal.folder)).toMatchObject({ machine: 'another machine' });
  await writeFile(mark, 'cut off');
  expect(await writerOfRun(journal.folder)).toBeNull();
  await journal.close();
  expect(await writerOfRun(journal.folder)).toBeNull();
});
