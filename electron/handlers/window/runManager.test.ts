import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDeferred } from '../../hosts/deferred.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import { message } from '../../shared/messages/message.ts';
import { procedures } from '../../shared/contract/procedures.ts';
import type { RunQuestion } from '../../shared/contract/streams.ts';
import { runsFolder } from '../../storage/triadHome.ts';
import { listActive } from './listActive.ts';
import { listKeptRuns } from '../runSummaries.ts';
import { createRunManager, type RunManager } from './runManager.ts';
import { listHome } from './homeHandlers.ts';
import { strangersOfName } from './windowContext.ts';
import { DRAFT, folderChange, followed, managed, wish, type scriptedRun } from './testing/managedRuns.ts';

test('a run is followed from its first event, also by one who comes later, and after its end from the journal', async () => {
  const { runs, script } = await managed();
  const { runId } = await runs.start(wish('plan'));
  const early = followed(runs, runId);
  expect(early.map(({ seq }) => seq)).toEqual([1]);
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(early.map(({ type }) => type)).toEqual(['runStarted', 'changesPlanned', 'runFinished']);
  const late = followed(runs, runId, 1);
  await expect.poll(() => late.map(({ type }) => type)).toEqual(['changesPlanned', 'runFinished']);
  expect((await runs.recordOf(runId)).verdict).toBe('pass');
});

test('a run that has just told its end is listed as ended, also before its journal is closed', async () => {
  const { runs, script, home } = await managed();
  const { runId } = await runs.start(wish('plan'));
  expect(await listKeptRuns(home, 'sessions', runs.present())).toMatchObject([
    { summary: { runId, isActive: true, isInterrupted: false } },
  ]);
  const present = createDeferred<ReturnType<RunManager['present']>>();
  runs.follow(runId, 1, ([event]) => {
    if (event?.type === 'runFinished') present.resolve(runs.present());
  });
  script.end();
  expect(await listKeptRuns(home, 'sessions', await present.promise)).toMatchObject([
    { summary: { runId, isActive: false, isInterrupted: false, verdict: 'pass' } },
  ]);
  await expect.poll(() => runs.active()).toEqual([]);
  expect(await listKeptRuns(home, 'sessions', runs.present())).toMatchObject([{ summary: { runId, isActive: false, verdict: 'pass' } }]);
});

test('one cluster has one run at a time, also while the first is only beginning', async () => {
  const { runs, script } = await managed();
  const both = await Promise.allSettled([runs.start(wish('plan')), runs.start(wish('plan'))]);
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused.map((error) => (error instanceof FailureError ? error.failure.code : error))).toEqual(['run.alreadyActive']);
  expect(runs.active()).toHaveLength(1);
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  await runs.start(wish('plan'));
  expect(runs.active()).toHaveLength(1);
  await runs.shutdown();
});

test('an installation that does what was reviewed, or less, asks nothing; one that would do more asks, with yes and no', async () => {
  const { runs, script } = await managed();
  const plan = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  script.answers.splice(0);

  const same = await runs.start(wish('install', plan.runId));
  const unasked: RunQuestion[] = [];
  runs.followQuestions(same.runId, (questions) => unasked.push(...questions));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect([script.answers, unasked]).toEqual([[true], []]);

  // A part of what was reviewed is done already: nothing new, nothing to ask.
  const less = await runs.start(wish('install', plan.runId));
  runs.followQuestions(less.runId, (questions) => unasked.push(...questions));
  script.end([]);
  await expect.poll(() => runs.active()).toEqual([]);
  expect([script.answers, unasked]).toEqual([[true, true], []]);

  for (const yes of [true, false]) {
    const other = await runs.start(wish('install', plan.runId));
    const asked: RunQuestion[] = [];
    runs.followQuestions(other.runId, (questions) => asked.push(...questions));
    script.end([folderChange('/srv/a'), folderChange('/srv/b')]);
    await expect.poll(() => asked).toEqual([{ runId: other.runId, question: message('phase.confirmInstall', { count: 1, servers: 3 }) }]);
    // A window that was reloaded in the meantime hears the question again.
    const again: RunQuestion[] = [];
    runs.followQuestions(other.runId, (questions) => again.push(...questions));
    expect(again).toEqual(asked);
    runs.answer(other.runId, yes);
    await expect.poll(() => runs.active()).toEqual([]);
    expect(script.answers.at(-1)).toBe(yes);
    expect(asked.at(-1)).toBeNull();
  }
});

