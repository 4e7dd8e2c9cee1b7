import { readFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplePlan } from '../../artifacts/testing/samplePlan.ts';
import { sampleInstall } from '../../report/testing/sampleRecord.ts';
import { sampleTrial } from '../../report/testing/sampleTrial.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { keepPassword } from '../../storage/secrets.ts';
import { generatedPasswordFile, runsFolder } from '../../storage/triadHome.ts';
import { apiForTest, type ApiForTest } from './testing/apiForTest.ts';
import { saveReport } from './reportHandlers.ts';
import { fakePlatform } from './testing/fakePlatform.ts';
import { keepRun } from './testing/keepRun.ts';

const { cluster, servers } = samplePlan();

/** A draft of a cluster with an own password. */
async function draftOf({ api }: ApiForTest, addresses: readonly string[], password: string): Promise<Draft> {
  const created = await api.procedures['drafts.create'](undefined);
  const draft: Draft = {
    ...created,
    name: cluster,
    servers: created.servers.map((server, index) => ({ ...server, address: addresses[index] ?? '' })),
    redis: { ...created.redis, password: 'own' },
  };
  await api.procedures['drafts.save'](draft);
  await api.procedures['secrets.store']({ draft: draft.id, name: 'REDIS_PASSWORD', value: password });
  return draft;
}

test('how clients connect is copied with the password only on request, and with that of this cluster', async () => {
  const made = await apiForTest();
  const { api, home, platform } = made;
  const runId = await keepRun(home);
  await draftOf(made, ['10.9.9.1', '10.9.9.2', '10.9.9.3'], 'of-another-cluster');
  const copy = async (withPassword: boolean): Promise<string> => {
    await api.procedures['reports.copyConnection']({ runId, format: 'ioredis', withPassword });
    return platform.copied.at(-1) ?? '';
  };
  // Nobody knows it on this machine: neither a draft of these servers nor an earlier run.
  await expect(copy(true)).rejects.toMatchObject({ failure: { code: 'secret.unknownHere' } });
  await keepPassword(generatedPasswordFile(home, cluster), 'kept-by-the-run', '');
  expect(await copy(true)).toContain('kept-by-the-run');
  await draftOf(made, servers.map(({ address }) => String(address)).toReversed(), 'own-of-this-one');
  expect(await copy(true)).toContain('own-of-this-one');
  const without = await copy(false);
  expect(without).toContain(String(servers[0]?.address));
  expect(without).not.toMatch(/own-of-this-one|kept-by-the-run|of-another-cluster/u);
  expect(JSON.stringify(await api.procedures['reports.connections'](runId))).not.toMatch(/own-of-this-one|kept-by-the-run/u);
});

test('a report is saved as it is asked for, where the admin chose, and nowhere when he did not', async () => {
  const { api, home, platform } = await apiForTest();
  const runId = await keepRun(home);
  const save = async (format: 'html' | 'pdf' | 'json', file: string | null): Promise<unknown> => {
    platform.answers.push(file);
    return api.procedures['reports.save']({ runId, format });
  };
  const file = join(home, 'report');
  expect(await save('html', file)).toEqual({ name: 'report' });
  expect(await readFile(file, 'utf8')).toBe(await api.reportHtml(runId));
  expect(await save('json', file)).toEqual({ name: 'report' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ runId });
  await save('pdf', file);
  expect(platform.printed).toMatchObject([expect.stringContaining(`triad://report/${runId}`)]);
  expect(await save('html', null)).toBeNull();
  const failure = { code: 'storage.unwritable', values: { file: '/nowhere/report' } };
  await expect(save('html', '/nowhere/report')).rejects.toMatchObject({ failure });
  await api.procedures['reports.openFolder'](runId);
  expect(platform.shown).toEqual([join(runsFolder(home, cluster), runId)]);
});

test('a record that was not kept whole is not saved, and nobody is asked for a place', async () => {
  const platform = fakePlatform();
  const saving = saveReport({ platform }, { record: sampleInstall(), journal: null }, 'record');
  await expect(saving).rejects.toMatchObject({ failure: { code: 'report.noRecord', values: { cluster: 'sessions' } } });
  expect(platform.offered).toEqual([]);
});

test('two failover tests of a cluster have a trend, one has none', async () => {
  const made = await apiForTest();
  const { api, home } = made;
  const plan = samplePlan();
  const [victim = ''] = plan.servers.map(({ name }) => name);
  const draft = await draftOf(
    made,
    plan.servers.map(({ address }) => String(address)),
    'x',
  );
  const events = [{ type: 'trialFinished' as const, trial: sampleTrial(plan, victim) }];
  await keepRun(home, { workflow: 'failoverTest', plan, events });
  expect(await api.procedures['history.trend'](draft.id)).toBeNull();
  const runId = await keepRun(home, { workflow: 'failoverTest', at: '20260202T030405000', plan, events });
  expect(await api.procedures['history.trend'](draft.id)).toBe(`triad://report/${runId}?trend`);
  const page = await api.reportHtml(runId, 'trend');
  expect(page).toContain(`Failover tests of ${cluster}`);
  expect(page.match(/triad-outage-point"/gu)).toHaveLength(2);
});

test('a journal that does not begin with its run is told as damaged', async () => {
  const { api, home } = await apiForTest();
  const runId = await keepRun(home);
  const file = join(runsFolder(home, cluster), runId, 'events.ndjson');
  writeFileSync(file, (await readFile(file, 'utf8')).split('\n').slice(1).join('\n'));
  await expect(api.procedures['reports.connections'](runId)).rejects.toMatchObject({ failure: { code: 'storage.damaged' } });
});
