import { expect, it } from 'vitest';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { trialsLeftOut, trialsOf } from './workflowOf.ts';

const common = { testAfterInstall: false, deleteData: false, isConfirmed: true, canAsk: false };
const told = (options: Partial<Parameters<typeof trialsOf>[0]>): readonly string[] =>
  trialsOf({ ...common, servers: ['a', 'b'], ...options }).map(({ server, scenario, round }) => `${round} ${scenario} ${server}`);

it('loses each server once where nothing else is said', () => {
  expect(told({})).toEqual(['1 serverLost a', '1 serverLost b']);
});

it('makes every scenario on every server before it begins again', () => {
  expect(told({ scenarios: ['switchover', 'networkCut'], rounds: 2 })).toEqual([
    '1 switchover a',
    '1 switchover b',
    '1 networkCut a',
    '1 networkCut b',
    '2 switchover a',
    '2 switchover b',
    '2 networkCut a',
    '2 networkCut b',
  ]);
});

it('leaves out of all scenarios what a Windows server has no way for, on that server alone', () => {
  const options = { ...common, servers: ['a', 'b'], scenarios: SCENARIOS, windowsServers: ['b'], rounds: 2, hasPower: true };
  const made = trialsOf(options);
  expect(made).toHaveLength(2 * (9 + 7));
  expect(made.filter(({ server }) => server === 'a').map(({ scenario }) => scenario)).toEqual([...SCENARIOS, ...SCENARIOS]);
  expect(trialsLeftOut(options).map(({ server, scenario }) => `${scenario} ${server}`)).toEqual(['networkCutIn b', 'networkCutOut b']);
});

it('leaves out of all scenarios the power cut where nobody said how', () => {
  const options = { ...common, servers: ['a', 'b'], scenarios: SCENARIOS };
  expect(trialsOf(options)).toHaveLength(2 * 8);
  expect(trialsLeftOut(options)).toMatchObject([
    { scenario: 'powerLost', server: 'a' },
    { scenario: 'powerLost', server: 'b' },
  ]);
  // Not silently: whoever names it is refused.
  expect(trialsOf({ ...options, scenarios: ['powerLost'] })).toHaveLength(2);
});

it('leaves out nothing that is asked for by its name', () => {
  const options = { ...common, servers: ['b'], scenarios: ['networkCut', 'networkCutIn'] as const, windowsServers: ['b'] };
  expect(trialsOf(options).map(({ scenario }) => scenario)).toEqual(['networkCut', 'networkCutIn']);
  expect(trialsLeftOut(options)).toEqual([]);
});

it('where nodes are services of their own, all scenarios leave out what needs a program of Triad there', () => {
  const options = { ...common, servers: ['a', 'b'], scenarios: SCENARIOS, windowsServers: ['b'], isOwnService: true, hasPower: true };
  expect(trialsOf(options).flatMap(({ server, scenario }) => (server === 'b' ? [scenario] : []))).toEqual(['switchover', 'powerLost']);
  expect(trialsOf(options).filter(({ server }) => server === 'a')).toHaveLength(SCENARIOS.length);
});
