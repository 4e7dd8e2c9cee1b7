import { expect, it } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { requireScenarios } from './requireScenarios.ts';
import type { RunContext } from './runContext.ts';

const plan = samplePlan();
const [first, second] = plan.servers;
const power = { commands: { off: '', on: '' }, isHere: () => false, guard: () => Promise.reject(new Error('too early')) };
const mixed = {
  ways: { power },
  plan: { ...plan, servers: plan.servers.map((one) => ({ ...one, platform: one === first ? 'windows' : 'linux' })) },
} as unknown as RunContext;
const of = (server: string): Parameters<typeof requireScenarios>[0] => SCENARIOS.map((scenario) => ({ server, scenario, round: 1 }));

it('every scenario is there for a Linux server', async () => {
  expect(await requireScenarios(of(second?.name ?? '')).run(mixed, '')).toBe('observed');
});

it('one that a Windows server has no way for is refused before anything is done', async () => {
  const can = of(first?.name ?? '').filter(({ scenario }) => !['networkCutIn', 'networkCutOut'].includes(scenario));
  expect(await requireScenarios(can).run(mixed, '')).toBe('observed');
  for (const trial of of(first?.name ?? '').filter((one) => !can.some(({ scenario }) => scenario === one.scenario)))
    expect(() => requireScenarios([trial]).run(mixed, '')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'failover.notOnWindows' }) as unknown }) as Error,
    );
});

it('where the nodes are services of their own, only what needs nothing of Triad there can be tried', async () => {
  const own = { ...mixed, plan: { ...mixed.plan, windowsService: 'own' } } as unknown as RunContext;
  const server = first?.name ?? '';
  const can = of(server).filter((trial) => ['switchover', 'powerLost'].includes(trial.scenario));
  expect(await requireScenarios([...can, ...of(second?.name ?? '')]).run(own, '')).toBe('observed');
  for (const scenario of ['processKilled', 'processRestarted', 'processFrozen', 'serverLost', 'networkCut'] as const)
    expect(() => requireScenarios([{ server, scenario, round: 1 }]).run(own, '')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'failover.ownService' }) as unknown }) as Error,
    );
});

it('what was left out of all scenarios is told, for each server', async () => {
  const events: unknown[] = [];
  const context = { ...mixed, emit: (event: unknown) => events.push(event) } as unknown as RunContext;
  const server = first?.name ?? '';
  const leftOut = (['networkCutIn', 'networkCutOut'] as const).map((scenario) => ({ server, scenario, round: 1 }));
  expect(await requireScenarios([], leftOut).run(context, '')).toBe('observed');
  const values = { scenarios: 'Network cut, one way in; Network cut, one way out' };
  expect(events).toEqual([{ type: 'note', level: 'info', server, message: { code: 'failover.leftOut', values } }]);
});

const cut = [{ server: second?.name ?? '', scenario: 'powerLost', round: 1 }] as const;

it.each([
  ['nobody said how', { power: null }, 'failover.noPower'],
  [
    'it would be that of this computer',
    { power: { ...power, isHere: (address: string) => address === second?.address } },
    'failover.powerHere',
  ],
])('a power cut is refused where %s', (_, ways, code) => {
  const context = { ...mixed, ways } as unknown as RunContext;
  expect(() => requireScenarios(cut).run(context, '')).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code }) as unknown }) as Error,
  );
});

it('a power cut that was left out is told once', async () => {
  const events: unknown[] = [];
  const context = { ...mixed, emit: (event: unknown) => events.push(event) } as unknown as RunContext;
  const leftOut = plan.servers.map(({ name }) => ({ server: name, scenario: 'powerLost' as const, round: 1 }));
  expect(await requireScenarios([], leftOut).run(context, '')).toBe('observed');
  expect(events).toEqual([{ type: 'note', level: 'info', server: null, message: { code: 'failover.powerLeftOut', values: {} } }]);
});
