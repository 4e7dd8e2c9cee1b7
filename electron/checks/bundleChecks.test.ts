import { expect, test } from 'vitest';
import { say } from '../shared/messages/message.ts';
import { BUNDLE_CHECKS, judgeAgainstBundle, type BundleObservation } from './bundleChecks.ts';
import { examplePlan, SERVERS } from './testing/exampleFacts.ts';
import { expectEveryText } from './testing/expectSays.ts';

const plan = examplePlan();
const same: BundleObservation = { differences: [], servers: [...SERVERS], hasNodes: true };
const told = (observation: BundleObservation): readonly string[] =>
  judgeAgainstBundle(observation, plan).map(({ verdict, observed }) => `${verdict} ${say(observed)}`);
const drifted: BundleObservation = {
  ...same,
  differences: [
    { path: 'servers/server-2/files/opt/triad/sessions/7000.conf', kind: 'differs', diff: '-maxmemory 64mb\n+maxmemory 32mb\n' },
    { path: 'servers/server-2/files/etc/sysctl.d/x.conf', kind: 'onlyInFirst', diff: '' },
    { path: 'nodes.json', kind: 'differs', diff: '-a\n+b\n' },
  ],
};

test('a run is judged against a bundle: for each server, and for the nodes', () => {
  expect(told(same)).toEqual(['pass They are', 'pass They are', 'pass They are', 'pass They have']);
  expect(told(drifted)).toEqual([
    'pass They are',
    'warn 2 differ: /opt/triad/sessions/7000.conf, /etc/sysctl.d/x.conf',
    'pass They are',
    'warn They have not',
  ]);
  const [, second] = judgeAgainstBundle(drifted, plan);
  expect(second?.evidence).toBe('-maxmemory 64mb\n+maxmemory 32mb\nservers/server-2/files/etc/sysctl.d/x.conf: absent');
});

test('what was not seen is unknown', () => {
  const unseen = { ...same, servers: SERVERS.slice(0, 2), hasNodes: false };
  expect(told(unseen)).toEqual(['pass They are', 'pass They are', 'unknown The server was not seen', 'unknown No node has answered']);
  const all = [same, drifted, unseen].flatMap((one) => judgeAgainstBundle(one, plan));
  expectEveryText(
    all,
    ['check.server.asInBundle.', 'check.cluster.asInBundle.'],
    BUNDLE_CHECKS.map(({ id }) => id),
  );
});
