// What a run leaves behind, whom it tells, and what it may do without asking.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDeferred } from '../../hosts/deferred.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { keepPassword } from '../../storage/secrets.ts';
import { generatedPasswordFile, runsFolder } from '../../storage/triadHome.ts';
import { DRAFT, managed, wish } from './testing/managedRuns.ts';

const types = (events: readonly RunEvent[]): readonly string[] => events.map(({ type }) => type);

test('who comes back to a run that goes on gets only what is new to him, and nothing once he has turned away', async () => {
  const { runs, script } = await managed();
  const { runId } = await runs.start(wish('plan'));
  const late: RunEvent[] = [];
  const gone: RunEvent[] = [];
  runs.follow(runId, 1, (events) => late.push(...events));
  const turnAway = runs.follow(runId, 0, (events) => gone.push(...events));
  expect([types(late), types(gone)]).toEqual([[], ['runStarted']]);
  turnAway();
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(types(late)).toEqual(['changesPlanned', 'runFinished']);
  expect(types(gone)).toEqual(['runStarted']);
});

test('a question that stands there when the program ends is answered no, and keeps nothing open', async () => {
  const { runs, script } = await managed();
  const { runId } = await runs.start(wish('install'));
  const asked: unknown[] = [];
  runs.followQuestions(runId, (questions) => asked.push(...questions));
  script.end();
  await expect.poll(() => asked).toHaveLength(1);
  await runs.shutdown();
  expect(script.answers).toEqual([false]);
  // Whoever shows it learns that it is gone.
  expect(asked.at(-1)).toBeNull();
});

test('a failover test asks nothing: what it does was said on the screen that started it', async () => {
  const { runs, script } = await managed();
  const { runId } = await runs.start({ ...wish('plan'), workflow: 'failoverTest' });
  const asked: unknown[] = [];
  runs.followQuestions(runId, (questions) => asked.push(...questions));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect([script.answers, asked]).toEqual([[true], []]);
});

test('a run trusts no new host key, and is told its secrets by the vault', async () => {
  const { runs, script, context } = await managed();
  await context.vault.put(DRAFT, 'REDIS_PASSWORD', 'seen in the window');
  await runs.start(wish('plan'));
  expect(script.requests).toMatchObject([{ acceptNewHostKeys: false, environment: { REDIS_PASSWORD: 'seen in the window' } }]);
  await runs.shutdown();
});

test('the password that the admin has seen is the one that the installation keeps: in the vault, and in no file', async () => {
  const { runs, script, context, home } = await managed();
  await context.vault.put(DRAFT, 'REDIS_PASSWORD', 'seen in the window');
  await runs.start(wish('install'));
  const keeper = script.requests[0]?.passwordKeeper;
  // The servers come first: one that they have is the cluster's.
  expect(await keeper?.read()).toBeNull();
  expect(await keeper?.keep()).toBe('seen in the window');
  expect(await keeper?.keep('found on the servers')).toBe('found on the servers');
  expect(context.vault.get(DRAFT, 'REDIS_PASSWORD')).toBe('found on the servers');
  await runs.shutdown();
  const files = await readdir(home, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile()))
    expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toMatch(/seen in the window|found on the servers/u);
});

test('without one that was seen a new one is made and kept; the file of the command line is read where there is one', async () => {
  const { runs, script, context, home } = await managed();
  await runs.start(wish('install'));
  const keeper = script.requests[0]?.passwordKeeper;
  const made = await keeper?.keep();
  expect(made).toMatch(/^[A-Za-z0-9_-]{43}$/u);
  expect(context.vault.get(DRAFT, 'REDIS_PASSWORD')).toBe(made);
  await keepPassword(generatedPasswordFile(home, 'sessions'), 'of the command line', '');
  expect(await keeper?.read()).toBe('of the command line');
  await runs.shutdown();
});

test('a run that has found the password on the servers tells the vault; one of the admin’s own is left alone', async () => {
  const { runs, script, context } = await managed();
  script.findPassword('found on the servers');
  await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(context.vault.get(DRAFT, 'REDIS_PASSWORD')).toBe('found on the servers');
  const draft = await context.drafts.load(DRAFT);
  await context.drafts.save({ ...draft, redis: { ...draft.redis, password: 'own' } });
  await context.vault.put(DRAFT, 'REDIS_PASSWORD', 'typed by the admin');
  await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(context.vault.get(DRAFT, 'REDIS_PASSWORD')).toBe('typed by the admin');
});

test('the agent is the only thing of this process’s environment that a run gets', async () => {
  const { runs, script, context } = await managed();
  Object.assign(context.environment, { SSH_AUTH_SOCK: '/run/agent', SUDO_PASSWORD_1: 'not for this' });
  await runs.start(wish('plan'));
  expect(script.requests[0]?.environment).toEqual({ SSH_AUTH_SOCK: '/run/agent' });
  await runs.shutdown();
});

test('the report of a run lies beside its journal', async () => {
  const { runs, script, home } = await managed();
  const { runId } = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(await readFile(join(runsFolder(home, 'sessions'), runId, 'report.html'), 'utf8')).toContain('<!doctype html>');
});

test('a run whose journal cannot be kept is told by the desktop, and held as long as Triad is open', async () => {
  const { runs, script, platform } = await managed();
  script.unkeep(fail('storage.unwritable', adminSubject, { values: { file: 'events.ndjson', reason: 'ENOSPC' } }).failure);
  const { runId } = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(platform.notices).toMatchObject([{ title: 'Triad: sessions', body: expect.stringContaining('ENOSPC') as string }]);
  expect((await runs.recordOf(runId)).verdict).toBe('pass');
  const seen: RunEvent[] = [];
  runs.follow(runId, 1, (events) => seen.push(...events));
  expect(types(seen)).toEqual(['changesPlanned', 'runFinished']);
});

test('the next run waits for what is left of the one that has just told its end', async () => {
  const { runs, script } = await managed();
  const putAway = createDeferred<void>();
  script.linger(putAway.promise);
  const first = await runs.start(wish('plan'));
  script.end();
  await expect.poll(async () => (await runs.recordOf(first.runId)).finishedAt).not.toBeNull();
  expect(runs.active()).toHaveLength(1);
  const next = runs.start(wish('plan'));
  putAway.resolve();
  expect((await next).runId).not.toBe(first.runId);
  await runs.shutdown();
});

test('a run that nobody knows is told as such', async () => {
  const { runs } = await managed();
  await expect(runs.recordOf('20260102T030405000Z-plan')).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
  const seen: unknown[] = [];
  runs.follow('20260102T030405000Z-plan', 0, (events) => seen.push(...events));
  expect(() => runs.cancel('20260102T030405000Z-plan')).not.toThrow();
  expect(seen).toEqual([]);
});
