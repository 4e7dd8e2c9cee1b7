import { expect, it } from 'vitest';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { trialOptions } from './trialOptions.ts';

it('asks for what an application notices where nothing is said', () => {
  expect(trialOptions({})).toEqual({ measures: ['application'] });
});

it('measures what is asked for, and no application where that is unwanted', () => {
  expect(trialOptions({ waitReplicas: true, readers: true }).measures).toEqual(['application', 'readers', 'wait']);
  expect(trialOptions({ applicationView: false, readers: true }).measures).toEqual(['readers']);
});

it.each([
  ['networkCut', ['networkCut']],
  ['processFrozen,serverLost', ['processFrozen', 'serverLost']],
  ['all', SCENARIOS],
])('%s', (scenario, scenarios) => {
  expect(trialOptions({ scenario, rounds: '3' })).toMatchObject({ scenarios, rounds: 3 });
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
