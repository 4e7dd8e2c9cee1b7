import { describe, expect, it } from 'vitest';
import { sampleFailoverTest } from '../report/testing/sampleRecord.ts';
import type { FailoverTrial } from '../shared/domain/failover.ts';
import { judgeTrial, type TrialTroubles } from './judgeTrial.ts';

const well: TrialTroubles = { notServed: null, notRestored: null, notReadBack: null };
const [sample] = sampleFailoverTest().trials;
if (sample === undefined) throw new Error('a sample with a trial');
const judged = (more: Partial<FailoverTrial>, troubles = well): readonly [string, readonly string[]] => {
  const { verdict, reasons } = judgeTrial({ ...sample, ...more }, troubles);
  return [verdict, reasons.map(({ code }) => code)];
};

describe('judgeTrial', () => {
  it('a replica that took over in time, nothing lost, the layout restored', () => {
    expect(judged({})).toEqual([
      'pass',
      expect.arrayContaining(['failover.reason.promoted', 'failover.reason.noWritesLost', 'failover.reason.restored']),
    ]);
  });

  it('no replica took over: failed, unless the process may come back before', () => {
    expect(judged({ promotedMs: null })).toEqual(['fail', expect.arrayContaining(['failover.reason.notPromoted'])]);
    expect(judged({ promotedMs: null, scenario: 'processRestarted' })).toEqual([
      'pass',
      expect.arrayContaining(['failover.reason.restarted']),
    ]);
    expect(judged({ promotedMs: null, outageMs: null, scenario: 'processRestarted' })).toEqual([
      'fail',
      expect.arrayContaining(['failover.reason.notPromoted']),
    ]);
  });

  it('lost writes are told with their cause', () => {
    expect(judged({ lostWrites: 3 })).toEqual(['warn', expect.arrayContaining(['failover.reason.lostWrites'])]);
    expect(judged({ lostWrites: 3, scenario: 'networkCut' })).toEqual(['warn', expect.arrayContaining(['failover.reason.lostBehindCut'])]);
  });

  it('what could not be read back is unknown, never none lost', () => {
    expect(judged({ lostWrites: null }, { ...well, notReadBack: 'silence' })).toEqual([
      'unknown',
      expect.arrayContaining(['failover.reason.notReadBack']),
    ]);
  });

  it('how long the other shards waited is always told, with the longest', () => {
    const { reasons } = judgeTrial({ ...sample, shards: sample.shards.map((shard) => ({ ...shard, outageMs: 100 + shard.shard })) }, well);
    const others = sample.shards.filter(({ isVictims }) => !isVictims).map(({ shard }) => shard);
    expect(reasons).toContainEqual({
      code: 'failover.reason.othersUndisturbed',
      values: { gap: 100 + Math.max(...others), shard: Math.max(...others) },
    });
  });

  const promoted = { name: 'promoted', atMs: 7000, uncertaintyMs: 1, node: 'b', seenAfterMs: 640, apartMs: 600 };
  const line = "812:S 14 Mar 2026 22:10:17.676 * Failover election won: I'm the new master.";

  it('what a log contradicts is a warning with the words of the log; what agrees is none', () => {
    expect(judged({ logMarks: [{ ...promoted, line, apartMs: 0 }] })[0]).toBe('pass');
    const { verdict, reasons } = judgeTrial({ ...sample, logMarks: [{ ...promoted, line }] }, well);
    expect(verdict).toBe('warn');
    const values = { node: 'b', line: "Failover election won: I'm the new master.", after: 640, apart: 600 };
    expect(reasons).toContainEqual({ code: 'failover.reason.seenLate', values });
    expect(judged({ logMarks: [{ ...promoted, line, seenAfterMs: -640, apartMs: -600 }] })).toEqual([
      'warn',
      expect.arrayContaining(['failover.reason.seenEarly']),
    ]);
  });

  it('a clock that was set is a warning; a log that is missing takes nothing away from what was seen', () => {
    const offset = (offsetMs: number): { readonly offsetMs: number; readonly uncertaintyMs: number } => ({ offsetMs, uncertaintyMs: 1 });
    const clock = { server: 'a', before: offset(1), after: offset(3601), during: null, state: 'set' as const };
    expect(judged({ clocks: [clock] })).toEqual(['warn', expect.arrayContaining(['failover.reason.clockSet'])]);
    // All by the same: it was this computer that paused.
    const { verdict, reasons } = judgeTrial({ ...sample, clocks: [clock, { ...clock, server: 'b', after: offset(3604) }] }, well);
    expect(verdict).toBe('warn');
    expect(reasons.filter(({ code }) => /clockSet|computerPaused/u.test(code))).toEqual([
      { code: 'failover.reason.computerPaused', values: { ms: 3600 } },
    ]);
    const log = { node: 'a:7000', state: 'absent' as const, isCut: true, omitted: 0, lines: [] };
    expect(judged({ logs: [log] })).toEqual(['pass', expect.arrayContaining(['failover.reason.logsMissing', 'failover.reason.logsCut'])]);
  });

  it('an outage longer than predicted is a warning with its figures', () => {
    expect(judged({ outageMs: sample.predicted.outageToMs + 1 })).toEqual(['warn', expect.arrayContaining(['failover.reason.slower'])]);
  });
});
