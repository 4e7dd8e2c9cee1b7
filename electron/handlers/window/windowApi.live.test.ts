import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { RunEvent, WorkflowId } from '../../shared/domain/events.ts';
import type { WindowApi } from './createWindowApi.ts';
import { apiForTest } from './testing/apiForTest.ts';

const servers = practiceSetForTest();

async function finish(api: WindowApi, draft: Draft, workflow: WorkflowId, more: { readonly reviewed?: string } = {}) {
  const { runId } = await api.procedures['runs.start']({
    draft: draft.id,
    workflow,
    servers: [],
    reviewed: more.reviewed ?? null,
    deleteData: false,
  });
  const events: RunEvent[] = [];
  const unfollow = api.streams['runs.events']({ runId, after: 0 }, (batch) => events.push(...batch));
  await expect.poll(() => api.activeRuns(), { timeout: 120_000 }).toBe(0);
  unfollow();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const last = events.at(-1);
  return { runId, events, verdict: last?.type === 'runFinished' ? { verdict: last.verdict, failure: last.failure } : null };
}

const passed = { verdict: 'pass', failure: null };

test('the window gets from three addresses with a password to a cluster that has lost each server, without the command line', async () => {
  const set = await servers.up({ login: 'password' });
  const { api: first, home, platform, reopen } = await apiForTest();
  const spec = set.spec();
  const made = await first.procedures['drafts.create'](undefined);
  const draft: Draft = {
    ...made,
    name: set.place.prefix,
    servers: made.servers.map((server, index) => ({
      ...server,
      address: set.servers[index]?.address ?? '',
      user: 'admin',
      sudo: 'none',
    })),
    redis: { ...made.redis, maxMemory: '32mb' },
  };
  await first.procedures['drafts.save'](draft);
  const password = Object.values(spec.environment)[0] ?? '';

  // A wrong password is told as such, an unknown key stops until its fingerprint is given back.
  await first.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: password });
  const acceptKey = async (server: number): Promise<void> => {
    const unknown = await first.procedures['servers.test']({ draft, server, accept: null });
    expect(unknown).toMatchObject({ kind: 'keyUnknown' });
    const fingerprint = unknown.kind === 'keyUnknown' ? unknown.hostKey.fingerprint : '';
    const reached = await first.procedures['servers.test']({ draft, server, accept: fingerprint });
    expect(reached).toMatchObject({
      kind: 'reached',
      glimpse: {
        hostName: set.servers[server]?.name,
        platform: 'linux',
        osName: expect.stringContaining('Debian') as string,
        trust: 'accepted',
        hostKey: { fingerprint },
      },
    });
  };
  // All at once, as the window does it: each accepted key is kept.
  await Promise.all([0, 1, 2].map(acceptKey));
  const tests = [0, 1, 2].map(async (server) => first.procedures['servers.test']({ draft, server, accept: null }));
  expect((await Promise.all(tests)).map(({ kind }) => kind)).toEqual(['reached', 'reached', 'reached']);
  // Neither a fingerprint nobody has nor a wrong password gets in.
  const other = await apiForTest();
  await other.api.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: password });
  const accept = `SHA256:${'A'.repeat(43)}`;
  expect(await other.api.procedures['servers.test']({ draft, server: 0, accept })).toMatchObject({
    kind: 'failed',
    failure: { code: 'ssh.hostKeyChanged', values: { expected: accept } },
  });
  await first.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: 'wrong' });
  expect(await first.procedures['servers.test']({ draft, server: 0, accept: null })).toMatchObject({
    kind: 'failed',
    failure: { code: 'ssh.authRejected' },
  });
  await first.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: password });

  await first.procedures['secrets.generate']({ draft: draft.id, anew: false });
  const shown = await first.procedures['secrets.reveal']({ draft: draft.id, name: 'REDIS_PASSWORD' });

  expect((await finish(first, draft, 'check')).verdict).toEqual(passed);
  const plan = await finish(first, draft, 'plan');
  expect(plan.verdict).toEqual(passed);
  // Closed in the middle of its work: the run ends safely and says so, and the next start goes on.
  const wish = { draft: draft.id, servers: [], reviewed: plan.runId, deleteData: false };
  const begun = await first.procedures['runs.start']({ ...wish, workflow: 'install' });
  await new Promise<void>((atWork) => {
    const unfollow = first.streams['runs.events']({ runId: begun.runId, after: 0 }, (events) => {
      if (!events.some((event) => event.type === 'phaseStarted' && event.phase === 'layOutServer')) return;
      unfollow();
      atWork();
    });
  });
  await first.shutdown();
  const api = await reopen();
  expect((await api.procedures['runs.list'](draft.id))[0]).toMatchObject({
    runId: begun.runId,
    wasAborted: true,
    isActive: false,
    isInterrupted: false,
  });
  // Nothing has changed since the plan, so nothing is asked; the window's own password is the cluster's.
  const install = await finish(api, draft, 'install', { reviewed: plan.runId });
  expect(install.verdict).toEqual(passed);
  const asked = await set.run(
    1,
    `REDISCLI_AUTH=$(cat) $(ls /opt/triad/bin/*/redis-cli) -h ${draft.servers[0]?.address ?? ''} -p 7000 PING`,
    {
      input: shown ?? '',
    },
  );
  expect(asked.stdout.trim()).toBe('PONG');
  await api.procedures['drafts.save']({ ...draft, runs: { ...draft.runs, plan: plan.runId, install: install.runId } });
  // No server named: every one is lost, in turn.
  const trial = await finish(api, draft, 'failoverTest');
  expect(trial.verdict).toEqual(passed);
  expect(trial.events.flatMap((event) => (event.type === 'trialFinished' ? [event.trial.server] : []))).toEqual([
    'server-1',
    'server-2',
    'server-3',
  ]);

  // After a restart everything is still there: the card, the report, the connection settings with the password.
  const again = await reopen();
  expect(await again.procedures['home.list'](undefined)).toMatchObject([
    {
      draftId: draft.id,
      name: set.place.prefix,
      survivesAnyServer: true,
      runs: [{ workflow: 'failoverTest', verdict: 'pass' }, {}, {}, {}],
    },
  ]);
  expect(await again.reportHtml(trial.runId)).toContain('server-2');
  await again.procedures['reports.copyConnection']({ runId: install.runId, format: 'redisCli', withPassword: true });
  expect(platform.copied.at(-1)).toContain(shown);
  expect(await again.procedures['secrets.reveal']({ draft: draft.id, name: 'REDIS_PASSWORD' })).toBe(shown);
  // A journal without its end is an interrupted run, not one that goes on.
  const journal = join(home, 'clusters', set.place.prefix, 'runs', trial.runId, 'events.ndjson');
  writeFileSync(journal, readFileSync(journal, 'utf8').split('\n').slice(0, 5).join('\n'));
  const [interrupted] = await again.procedures['runs.list'](draft.id);
  expect(interrupted).toMatchObject({ runId: trial.runId, isInterrupted: true, isActive: false });

  // A server that comes back with other host keys stops everything until the admin says that it is so on purpose.
  await set.reset({ only: [3], hostKeys: 'change', login: 'password' });
  const changed = await again.procedures['servers.test']({ draft, server: 2, accept: null });
  expect(changed).toMatchObject({ kind: 'keyChanged' });
  const { expected, offered } = changed.kind === 'keyChanged' ? changed : { expected: null, offered: null };
  expect(offered?.fingerprint).not.toBe(expected?.fingerprint);
  await again.procedures['servers.forgetKey']({ draft, server: 2, fingerprint: expected?.fingerprint ?? '' });
  expect(await again.procedures['servers.test']({ draft, server: 2, accept: offered?.fingerprint ?? '' })).toMatchObject({
    kind: 'reached',
  });
}, 240_000);
