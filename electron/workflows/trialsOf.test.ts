import { expect, it } from 'vitest';
import { trialsOf } from './workflowOf.ts';

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