test('a victim that is none of the servers is refused before anything begins', async () => {
  const { runs } = await managed();
  const stranger = { ...wish('plan'), workflow: 'failoverTest', servers: ['server-2', 'server-9'] } as const;
  const failure = await runs.start(stranger).catch((error: unknown) => (error as FailureError).failure);
  expect(failure).toMatchObject({ code: 'usage.invalid', values: { reason: expect.stringContaining('server-9') as string } });
});

test.each(['maintenanceBegin', 'maintenanceEnd'] as const)('%s is refused for none, and for more than one server', async (workflow) => {
  const { runs, script } = await managed();
  for (const servers of [[], ['server-1', 'server-2']]) {
    const failure = await runs.start({ ...wish('plan'), workflow, servers }).catch((error: unknown) => (error as FailureError).failure);
    expect(failure).toMatchObject({ code: 'usage.invalid', values: { reason: expect.stringContaining('server-3') as string } });
  }
  expect(script.requests).toEqual([]);
  await runs.start({ ...wish('plan'), workflow, servers: ['server-2'] });
  expect(script.requests.map((request) => request.workflow)).toEqual([workflow]);
  await runs.shutdown();
});

test('a validation with Redis access alone is given no way to the servers, and a whole one keeps its own', async () => {
  const { runs, script } = await managed();
  const phaseIds = (): readonly string[] => script.requests.at(-1)?.phases.phases.map(({ id }) => id) ?? [];
  for (const redisOnly of [true, undefined] as const) {
    const { runId } = await runs.start({ ...wish('plan'), workflow: 'validate', redisOnly });
    expect(script.requests.at(-1)?.redisOnly).toBe(redisOnly === true);
    expect(phaseIds().includes('connect')).toBe(redisOnly !== true);
    expect(phaseIds()).toContain('verifyCluster');
    runs.cancel(runId);
    await expect.poll(() => runs.active()).toEqual([]);
  }
});

test('the contract knows Redis access alone of a validation only', () => {
  const { input } = procedures['runs.start'];
  const asked = (workflow: string): boolean => input.safeParse({ ...wish('plan'), workflow, redisOnly: true }).success;
  expect(['validate', 'check', 'install', 'failoverTest', 'remove'].filter(asked)).toEqual(['validate']);
});

test('a run that is cancelled ends as interrupted, and so do all at the end of the program', async () => {
  const { runs } = await managed();
  const first = await runs.start(wish('plan'));
  runs.cancel(first.runId);
  await expect.poll(() => runs.active()).toEqual([]);
  expect((await runs.recordOf(first.runId)).wasAborted).toBe(true);
  const second = await runs.start(wish('install'));
  await runs.shutdown();
  expect(runs.active()).toEqual([]);
  expect((await runs.recordOf(second.runId)).wasAborted).toBe(true);
});

test('removing what another plan names is asked, and what was named is done', async () => {
  const { runs, script } = await managed();
  const shown = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  script.answers.splice(0);
  const named = await runs.start({ ...wish('plan'), workflow: 'remove', reviewed: shown.runId });
  const unasked: RunQuestion[] = [];
  runs.followQuestions(named.runId, (questions) => unasked.push(...questions));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect([script.answers, unasked]).toEqual([[true], []]);

  script.goElsewhere(true);
  const other = await runs.start({ ...wish('plan'), workflow: 'remove', reviewed: shown.runId });
  const asked: RunQuestion[] = [];
  runs.followQuestions(other.runId, (questions) => asked.push(...questions));
  script.end();
  await expect.poll(() => asked).toHaveLength(1);
  runs.answer(other.runId, false);
  await expect.poll(() => runs.active()).toEqual([]);
  expect(script.answers).toEqual([true, false]);
});

