import { describe, expect, it } from 'vitest';
import { sampleFailedCheck } from '../../report/testing/sampleRecord.ts';
import { canBeRepeatedInPart, chosenChecks, hasChangedSince, keptFrom, seenAtOf } from './checkAgain.ts';
import { applyEvents } from './applyEvents.ts';
import { applyEvent, runVerdictOf, type RunRecord } from './run.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { formatSubject } from './subject.ts';

const earlier: RunRecord = { ...sampleFailedCheck(), failure: null };
const LATER = '2026-03-14T23:00:00.000Z';

function again(bodies: readonly RunEventBody[], fold: (events: readonly RunEvent[]) => RunRecord): RunRecord {
  const { runId: _, ...start } = earlier;
  const all: readonly RunEventBody[] = [
    { ...start, type: 'runStarted', runId: 'later', adminMachine: 'm', operator: 'o', triadVersion: '1' },
    { type: 'findingsKept', kept: keptFrom(earlier) },
    ...bodies,
  ];
  return fold(all.map((body, index) => ({ ...body, seq: index + 1, at: LATER, sinceStartMs: index })));
}

const folds = {
  'one by one': (events: readonly RunEvent[]): RunRecord => {
    let record: RunRecord | null = null;
    for (const event of events) record = applyEvent(record, event);
    if (record === null) throw new Error('nothing was folded');
    return record;
  },
  'in a batch': (events: readonly RunEvent[]): RunRecord => {
    const record = applyEvents(null, events);
    if (record === null) throw new Error('nothing was folded');
    return record;
  },
};

describe('the choice of results', () => {
  it('is what forbids to go on, or what was named', () => {
    const failed = chosenChecks('failed', earlier);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every(({ verdict }) => verdict === 'fail' || verdict === 'unknown')).toBe(true);
    expect(failed).toHaveLength(earlier.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown').length);
    const [one] = earlier.checks;
    if (one === undefined) throw new Error('the sample has no check');
    expect(
      chosenChecks(
        [
          { id: one.id, subject: one.subject },
          { id: 'server.nothing', subject: one.subject },
        ],
        earlier,
      ),
    ).toEqual([one]);
  });

  it('exists only for a check that came to its end', () => {
    expect(canBeRepeatedInPart(earlier)).toBe(true);
    expect(canBeRepeatedInPart({ ...earlier, wasAborted: true })).toBe(false);
    expect(canBeRepeatedInPart({ ...earlier, finishedAt: null })).toBe(false);
    expect(canBeRepeatedInPart({ ...earlier, workflow: 'validate' })).toBe(false);
    expect(canBeRepeatedInPart({ ...earlier, matrices: [] })).toBe(false);
    expect(canBeRepeatedInPart(sampleFailedCheck())).toBe(sampleFailedCheck().failure === null);
  });
});

describe.each(Object.entries(folds))('the record of a check in part, folded %s', (_, fold) => {
  const failed = chosenChecks('failed', earlier);
  const mended = failed.map((check): RunEventBody => ({
    type: 'checkFinished',
    phase: 'checkServers',
    result: { ...check, verdict: 'pass', remedy: null },
  }));

  it('holds what was kept with its time, and what is new with its own', () => {
    const record = again(mended.slice(0, 1), fold);
    expect(record.checks).toHaveLength(earlier.checks.length);
    expect(record.keptFrom).toBe(earlier.runId);
    const fresh = record.checks.filter((check) => check.isKept !== true);
    expect(fresh.map(({ id, subject }) => `${id} ${formatSubject(subject)}`)).toEqual(
      failed.slice(0, 1).map(({ id, subject }) => `${id} ${formatSubject(subject)}`),
    );
    for (const check of record.checks) {
      const expected = fresh.includes(check) ? LATER : (earlier.finishedAt ?? '');
      expect(seenAtOf(check, record)).toBe(expected);
    }
    expect(record.facts).toEqual(earlier.facts);
  });

  it('tells what was kept also where the clock was set back in between', () => {
    const record = again(mended.slice(0, 1), fold);
    const ahead = { ...record, startedAt: '2001-01-01T00:00:00.000Z' };
    expect(ahead.checks.filter((check) => check.isKept === true)).toHaveLength(earlier.checks.length - 1);
  });

  it('is of no use any more once a run has changed the servers', () => {
    const check = '20260314T220500000Z-check';
    const changing = ['install', 'failoverTest', 'restoreRoles', 'maintenanceBegin', 'remove'];
    expect(changing.filter((workflow) => !hasChangedSince(check, [check, `20260314T230500000Z-${workflow}`]))).toEqual([]);
    expect(hasChangedSince(check, ['20260314T210500000Z-install', check, '20260314T230500000Z-validate'])).toBe(false);
    expect(hasChangedSince(check, [check, '20260314T230500000Z-maintenanceStatus'])).toBe(false);
  });

  it('is judged as a whole: one that stayed failed keeps all from passing, and so does none', () => {
    expect(runVerdictOf(again(mended.slice(1), fold), null)).toBe('fail');
    expect(runVerdictOf(again(mended, fold), null)).toBe('pass');
  });

  it('has one matrix, in which ways that were not tried again say when they were', () => {
    const [matrix] = earlier.matrices;
    if (matrix === undefined) throw new Error('the sample has no matrix');
    const kept = again([], fold).matrices;
    expect(kept).toHaveLength(1);
    expect(kept[0]?.cells.every(({ seenAt }) => seenAt === earlier.finishedAt)).toBe(true);
    const measured = { ...matrix, cells: matrix.cells.slice(0, 1) };
    expect(again([{ type: 'matrixMeasured', matrix: measured }], fold).matrices).toEqual([measured]);
  });

  it('keeps the first time of what is kept twice', () => {
    const once = again([], fold);
    expect(keptFrom({ ...once, finishedAt: LATER }).checks.every(({ seenAt }) => seenAt === earlier.finishedAt)).toBe(true);
    expect(keptFrom({ ...once, finishedAt: LATER }).matrix?.cells.every(({ seenAt }) => seenAt === earlier.finishedAt)).toBe(true);
  });
});
