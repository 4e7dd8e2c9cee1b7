import { expect } from 'vitest';
import { shown, type TrialOf } from './shownTrial.ts';

/** Expects of a trial that its replica took over when the power went, that all of it was taken back, and that nothing is claimed that nobody knows after a boot. */
export function expectPowerLost(trial: TrialOf | undefined, nodeTimeoutMs: number): void {
  if (trial === undefined) throw new Error('a trial');
  const { server, marks, outageMs, restoredMs, clocks, logs, logMarks, actions } = trial;
  expect(shown(trial)).toEqual(['powerLost', 'promoted', 'suspected', 'came through']);
  // A command may take seconds; the writes tell the moment at which the server went.
  expect(marks.find(({ name }) => name === 'faultInjected')?.uncertaintyMs).toBeLessThan(250);
  expect(outageMs).toBeGreaterThan(nodeTimeoutMs);
  expect(restoredMs).toBeGreaterThan(outageMs ?? Infinity);
  // What the clock of the victim said before its boot says nothing of it afterwards.
  const ofVictim = clocks?.map((clock) => [clock.server === server, clock.state, clock.during === null]).toSorted();
  expect(ofVictim).toEqual([
    [false, 'measured', false],
    [false, 'measured', false],
    [true, 'booted', true],
  ]);
  expect(logs?.filter(({ state }) => state !== 'read').map(({ node, state }) => [node.split(':')[0], state])).toEqual([
    [server, 'noTime'],
    [server, 'noTime'],
  ]);
  expect(logMarks?.find(({ name }) => name === 'promoted')?.apartMs).toBe(0);
  expect(actions.map(({ undoneAtMs }) => undoneAtMs === null)).toEqual([false, false]);
}
