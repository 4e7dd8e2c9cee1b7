import { expect, test } from 'vitest';
import { observeRequestFor } from './observeRequest.ts';
import { sampleBlueprint, samplePlan } from './testing/samplePlan.ts';

test('the data of both nodes is looked for, and never read', () => {
  const plan = samplePlan();
  const { paths, contentOf } = observeRequestFor(sampleBlueprint(plan), plan);
  const data = paths.filter((path) => /dump\.rdb|appendonlydir/u.test(path));
  expect(data).toEqual([
    '/var/lib/triad/sessions/7000/dump.rdb',
    '/var/lib/triad/sessions/7000/appendonlydir',
    '/var/lib/triad/sessions/7001/dump.rdb',
    '/var/lib/triad/sessions/7001/appendonlydir',
  ]);
  expect(contentOf.filter((path) => data.includes(path))).toEqual([]);
});

test('what each node has written down of the cluster is read with the rest', () => {
  const plan = samplePlan();
  const { contentOf } = observeRequestFor(sampleBlueprint(plan, 'server-2'), plan);
  expect(contentOf.filter((path) => path.endsWith('/nodes.conf'))).toEqual([
    '/var/lib/triad/sessions/7000/nodes.conf',
    '/var/lib/triad/sessions/7001/nodes.conf',
  ]);
});

test('the nodes of the server itself are asked for: where they write, and what they logged', () => {
  const plan = samplePlan({ paths: { data: '/srv/data', logs: '/srv/logs' } });
  const { serviceFolders, logs } = observeRequestFor(sampleBlueprint(plan, 'server-2'), plan);
  expect(serviceFolders).toEqual(['/srv/data/sessions/7000', '/srv/data/sessions/7001', '/srv/logs/sessions']);
  expect(logs).toEqual(['/srv/logs/sessions/7000.log', '/srv/logs/sessions/7001.log']);
});
