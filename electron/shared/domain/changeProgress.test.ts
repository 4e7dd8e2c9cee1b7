import { describe, expect, it } from 'vitest';
import { sampleAborted, sampleInstall } from '../../report/testing/sampleRecord.ts';
import { changeProgressOf, planDifferences } from './changeProgress.ts';

describe('changeProgressOf', () => {
  it('tells done, refused and open apart', () => {
    const [first, , third] = changeProgressOf(sampleAborted());
    expect(first?.open).toEqual([]);
    expect(first?.refused.map(({ id }) => id)).toEqual(['kernel:transparent_hugepage']);
    expect(first?.done.length).toBeGreaterThan(5);
    expect(third?.done).toEqual([]);
    expect(third?.open.length).toBe((first?.done.length ?? 0) + 1);
  });
});

describe('planDifferences', () => {
  const { plannedChanges } = sampleInstall();

  it('finds nothing where both looks found the same', () => {
    expect(planDifferences(plannedChanges, plannedChanges)).toEqual([]);
  });

  it('names what came, what went, and what has another content', () => {
    const now = plannedChanges.map(({ server, changes }) => ({
      server,
      changes:
        server === 'server-2'
          ? changes
              .filter(({ kind }) => kind !== 'user')
              .map((one) => (one.kind === 'file' && one.action === 'replace' ? { ...one, diff: '-x' } : one))
          : changes,
    }));
    const [difference, ...others] = planDifferences(plannedChanges, now);
    expect(others).toEqual([]);
    expect(difference?.server).toBe('server-2');
    expect(difference?.gone.map(({ kind }) => kind)).toEqual(['user']);
    expect(difference?.added.map(({ id }) => id)).toEqual(['file:/etc/sysctl.d/90-triad-sessions.conf']);
  });

  it('takes everything for new where nothing was reviewed', () => {
    expect(planDifferences([], plannedChanges).map(({ added }) => added.length)).toEqual(
      plannedChanges.map(({ changes }) => changes.length),
    );
  });
});