test('a name that another cluster has is refused for an installation, until that cluster was removed', async () => {
  const { runs, script, home } = await managed();
  script.goElsewhere(true);
  const install = await runs.start(wish('install'));
  script.end();
  const question: RunQuestion[] = [];
  runs.followQuestions(install.runId, (questions) => question.push(...questions));
  await expect.poll(() => question).toHaveLength(1);
  runs.answer(install.runId, true);
  await expect.poll(() => runs.active()).toEqual([]);
  const failure = await runs.start(wish('install')).catch((error: unknown) => (error as FailureError).failure);
  expect(failure).toMatchObject({ code: 'run.nameTaken', values: { cluster: 'sessions' } });
  const removal = await runs.start({ ...wish('plan'), workflow: 'remove', reviewed: install.runId });
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect((await runs.recordOf(removal.runId)).verdict).toBe('pass');
  expect(await strangersOfName(home, 'sessions', ['10.0.0.1', '10.0.0.2', '10.0.0.3'])).toBeNull();
});

test('Home adds up what single tests proved of the servers since the installation', async () => {
  const { runs, script, context } = await managed();
  const { runId: plan } = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  const started = async (workflow: 'install' | 'failoverTest', ...lost: readonly string[]): Promise<string> => {
    script.lose(...lost);
    const { runId } = await runs.start({ ...wish('plan', plan), workflow });
    script.end();
    await expect.poll(() => runs.active()).toEqual([]);
    return runId;
  };
  const triedAtHome = async (): Promise<unknown> =>
    (await listHome(context, runs.present()))[0]?.tried.map(({ server, trial }) => [server, trial?.verdict ?? null]);
  const draft = await context.drafts.load(DRAFT);
  await context.drafts.save({ ...draft, runs: { ...draft.runs, plan } });
  await started('failoverTest', 'server-1');
  await started('failoverTest', 'server-3');
  const whole = [
    ['server-1', 'pass'],
    ['server-2', null],
    ['server-3', 'pass'],
  ];
  expect(await triedAtHome()).toEqual(whole);
  // Read from the journals, as after a restart.
  expect((await listHome(context, new Map()))[0]?.tried.map(({ server, trial }) => [server, trial?.verdict ?? null])).toEqual(whole);
  await started('install');
  expect(await triedAtHome()).toEqual(['server-1', 'server-2', 'server-3'].map((server) => [server, null]));
});

