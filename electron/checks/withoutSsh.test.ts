import { expect, test } from 'vitest';
import { sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { judgeCluster } from './clusterChecks.ts';
import { judgeServers } from './judgeServers.ts';
import { judgeNodes } from './nodeChecks.ts';
import { judgeMatrix } from './pairChecks.ts';
import { exampleContext, examplePlan } from './testing/exampleFacts.ts';
import { exampleObservation, exampleView } from './testing/exampleView.ts';
import { onWindows } from './onWindows.ts';
import { withoutSsh } from './withoutSsh.ts';

/** All that a validation judges where nothing but the six nodes was asked. */
function judgedByRedis(plan: ClusterPlan = examplePlan()): ReturnType<typeof withoutSsh> {
  const context = exampleContext({ plan }, 'installed');
  const matrix = { measuredOn: 'cluster', ports: [], servers: [], cells: [] } as const;
  return withoutSsh([
    ...judgeServers([], context),
    ...judgeNodes({ ...exampleObservation(), facts: [], pending: new Map() }, context),
    ...judgeMatrix({ ...matrix, ports: [], servers: [], cells: [] }, { plan: examplePlan(), facts: [], willOpenFirewall: false }),
    ...judgeCluster(exampleView(), context),
  ]);
}

test('with Redis alone every check is made or named as not made: none is left out, none passes unseen', () => {
  const results = judgedByRedis();
  const unmade = results.filter((result) => result.unmade === 'ssh');
  expect(new Set(unmade.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  expect(unmade.every(({ remedy }) => remedy !== null)).toBe(true);
  const idsOf = (list: typeof results): readonly string[] => [...new Set(list.map(({ id }) => id))];
  expect(idsOf(unmade)).toEqual(
    expect.arrayContaining(['server.memory', 'node.service', 'node.logErrors', 'server.drift', 'pair.busPort']),
  );
  const made = results.filter((result) => result.unmade === undefined && !result.id.startsWith('pair.admin'));
  expect(made.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(idsOf(made)).toEqual(
    expect.arrayContaining(['node.settings', 'node.connections', 'node.persistence', 'cluster.agreement', 'cluster.survivesLoss']),
  );
});

test('what is looked at on Windows servers alone is named as not made too, and what only Linux has does not apply', () => {
  const plan = sampleWindowsPlan();
  const results = onWindows(judgedByRedis(plan), plan).filter(({ id }) => id.startsWith('server.'));
  const made = results.filter(({ unmade, verdict }) => unmade === undefined && verdict !== 'skipped');
  expect(made.map(({ id, verdict }) => [id, verdict])).toEqual([['server.windows', 'warn']]);
  const told = (id: string): unknown => results.filter((one) => one.id === id).map(({ verdict, unmade }) => [verdict, unmade]);
  expect(told('server.windowsMemory')).toEqual(Array.from({ length: 3 }, () => ['unknown', 'ssh']));
  expect(told('server.systemd')).toEqual(Array.from({ length: 3 }, () => ['skipped', undefined]));
});
