import { describe, expect, it } from 'vitest';
import type { Mark, MarkName } from '../shared/domain/failover.ts';
import { logMarksOf, type TimedLine } from './logMarks.ts';
import type { LogWord } from './parseFailoverLog.ts';

const victim = { nodes: ['a:7000', 'a:7001'], master: 'a:7000', masterRedisId: 'id-a' };
const line = (node: string, atMs: number, what: LogWord, about: string | null = null): TimedLine => ({
  node,
  what,
  about,
  text: `${node} ${what}`,
  atMs,
  uncertaintyMs: 1,
});
const mark = (name: MarkName, atMs: number, uncertaintyMs: number): Mark => ({ name, atMs, uncertaintyMs, evidence: '' });
const told = (lines: readonly TimedLine[], marks: readonly Mark[] = []): Readonly<Record<string, readonly [string, number]>> =>
  Object.fromEntries(logMarksOf(lines, victim, marks).map(({ name, node, atMs }) => [name, [node, atMs]]));

describe('logMarksOf', () => {
  it('finds each moment of a lost server where it was first, or last where all must say so', () => {
    const lines = [
      // Before the fault, about somebody else, and by the victim itself: none of these counts.
      line('b:7000', -4000, 'failMarked', 'id-a'),
      line('b:7000', 900, 'failMarked', 'id-a-replica'),
      line('a:7000', 950, 'failMarked', 'id-a'),
      line('b:7000', 1300, 'suspected', 'id-a'),
      line('c:7000', 1360, 'failReceived', 'id-a'),
      line('b:7000', 1359, 'failMarked', 'id-a'),
      line('b:7000', 1359, 'stateFail'),
      line('c:7000', 1361, 'stateFail'),
      line('b:7001', 2000, 'electionWon'),
      line('b:7000', 2040, 'stateOk'),
      line('c:7000', 2030, 'stateOk'),
      line('a:7000', 4280, 'started'),
      line('a:7000', 4283, 'ready'),
      line('a:7001', 4300, 'started'),
      line('a:7001', 4310, 'ready'),
      line('a:7001', 4320, 'synced'),
      line('a:7000', 4340, 'synced'),
      // When the roles are given back.
      line('a:7000', 9000, 'electionWon'),
      line('a:7001', 9100, 'synced'),
    ];
    expect(told(lines, [mark('inSync', 4400, 25)])).toEqual({
      suspected: ['b:7000', 1300],
      failAgreed: ['b:7000', 1359],
      promoted: ['b:7001', 2000],
      slotsCovered: ['b:7000', 2040],
      serverStarted: ['a:7001', 4310],
      replicaLinkUp: ['a:7000', 4340],
    });
  });

  it('finds a planned switchover from its command on', () => {
    const lines = [
      line('b:7001', 0.4, 'manualAccepted'),
      line('b:7001', 2, 'electionWon'),
      line('a:7000', 3, 'reconfigured'),
      line('a:7000', 4, 'synced'),
      line('a:7000', 2500, 'manualAccepted'),
      line('a:7000', 2502, 'electionWon'),
    ];
    expect(told(lines, [mark('faultInjected', 0, 1), mark('layoutRestored', 2600, 50)])).toEqual({
      faultInjected: ['b:7001', 0.4],
      promoted: ['b:7001', 2],
      replicaLinkUp: ['a:7000', 4],
    });
  });

  it('says nothing of what no log tells, and waits for all who must say so', () => {
    expect(told([])).toEqual({});
    expect(told([line('b:7001', 2000, 'electionWon'), line('b:7000', 2040, 'stateOk'), line('a:7000', 4283, 'ready')])).toEqual({
      promoted: ['b:7001', 2000],
    });
  });

  it.each([
    ['seen within its look', 2020, 25, 20, 0],
    ['seen late by no more than both may be off', 2027, 25, 27, 0],
    ['seen later than that', 2030, 25, 30, 3],
    ['seen before it was logged, within the clock', 1998, 25, -2, 0],
    ['seen before by more than that', 1990, 25, -10, -8],
  ])('%s', (_name, seenMs, looksMs, seenAfterMs, apartMs) => {
    const [found] = logMarksOf([line('b:7001', 2000, 'electionWon')], victim, [mark('promoted', seenMs, looksMs)]);
    expect(found).toMatchObject({ atMs: 2000, seenAfterMs, apartMs });
  });

  it('leaves open how much later something was seen that was not seen', () => {
    expect(logMarksOf([line('b:7001', 2000, 'electionWon')], victim, [])).toMatchObject([{ seenAfterMs: null, apartMs: 0 }]);
  });
});