test('Home knows a cluster by its servers, not by its name alone, and forgets what was before it was removed', async () => {
  const { runs, script, context } = await managed();
  const end = async (): Promise<void> => {
    script.end();
    await expect.poll(() => runs.active()).toEqual([]);
  };
  const plan = await runs.start(wish('plan'));
  await end();
  const { runId } = await runs.start(wish('install', plan.runId));
  await end();
  const draft = await context.drafts.load(DRAFT);
  await context.drafts.save({ ...draft, runs: { ...draft.runs, install: runId } });
  expect(await listHome(context, new Map())).toMatchObject([{ draftId: DRAFT, runs: [{ workflow: 'install' }, { workflow: 'plan' }] }]);

  // The same name on other servers: two clusters, two cards.
  await context.drafts.save({
    ...draft,
    runs: { ...draft.runs, install: runId },
    servers: draft.servers.map((server, index) => ({ ...server, address: `10.7.7.${index + 1}` })),
  });
  expect(await listHome(context, new Map())).toMatchObject([
    { draftId: null, addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'], runs: [{ workflow: 'install' }, { workflow: 'plan' }] },
    { draftId: DRAFT, addresses: ['10.7.7.1', '10.7.7.2', '10.7.7.3'], runs: [] },
  ]);

  await context.drafts.save({ ...draft, runs: { ...draft.runs, install: runId } });
  await runs.start({ ...wish('plan'), workflow: 'remove', reviewed: plan.runId });
  await end();
  expect(await listHome(context, new Map())).toMatchObject([{ draftId: DRAFT, survivesAnyServer: null, runs: [{ workflow: 'remove' }] }]);
});

test('a run that goes on is told with whether its draft still says what it was started for, until it has told its end', async () => {
  const { runs, script, context } = await managed();
  const { runId } = await runs.start(wish('plan'));
  const told = { runId, workflow: 'plan', cluster: 'sessions', draft: DRAFT };
  const draft = await context.drafts.load(DRAFT);
  const say = async (redis: Partial<(typeof draft)['redis']>): Promise<unknown> => {
    await context.drafts.save({ ...draft, reached: 'review', redis: { ...draft.redis, ...redis } });
    return listActive(context, runs);
  };
  expect(await say({})).toEqual([{ ...told, isCurrent: true }]);
  expect(await say({ masterPort: '7010' })).toEqual([{ ...told, isCurrent: false }]);
  expect(await say({ masterPort: 'no port' })).toEqual([{ ...told, isCurrent: false }]);
  expect(await say({})).toEqual([{ ...told, isCurrent: true }]);
  const atItsEnd: Promise<unknown>[] = [];
  runs.follow(runId, 0, (events) => {
    if (events.some(({ type }) => type === 'runFinished')) atItsEnd.push(listActive(context, runs));
  });
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(await Promise.all(atItsEnd)).toEqual([[]]);
});

test('no run begins while the program is ending', async () => {
  const { runs } = await managed();
  const { runId } = await runs.start(wish('plan'));
  const ending = runs.shutdown();
  const failure = await runs.start(wish('plan')).catch((error: unknown) => (error as FailureError).failure);
  expect(failure).toMatchObject({ code: 'run.aborted' });
  await ending;
  expect((await runs.recordOf(runId)).wasAborted).toBe(true);
});

test('a run that is only beginning when the program ends is stopped like the others', async () => {
  const { script, context } = await managed();
  const called = createDeferred<void>();
  const runs = createRunManager(context, async (request) => {
    called.resolve();
    return script.run(request);
  });
  const starting = runs.start(wish('plan'));
  await called.promise;
  expect(runs.active()).toEqual([]);
  await runs.shutdown();
  expect((await runs.recordOf((await starting).runId)).wasAborted).toBe(true);
});

test('the end of a long run is told by the desktop where nobody looks at the window', async () => {
  const { runs, script, platform } = await managed();
  platform.isFocused = false;
  await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => platform.notices).toEqual([{ title: 'Triad: sessions', body: 'The run has ended: everything passed.' }]);
});

test('the desktop tells also that a run needs somebody', async () => {
  const { runs, platform } = await managed();
  platform.isFocused = false;
  const { runId } = await runs.start(wish('plan'));
  runs.cancel(runId);
  await expect.poll(() => platform.notices).toEqual([{ title: 'Triad: sessions', body: 'The run has ended and needs you.' }]);
});

test.each([
  ['of a short run', (script: ReturnType<typeof scriptedRun>) => script.hurry(), false],
  ['that somebody sees in the window', () => undefined, true],
])('the end %s is no notice', async (_, prepare, isFocused) => {
  const { runs, script, platform } = await managed();
  platform.isFocused = isFocused;
  prepare(script);
  await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  expect(platform.notices).toEqual([]);
});

test('a part of a check is looked at again only after the check that the draft remembers', async () => {
  const { runs, script, context } = await managed();
  const plan = await runs.start(wish('plan'));
  script.end();
  await expect.poll(() => runs.active()).toEqual([]);
  const again = { ...wish('plan'), workflow: 'check', again: { run: plan.runId, choice: 'failed' } } as const;
  await expect(runs.start(again)).rejects.toMatchObject({ failure: { code: 'run.otherCheck' } });
  const draft = await context.drafts.load(DRAFT);
  await context.drafts.save({ ...draft, runs: { ...draft.runs, check: plan.runId } });
  await runs.start(again);
  expect(script.requests.at(-1)?.again).toMatchObject({ earlier: { runId: plan.runId }, choice: 'failed' });
  await runs.shutdown();
});

test('no part of a check is looked at again once a run has changed the servers', async () => {
  const { runs, context, home } = await managed();
  const draft = await context.drafts.load(DRAFT);
  const check = '20260102T030405000Z-check';
  await context.drafts.save({ ...draft, runs: { ...draft.runs, check } });
  await mkdir(join(runsFolder(home, 'sessions'), '20260102T040506000Z-install'), { recursive: true });
  const again = { ...wish('plan'), workflow: 'check', again: { run: check, choice: 'failed' } } as const;
  await expect(runs.start(again)).rejects.toMatchObject({ failure: { code: 'run.otherCheck' } });
});
