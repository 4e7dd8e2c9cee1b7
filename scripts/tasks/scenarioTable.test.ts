import { expect, it } from 'vitest';
import { scenarioTable } from './scenarioTable.ts';

const trial = (scenario: string, more: object = {}): object => ({
  scenario,
  outageMs: 2345,
  promotedMs: 2001,
  acknowledgedWrites: 4000,
  lostWrites: 0,
  predicted: { outageFromMs: 1500, outageToMs: 3500 },
  ...more,
});
const report = (...trials: readonly object[]): unknown => ({ failover: { trials } });

it('has a row for each scenario that was tried, in the order of the catalogue, and a range for several trials', () => {
  const cut = trial('networkCut', { lostWrites: 17 });
  const table = scenarioTable([
    report(cut, trial('serverLost')),
    report(
      trial('networkCut', { outageMs: 3000, lostWrites: 21 }),
      trial('switchover', { outageMs: null, promotedMs: null, lostWrites: null }),
    ),
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| `switchover`: Planned switchover | 1 | 0 of 1 ended | 1.50 to 3.50 s | - | not known of 4000 |',
    '| `serverLost`: Whole server lost | 1 | 2.35 s | 1.50 to 3.50 s | 2.00 s | 0 of 4000 |',
    '| `networkCut`: Network cut | 2 | 2.35 to 3.00 s | 1.50 to 3.50 s | 2.00 s | 17 to 21 of 4000 |',
  ]);
});

it('says of outages without an end, of writes that nobody read back, and of predictions that differ', () => {
  const open = trial('serverLost', { outageMs: null, lostWrites: null, predicted: { outageFromMs: 1500, outageToMs: 9000 } });
  expect(scenarioTable([report(trial('serverLost'), open)]).split('\n')[2]).toBe(
    '| `serverLost`: Whole server lost | 2 | 2.35 s, 1 of 2 ended | 1.50 to 9.00 s | 2.00 s | not known of 4000 |',
  );
});

it('refuses what is no report', () => {
  expect(() => scenarioTable([{}])).toThrow(/failover/u);
});
