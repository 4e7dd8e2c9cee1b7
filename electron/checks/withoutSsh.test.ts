import { expect, test } from 'vitest';
import { judgeCluster } from './clusterChecks.ts';
import { judgeServers } from './judgeServers.ts';
import { judgeNodes } from './nodeChecks.ts';
import { judgeMatrix } from './pairChecks.ts';
import { exampleContext, examplePlan } from './testing/exampleFacts.ts';
import { exampleObservation, exampleView } from './testing/exampleView.ts';
import { withoutSsh } from './withoutSsh.ts';

/** All that a validation judges where nothing but the six nodes was asked. */
function judgedByRedis(): ReturnType<typeof withoutSsh> {
  const context = exampleContext({}, 'installed');
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
