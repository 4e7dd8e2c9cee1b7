import { describe, expect, it } from 'vitest';
import type { Noticed } from '../shared/domain/noticed.ts';
import { noticedLines, noticedStory } from './noticedWords.ts';
import { sampleFailoverTest } from './testing/sampleRecord.ts';

const { application, readers, wait } = sampleNoticedOf();

type Measured = { readonly [Part in keyof Noticed]-?: NonNullable<Noticed[Part]> };

function sampleNoticedOf(): Measured {
  const noticed = sampleFailoverTest().trials[0]?.noticed;
  if (noticed?.application === undefined || noticed.readers === undefined || noticed.wait === undefined) throw new Error('no sample');
  return { application: noticed.application, readers: noticed.readers, wait: noticed.wait };
}

/** The application with the gap of its victim's shard changed. */
const withGap = (gapMs: number, failed: number): Noticed => ({
  application: {
    ...application,
    shards: application.shards.map((shard) =>
      shard.isVictims ? { ...shard, gapMs, probeGapMs: 8000, failed } : { ...shard, failed: 0, delayed: 0, longestDelayMs: null },
    ),
  },
});

describe('what an application noticed', () => {
  it('is what the cluster took, and what the client added', () => {
    const [gap, failed] = noticedStory(withGap(8340, 312));
    expect(gap).toMatch(/for 8\.3 s: the cluster and the network took 8\.0 s, the client added 340 ms\.$/u);
    expect(failed).toBe('Writes that it gave up with an error: 312 of 3,030.');
  });

  it('does not blame the client for less than can be told', () => {
    const [gap, failed] = noticedStory(withGap(8060, 0));
    expect(gap).toMatch(/took 8\.0 s, and the client added nothing that can be told at 70 ms\.$/u);
    expect(failed).toBe('It gave no write up.');
    expect(noticedLines('server-1', withGap(8060, 0))).toEqual([
      'server-1: 8.1 s with ioredis 6 (cluster 8.0 s), 0 given up, 88 held back',
    ]);
  });

  it('says what WAIT would have saved, and what is not known', () => {
    const last = (noticed: Noticed): string | undefined => noticedStory(noticed).at(-1);
    expect(last({ wait: { ...wait, lost: 12, lostConfirmed: 1 } })).toMatch(/12 were lost; a replica had confirmed 1\. .* other 11 /u);
    expect(last({ wait: { ...wait, lost: 0, lostConfirmed: 0 } })).toBe('None of them was lost.');
    expect(last({ wait: { ...wait, lost: null, lostConfirmed: null } })).toMatch(/nobody knows/u);
    expect(noticedStory({ wait })[0]).toContain('took 1.1 ms instead of 0.6 ms (median)');
  });

  it('tells how far replicas were behind, and of a former master only where it answered', () => {
    const [told, ...none] = noticedStory({ readers: { ...readers, formerMaster: null } });
    expect(told).toMatch(/: 133 of 2,873\. .* at most 31 ms behind during the outage, 20 ms after it\.$/u);
    expect(none).toEqual([]);
    expect(noticedStory({ readers: { ...readers, formerMaster: readers.replicas } })[1]).toContain(
      '133 of 2,873 answers were stale, by up to 31 ms',
    );
    expect(noticedLines('server-1', { readers })).toEqual(['server-1: replicas up to 31 ms behind']);
  });

  it('is nothing where nothing was measured', () => {
    expect([noticedStory({}), noticedLines('server-1', {})]).toEqual([[], []]);
  });
});
