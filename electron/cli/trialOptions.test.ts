import { expect, it } from 'vitest';
import { SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import { powerCommands, trialOptions } from './trialOptions.ts';

it('asks for what an application notices where nothing is said', () => {
  expect(trialOptions({})).toEqual({ measures: ['application'] });
});

it('measures what is asked for, and no application where that is unwanted', () => {
  expect(trialOptions({ waitReplicas: true, readers: true }).measures).toEqual(['application', 'readers', 'wait']);
  expect(trialOptions({ applicationView: false, readers: true }).measures).toEqual(['readers']);
});

it('is what the specification says, but for what is given', () => {
  const preset = { scenarios: ['networkCut' as const], servers: ['server-2'], rounds: 3, deadlineSeconds: 300 };
  expect(trialOptions({}, preset)).toMatchObject({ scenarios: ['networkCut'], rounds: 3, trialDeadlineMs: 300_000 });
  const given = { scenario: 'switchover', rounds: '1', deadline: '60' };
  expect(trialOptions(given, preset)).toMatchObject({ scenarios: ['switchover'], rounds: 1, trialDeadlineMs: 60_000 });
});

it.each([
  ['networkCut', ['networkCut']],
  ['processFrozen,serverLost', ['processFrozen', 'serverLost']],
  ['all', SCENARIOS],
])('%s', (scenario, scenarios) => {
  expect(trialOptions({ scenario, rounds: '3' })).toMatchObject({ scenarios, rounds: 3 });
});

const power = { powerOffCommand: 'cut it', powerOnCommand: 'give it back' };

it('cuts the power only with the commands of the command line', () => {
  expect(trialOptions({ scenario: 'powerLost', ...power })).toMatchObject({ scenarios: ['powerLost'], hasPower: true });
  expect(trialOptions({ ...power }, { scenarios: ['serverLost', 'powerLost'] })).toMatchObject({ hasPower: true });
  expect(trialOptions({ scenario: 'all' })).not.toHaveProperty('hasPower');
  expect(trialOptions({}, { scenarios: [...SCENARIOS] })).not.toHaveProperty('hasPower');
  expect(trialOptions({ scenario: 'serverLost' }, { scenarios: ['powerLost'] })).toMatchObject({ scenarios: ['serverLost'] });
  expect([powerCommands(power), powerCommands({})]).toEqual([{ off: 'cut it', on: 'give it back' }, null]);
});

it.each([
  [{ scenario: 'powerLost' }, {}, 'powerLost needs --power-off-command and --power-on-command'],
  [{}, { scenarios: ['networkCut', 'powerLost'] as const }, 'powerLost needs'],
  [{ scenario: 'powerLost', powerOffCommand: 'cut it' }, {}, 'one goes with the other'],
  [{ scenario: 'powerLost', powerOnCommand: 'give it back' }, {}, 'one goes with the other'],
  [{ scenario: 'powerLost', ...power, powerOnCommand: ' ' }, {}, 'neither is empty'],
  [{ ...power }, {}, 'nothing here would use them'],
  [{ scenario: 'serverLost,networkCut', ...power }, {}, 'nothing here would use them'],
])(
  '%o with a specification that says %o is refused',
  (options, { scenarios }: { readonly scenarios?: readonly FailoverScenario[] }, words) => {
    const reason = expect.stringContaining(words) as unknown;
    expect(() => trialOptions(options, scenarios === undefined ? {} : { scenarios: [...scenarios] })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'usage.invalid', values: { reason } }) as unknown }) as Error,
    );
  },
);

it.each([
  { scenario: 'networkcut' },
  { scenario: '' },
  { scenario: 'serverLost,serverLost' },
  { rounds: '0' },
  { rounds: '101' },
  { rounds: '2.5' },
  { rounds: 'x' },
  { deadline: '9' },
  { deadline: '3601' },
  { deadline: '1.5' },
])('%o is refused, with the word that is wrong', (options) => {
  expect(() => trialOptions(options)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'usage.invalid' }) as unknown }) as Error,
  );
});
