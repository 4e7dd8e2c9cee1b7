import { expect, it } from 'vitest';
import { predictOutage, predictOutageOf } from './failover.ts';

const settings = { nodeTimeoutMs: 5000, persistence: 'aof' } as const;

it.each(['serverLost', 'processKilled', 'processFrozen', 'powerLost'] as const)('%s: as for a lost master', (scenario) => {
  expect(predictOutageOf(scenario, settings)).toEqual(predictOutage(5000));
  expect(predictOutage(5000)).toEqual({ outageFromMs: 5500, outageToMs: 10_500 });
});

it.each(['networkCut', 'networkCutIn', 'networkCutOut'] as const)(
  '%s: the old master may serve until it knows that it is alone',
  (scenario) => {
    expect(predictOutageOf(scenario, settings)).toEqual({ outageFromMs: 0, outageToMs: 10_500 });
  },
);

it('a switchover is a matter of a moment, whatever the node timeout', () => {
  expect(predictOutageOf('switchover', { ...settings, nodeTimeoutMs: 60_000 })).toEqual({ outageFromMs: 0, outageToMs: 1000 });
});

it('a restart takes its delay, and the time in which Redis refuses writes; or a failover that comes first', () => {
  expect(predictOutageOf('processRestarted', settings)).toEqual({ outageFromMs: 1000, outageToMs: 10_500 });
  expect(predictOutageOf('processRestarted', { ...settings, nodeTimeoutMs: 500 })).toEqual({ outageFromMs: 1000, outageToMs: 6000 });
  // Without data on disk the process stays away until its replica has taken over.
  expect(predictOutageOf('processRestarted', { nodeTimeoutMs: 5000, persistence: 'none' })).toEqual({
    outageFromMs: 5500,
    outageToMs: 16_000,
  });
});
