import { expect, onTestFinished, test } from 'vitest';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import { chosenChecks, type CheckChoice } from '../../shared/domain/checkAgain.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { formatSubject, serverSubject } from '../../shared/domain/subject.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import type { WindowApi } from './createWindowApi.ts';
import { foldRun } from '../foldRun.ts';
import { apiForTest } from './testing/apiForTest.ts';

const servers = practiceSetForTest();

async function check(api: WindowApi, draft: Draft, again?: { readonly run: string; readonly choice: CheckChoice }): Promise<RunRecord> {
  const { runId } = await api.procedures['runs.start']({
    draft: draft.id,
    workflow: 'check',
    servers: [],
    reviewed: null,
    deleteData: false,
    ...(again === undefined ? {} : { again }),
  });
  const events: RunEvent[] = [];
  api.streams['runs.events']({ runId, after: 0 }, (batch) => events.push(...batch));
  await expect.poll(() => api.activeRuns(), { timeout: 60_000 }).toBe(0);
  // As the window does it, which remembers its check in the draft.
  const known = await api.procedures['drafts.load'](draft.id);
  await api.procedures['drafts.save']({ ...known, runs: { ...known.runs, check: runId } });
  return foldRun(events, runId);
}

/** The servers that a run had a connection to; they stand in the order in which they answered. */
function connected(record: RunRecord): readonly string[] {
  return record.measurements.flatMap(({ name, server }) => (name === 'roundTrips' && server !== null ? [server] : [])).toSorted();
}

const freshOf = (record: RunRecord): readonly string[] =>
  record.checks.filter((one) => one.isKept !== true).map(({ id, subject }) => `${id} ${formatSubject(subject)}`);

test('what failed is looked at again and nothing else; what is kept says when it was seen, and the whole is judged anew', async () => {
  const set = await servers.up({ login: 'key' });
  await set.block(2, 3, 17_000);
  onTestFinished(async () => set.unblock());
  const { api } = await apiForTest({ openFile: set.place.specFile });
  const { openDraft } = await api.procedures['app.start'](undefined);
  const draft = await api.procedures['drafts.load'](openDraft ?? '');
  const first = await check(api, draft);
  expect(first.verdict).toBe('fail');
  const names = draft.servers.map(({ name }) => name);
  const [one = '', two = '', three = ''] = names;
  expect(chosenChecks('failed', first).map(({ subject }) => formatSubject(subject))).toEqual([`${two} → ${three}:17000`]);

  // Nothing was mended: the whole still fails, by a result of now.
  const still = await check(api, draft, { run: first.runId, choice: 'failed' });
  expect(still.verdict).toBe('fail');
  expect(connected(still)).toEqual([two, three]);

  await set.unblock();
  const mended = await check(api, draft, { run: still.runId, choice: 'failed' });
  expect(mended).toMatchObject({ verdict: 'pass', failure: null, keptFrom: still.runId });
  expect(mended.checks).toHaveLength(first.checks.length);
  const fresh = freshOf(mended);
  expect(fresh.filter((name) => name.startsWith('pair.'))).toEqual([`pair.busPort ${two} → ${three}:17000`]);
  expect(fresh.some((name) => name.endsWith(` ${one}`))).toBe(false);
  expect(fresh).toContain(`server.memory ${two}`);
  expect(fresh).toContain(`server.listenersGone ${three}`);
  expect(fresh).not.toContain(`server.listenersGone ${two}`);
  // Kept twice, and still from the first time.
  const swap = mended.checks.find(({ id, subject }) => id === 'server.swap' && formatSubject(subject) === one);
  expect(Date.parse(swap?.seenAt ?? '')).toBeLessThan(Date.parse(first.finishedAt ?? ''));
  expect(mended.matrices).toHaveLength(1);
  const { cells = [] } = mended.matrices[0] ?? {};
  expect(cells).toHaveLength(first.matrices[0]?.cells.length ?? 0);
  expect(cells.filter(({ seenAt }) => seenAt === undefined)).toMatchObject([{ from: two, to: three, port: 17_000, reach: 'open' }]);

  // One check of one server needs that server alone, and tries no way.
  const memory = await check(api, draft, { run: mended.runId, choice: [{ id: 'server.memory', subject: serverSubject(one) }] });
  expect(memory.verdict).toBe('pass');
  expect(connected(memory)).toEqual([one]);
  expect(freshOf(memory).every((name) => name.endsWith(` ${one}`))).toBe(true);
  expect(memory.matrices[0]?.cells.every(({ seenAt }) => seenAt !== undefined)).toBe(true);

  // An older check, or one for another specification, is no base.
  const refused = async (run: string): Promise<unknown> =>
    api.procedures['runs.start']({
      draft: draft.id,
      workflow: 'check',
      servers: [],
      reviewed: null,
      deleteData: false,
      again: { run, choice: [{ id: 'server.memory', subject: serverSubject(one) }] },
    }).then(
      () => null,
      (error: unknown) => (error instanceof FailureError ? error.failure.code : error),
    );
  expect(await refused(first.runId)).toBe('run.otherCheck');
  const known = await api.procedures['drafts.load'](draft.id);
  await api.procedures['drafts.save']({ ...known, redis: { ...known.redis, nodeTimeoutMs: '7777' } });
  expect(await refused(memory.runId)).toBe('run.otherCheck');
});
