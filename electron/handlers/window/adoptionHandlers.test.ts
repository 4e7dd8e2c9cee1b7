import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundNodes } from '../testing/foundNodes.ts';
import type { FoundNode } from '../adoption.ts';
import type { ClusterAddress } from '../findCluster.ts';
import { startRun } from '../startRun.ts';
import { planAdopted } from '../../shared/domain/adoptedPlan.ts';
import { draftOfCluster } from './adoptCluster.ts';
import { createAdoption, type Adoption } from './adoptionHandlers.ts';
import { openSpecFile } from './draftHandlers.ts';
import { listHome } from './homeHandlers.ts';
import { createRunManager } from './runManager.ts';
import { keepRun } from './testing/keepRun.ts';
import { managed } from './testing/managedRuns.ts';
import { specOfDraft } from './windowContext.ts';

const wish = { address: '10.77.0.12:7001', name: 'theirs', password: 'hunter2' };
const version = (): string => '7.0.15';

async function adopting(
  nodes: readonly FoundNode[] = foundNodes(),
): Promise<Awaited<ReturnType<typeof managed>> & { readonly adoption: Adoption; readonly asked: ClusterAddress[] }> {
  const bench = await managed();
  const asked: ClusterAddress[] = [];
  const adoption = createAdoption(bench.context, version, async (at) => {
    asked.push(at);
    return Promise.resolve(nodes);
  });
  return { ...bench, adoption, asked };
}

/** What was found, as it is shown; a test that finds none is wrong. */
async function found(adoption: Adoption, by = wish): Promise<Extract<Awaited<ReturnType<Adoption['find']>>, { kind: 'found' }>> {
  const answer = await adoption.find(by);
  if (answer.kind !== 'found') throw new Error('it deviates');
  return answer;
}

test('a cluster of somebody else is asked at the address, shown as a plan, and kept where the admin says: file, draft and password', async () => {
  const { adoption, asked, platform, home, context } = await adopting();
  const { id, plan, text } = await found(adoption);
  expect(asked).toMatchObject([{ address: '10.77.0.12', port: 7001, password: 'hunter2' }]);
  expect(platform.hidden).toContain('hunter2');
  expect(text).not.toContain('hunter2');
  expect(plan.adopted).toBe(true);
  expect(plan.nodes.map(({ id: node, role }) => `${node} ${role}`)).toEqual([
    'server-1:7000 master',
    'server-1:7001 replica',
    'server-2:7000 master',
    'server-2:7001 replica',
    'server-3:7000 master',
    'server-3:7001 replica',
  ]);
  expect(await context.drafts.list()).toHaveLength(1);

  platform.answers.push(null, join(home, 'theirs.yaml'));
  expect(await adoption.keep(id)).toBeNull();
  const draft = await adoption.keep(id);
  expect(await readFile(join(home, 'theirs.yaml'), 'utf8')).toBe(text);
  expect(draft).toMatchObject({ name: 'theirs', reached: 'report', adopted: { nodes: { length: 6 } }, redis: { password: 'own' } });
  expect(await context.drafts.load(draft?.id ?? '')).toEqual(draft);
  expect(context.vault.valuesOf(draft?.id ?? '')).toEqual({ REDIS_PASSWORD: 'hunter2' });
  // The file, opened another day, is the same draft, which still says whose cluster it is.
  expect((await openSpecFile(context, join(home, 'theirs.yaml'), version)).id).toBe(draft?.id);
});

test('what is not as Triad knows a cluster is named, and nothing is kept', async () => {
  const { adoption, context } = await adopting(foundNodes().slice(0, 5));
  expect(await adoption.find(wish)).toMatchObject({ kind: 'deviates', deviations: [{ code: 'adopt.count' }] });
  await expect(adoption.keep('0'.repeat(32))).rejects.toThrow('another cluster');
  expect(await context.drafts.list()).toHaveLength(1);
});

test('no node is asked at what is no address', async () => {
  const { adoption, asked } = await adopting();
  await expect(adoption.find({ ...wish, address: 'redis.example' })).rejects.toMatchObject({ failure: { code: 'usage.invalid' } });
  expect(asked).toEqual([]);
});

test('without a password none is sent, and none is kept', async () => {
  const { adoption, asked, platform, home, context } = await adopting();
  const { id } = await found(adoption, { ...wish, password: '' });
  expect(asked).toMatchObject([{ password: null }]);
  platform.answers.push(join(home, 'theirs.yaml'));
  const draft = await adoption.keep(id);
  expect(context.vault.valuesOf(draft?.id ?? '')).toEqual({});
  expect(draft?.redis.password).toBe('generated');
});

test.each(['check', 'plan', 'install', 'failoverTest', 'maintenanceStatus', 'remove'] as const)(
  'an adopted draft is validated, and refused for %s before anything begins',
  async (workflow) => {
    const { adoption, platform, home, context } = await adopting();
    const { id } = await found(adoption);
    platform.answers.push(join(home, 'theirs.yaml'));
    const draft = (await adoption.keep(id))?.id ?? '';
    const runs = createRunManager(context, startRun);
    const asked = { draft, workflow, servers: [], reviewed: null, deleteData: false };
    await expect(runs.start(asked)).rejects.toMatchObject({ failure: { code: 'spec.notInstalledByTriad', values: { cluster: 'theirs' } } });
  },
);

test('a cluster that is known by a validation of the command line only is adopted in its draft, too', async () => {
  const { adoption, context, home, runs } = await adopting();
  const { plan } = await found(adoption);
  await keepRun(home, { workflow: 'validate', plan });
  const addresses = plan.servers.map((server) => String(server.address));
  const draft = await draftOfCluster(context, 'theirs', addresses, version);
  expect(planAdopted(specOfDraft(draft, context.files), draft.adopted ?? { nodes: [] }).nodes).toEqual(plan.nodes);
  const install = { draft: draft.id, workflow: 'install', servers: [], reviewed: null, deleteData: false } as const;
  await expect(createRunManager(context, startRun).start(install)).rejects.toMatchObject({ failure: { code: 'spec.notInstalledByTriad' } });
  expect((await listHome(context, runs.present())).map(({ name, isAdopted }) => [name, isAdopted])).toEqual(
    expect.arrayContaining([
      ['theirs', true],
      ['sessions', undefined],
    ]),
  );
});

test('an adopted draft may be validated: the run is about the nodes that were found', async () => {
  const { adoption, runs, script, platform, home } = await adopting();
  const { id, plan } = await found(adoption);
  platform.answers.push(join(home, 'theirs.yaml'));
  const draft = (await adoption.keep(id))?.id ?? '';
  await runs.start({ draft, workflow: 'validate', servers: [], reviewed: null, deleteData: false, redisOnly: true });
  const [request] = script.requests;
  expect(request).toMatchObject({ redisOnly: true, environment: { REDIS_PASSWORD: 'hunter2' } });
  expect(request?.spec.adopted?.nodes.map(({ server, port }) => `${server}:${port}`)).toEqual(plan.nodes.map((node) => node.id));
  await runs.shutdown();
});
