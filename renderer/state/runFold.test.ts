import { expect, it } from 'vitest';
import { samplePlan } from '../../electron/report/testing/sampleRecord.ts';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { manyEvents } from '../../electron/shared/domain/testing/manyEvents.ts';
import { message } from '../../electron/shared/messages/message.ts';
import { EMPTY_FOLD, foldEvents, progressKey } from './runFold.ts';

const events = manyEvents(samplePlan(), 'run-1', 200).map((body, index): RunEvent => ({
  ...body,
  seq: index + 1,
  at: '2026-03-14T22:05:00.000Z',
  sinceStartMs: index * 10,
}));

it('a replay changes nothing, whole or in part', () => {
  const once = foldEvents(EMPTY_FOLD, events);
  expect(once.lastSeq).toBe(200);
  expect(once.log.length).toBeGreaterThan(0);
  expect(foldEvents(once, events)).toBe(once);
  const half = foldEvents(EMPTY_FOLD, events.slice(0, 120));
  const overlapping = foldEvents(half, events.slice(60));
  expect({ ...overlapping, arrivedMs: 0 }).toEqual({ ...once, arrivedMs: 0 });
});

it('what a phase says that it is doing is gone with the phase, and all of it with the run', () => {
  const say = (seq: number, phase: string, server: string): RunEvent => ({
    seq,
    at: '2026-03-14T22:05:00.000Z',
    sinceStartMs: seq,
    type: 'phaseProgress',
    phase,
    server,
    message: message('phase.startNodes'),
  });
  const end: RunEvent = { seq: 4, at: '', sinceStartMs: 4, type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false };
  const begun = foldEvents(EMPTY_FOLD, events.slice(0, 1));
  const two = foldEvents(begun, [say(2, 'startNodes', 'server-1'), say(3, 'startNodes', 'server-2')]);
  expect([...two.live.progress.keys()]).toEqual([progressKey('startNodes', 'server-1'), progressKey('startNodes', 'server-2')]);
  expect(foldEvents(two, [end]).live.progress.size).toBe(0);
  // What others still look at is left as it was.
  expect(two.live.progress.size).toBe(2);
});
