import { expect, it } from 'vitest';
import { largestMeasured, readEventStream } from './eventStream.ts';

const stream = (...events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const result = { type: 'result', verdict: 'pass', checks: [], failure: null };
const measured = (name: string, server: string | null, value: number, unit = 'count') => ({
  seq: 1,
  type: 'measured',
  name,
  server,
  value,
  unit,
});

it('reads figures, phases, changes and the result out of a run', () => {
  const facts = readEventStream(
    stream(
      { seq: 1, type: 'runStarted', plan: {} },
      { type: 'phaseFinished', phase: 'connect', server: 's1', outcome: 'observed', durationMs: 51, failure: null },
      {
        type: 'changesApplied',
        server: 's1',
        changes: [],
        outcomes: [{ outcome: 'done' }, { outcome: 'alreadyThere' }, { outcome: 'done' }],
      },
      { type: 'changesApplied', server: 's2', changes: [], outcomes: [{ outcome: 'done' }] },
      { type: 'clusterCommand', node: 's1:7000', command: 'CLUSTER MEET' },
      measured('formation.agreedMs', null, 312.5, 'ms'),
      result,
    ),
  );
  expect(facts).toEqual({
    measured: [{ name: 'formation.agreedMs', server: null, value: 312.5, unit: 'ms' }],
    phases: [{ phase: 'connect', server: 's1', durationMs: 51 }],
    changes: 3,
    clusterCommands: 1,
    verdict: 'pass',
    failure: null,
  });
});

it('tells the code of the failure that ended a run', () => {
  const { verdict, failure } = readEventStream(stream({ ...result, verdict: 'fail', failure: { code: 'ssh.authRejected' } }));
  expect([verdict, failure]).toEqual(['fail', 'ssh.authRejected']);
});

it.each([
  ['a cut stream', stream(measured('roundTrips', 's1', 9)), /no result/u],
  ['nothing', '', /no result/u],
  ['a line that is no JSON', `Welcome\n${stream(result)}`, /Line 1 .*Welcome/u],
])('refuses %s', (_, text, complaint) => {
  expect(() => readEventStream(text)).toThrow(complaint);
});

it('takes the busiest server', () => {
  const facts = readEventStream(
    stream(measured('roundTrips', 's1', 9), measured('roundTrips', 's2', 12), measured('other', 's3', 99), result),
  );
  expect(largestMeasured(facts, 'roundTrips')).toBe(12);
});

it('names what was measured where a figure is missing', () => {
  const facts = readEventStream(stream(measured('roundTrips', 's1', 9), measured('roundTrips', 's2', 9), result));
  expect(() => largestMeasured(facts, 'startToReadyMs')).toThrow('did not measure "startToReadyMs", but: roundTrips.');
});
