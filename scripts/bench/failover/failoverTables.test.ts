import { expect, it } from 'vitest';
import { falseFailoverCells, falseFailoversInReadme } from './falseFailoverResults.ts';
import { describeWholeTests, loadCells } from './loadResults.ts';
import { describeMachine, schedulingIn } from './measuredOn.ts';
import { sampleFalseFailovers, sampleLoad, sampleOn, sampleTimeouts } from './testing/sampleResults.ts';
import { timeoutCells } from './timeoutResults.ts';
import { timeoutsInReadme } from './timeoutsInReadme.ts';

it('outages: medians, and how many the prediction holds; one without an end is within nothing', () => {
  expect(timeoutCells(sampleTimeouts).slice(1)).toEqual([
    ['1000 ms', 'processKilled', '2', '1.5–4.5 s', '2.2 s', '2.0 s', '2.4 s', '2 of 2', '0'],
    ['1000 ms', 'serverLost', '1 of 2 ended', '1.5–4.5 s', '9.0 s', '9.0 s', '9.0 s', '0 of 2', '0'],
    ['5000 ms', 'processKilled', '1', '5.5–10.5 s', '7.0 s', '7.0 s', '7.0 s', '1 of 1', '0'],
    ['5000 ms', 'serverLost', '1', '5.5–10.5 s', '8.0 s', '8.0 s', '8.0 s', '1 of 1', 'not known'],
  ]);
});

it('outages on a page: a row for each node timeout', () => {
  expect(timeoutsInReadme(sampleTimeouts).split('\n').slice(2, 4)).toEqual([
    '| 1000 ms | 1.5–4.5 s | 2.2 s (2.0–2.4 s) of 2 | 9.0 s (9.0–9.0 s), 1 of 2 ended | 0 |',
    '| 5000 ms | 5.5–10.5 s | 7.0 s (7.0–7.0 s) of 1 | 8.0 s (8.0–8.0 s) of 1 | not known |',
  ]);
});

it('outages without any end, and predictions that differ: all of it is said', () => {
  const [first] = sampleTimeouts.groups;
  const [one, two] = first?.trials.map((trial) => ({ ...trial, scenario: 'serverLost' as const, outageMs: null })) ?? [];
  if (one === undefined || two === undefined) throw new Error('The sample has too few trials.');
  const later = { ...two, predicted: { outageFromMs: 2500, outageToMs: 9500 } };
  const results = { ...sampleTimeouts, groups: [{ nodeTimeoutMs: 1000, trials: [one, later] }] };
  expect(timeoutCells(results)[1]).toEqual(['1000 ms', 'serverLost', '0 of 2 ended', '1.5–9.5 s', '', '', '', '0 of 2', '0']);
  expect(timeoutsInReadme(results)).toContain('| 1000 ms | 1.5–9.5 s | 0 of 2 ended | 0 |');
});

it('false failovers: the worst of each disturbance', () => {
  expect(falseFailoverCells(sampleFalseFailovers)).toEqual([
    ['no server is lost, but', 'for', '500 ms', '1000 ms', '2000 ms', '5000 ms'],
    ['nothing', '30 s', '–', '–', '–', '–'],
    ['a pause', '3 × 0.5 s', '2 failovers', '1 failover', 'held for lost', 'suspected'],
  ]);
  const gap = { what: 'no time', why: 'there is no clock' };
  expect(falseFailoversInReadme({ ...sampleFalseFailovers, notMeasured: [gap] })).toContain(
    '| suspected |\n\nNot measured: no time (there is no clock).\n\n2026-01-02, redis 7.0.15',
  );
});

it('load: medians, and Redis against the same cluster left alone', () => {
  expect(loadCells(sampleLoad).slice(1)).toEqual([
    ['none', '0.1 %', '2.0 %', '1.0 ×', '6'],
    ['200 writes/s and shard, looks every 20 ms', '15.0 %', '6.0 %', '3.0 ×', '1500'],
  ]);
  expect(describeWholeTests(sampleLoad.wholeTests)).toContain('(3 measured): 30 % of a processor on this machine, at most 130 MiB');
  expect(describeWholeTests([])).toBe('');
});

it('the machine: when, with what, how busy, and who was scheduled how', () => {
  expect(describeMachine(sampleOn)).toBe(
    '2026-01-02, redis 7.0.15, 2 processors, load 0.3 before and 1.5 after it, scheduling: benchmark SCHED_RR 20, Redis SCHED_OTHER; took 1.5 minutes.',
  );
});

it.each([
  ["pid 7's current scheduling policy: SCHED_RR\npid 7's current scheduling priority: 20\n", 'SCHED_RR 20'],
  ["pid 7's current scheduling policy: SCHED_OTHER\npid 7's current scheduling priority: 0\n", 'SCHED_OTHER'],
  ['chrt: no such process', 'unknown'],
])('scheduling in %j', (told, wanted) => {
  expect(schedulingIn(told)).toBe(wanted);
});
