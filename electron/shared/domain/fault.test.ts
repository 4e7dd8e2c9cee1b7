import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../artifacts/testing/samplePlan.ts';
import { canBeTriedOn, faultOf, nodesHit } from './fault.ts';
import { SCENARIOS } from './scenario.ts';

const plan = samplePlan();
const [server = '', second, third] = plan.servers.map(({ name }) => name);

describe('faultOf', () => {
  it.each([
    ['processRestarted', 'restarted', 1],
    ['processKilled', 'killed', 1],
    ['processFrozen', 'frozen', 1],
    ['serverLost', 'killed', 2],
  ] as const)('%s: %s, %i of its services', (scenario, kind, count) => {
    const fault = faultOf(plan, scenario, server, 77);
    expect(fault).toMatchObject({ kind, cluster: plan.cluster, healAfterSeconds: 77 });
    expect(fault?.services).toHaveLength(count);
    expect(fault?.services[0]).toBe(plan.nodes.find((node) => node.server === server && node.role === 'master')?.unit);
  });

  it.each([
    ['networkCut', 'both'],
    ['networkCutIn', 'in'],
    ['networkCutOut', 'out'],
  ] as const)('%s: the ways to both peers are cut, %s', (scenario, direction) => {
    const addressOf = (name: string | undefined): string | undefined => plan.servers.find((one) => one.name === name)?.address;
    expect(faultOf(plan, scenario, server, 77)).toMatchObject({
      kind: 'cut',
      direction,
      peers: [addressOf(second), addressOf(third)],
      ports: [7000, 7001, 17_000, 17_001],
    });
  });

  it('a power cut is nothing that the server does: it hits all of its services', () => {
    expect(faultOf(plan, 'powerLost', server, 77)).toMatchObject({ kind: 'power', services: { length: 2 }, healAfterSeconds: 77 });
  });

  it('a planned switchover is no fault of the server', () => {
    expect(faultOf(plan, 'switchover', server, 77)).toBeNull();
  });
});

it.each(SCENARIOS)('%s hits the master first, and nobody of another server', (scenario) => {
  const hit = nodesHit(plan, scenario, server);
  expect(hit[0]?.role).toBe('master');
  expect(new Set(hit.map((node) => node.server))).toEqual(new Set([server]));
});

describe('canBeTriedOn', () => {
  const possible = (changes: Partial<typeof plan>): readonly string[] =>
    SCENARIOS.filter((one) => canBeTriedOn({ ...plan, ...changes }, server, one));
  const windows = { servers: plan.servers.map((one) => ({ ...one, platform: 'windows' as const })) };

  it('is all on Linux, all but cuts of one way on Windows, and there without Triad around the nodes what leaves the server alone', () => {
    expect(possible({})).toEqual(SCENARIOS);
    expect(possible(windows)).toEqual(SCENARIOS.filter((one) => one !== 'networkCutIn' && one !== 'networkCutOut'));
    expect(possible({ ...windows, windowsService: 'own' })).toEqual(['switchover', 'powerLost']);
  });
});
