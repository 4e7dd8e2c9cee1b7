import { expect, it } from 'vitest';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { trialOptions } from './trialOptions.ts';

it('asks for nothing where nothing is said', () => {
  expect(trialOptions({})).toEqual({});
});

it.each([
  ['networkCut', ['networkCut']],
  ['processFrozen,serverLost', ['processFrozen', 'serverLost']],
  ['all', SCENARIOS],
])('%s', (scenario, scenarios) => {
  expect(trialOptions({ scenario, rounds: '3' })).toEqual({ scenarios, rounds: 3 });
});

it.each([
  { scenario: 'networkcut' },
  { scenario: '' },
  { scenario: 'serverLost,serverLost' },
  { rounds: '0' },
  { rounds: '101' },
  { rounds: '2.5' },
  { rounds: 'x' },
])('%o is refused, with the word that is wrong', (options) => {
  expect(() => trialOptions(options)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'usage.invalid' }) as unknown }) as Error,
  );
});
