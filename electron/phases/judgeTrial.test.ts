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

  it('an outage longer than predicted is a warning with its figures', () => {
    expect(judged({ outageMs: sample.predicted.outageToMs + 1 })).toEqual(['warn', expect.arrayContaining(['failover.reason.slower'])]);
  });
});
