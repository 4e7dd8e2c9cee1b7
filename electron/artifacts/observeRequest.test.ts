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
