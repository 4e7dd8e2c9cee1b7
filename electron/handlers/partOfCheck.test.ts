import { expect, it } from 'vitest';
import { sampleFailedCheck, samplePlan } from '../report/testing/sampleRecord.ts';
import { FailureError } from '../shared/domain/failure.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { partOfCheck, type PartWish } from './partOfCheck.ts';

const earlier = { ...sampleFailedCheck(), failure: null };
const { plan } = earlier;

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof FailureError ? error.failure.code : 'thrown';
  }
}

it('looks at what failed and keeps everything with its time', () => {
  const { scope, kept } = partOfCheck({ earlier, choice: 'failed' }, 'check', plan);
  expect(scope.servers.length).toBeGreaterThan(0);
  expect(kept.checks).toHaveLength(earlier.checks.length);
  expect(kept.checks.every(({ seenAt }) => seenAt === earlier.finishedAt)).toBe(true);
});

const REFUSED: readonly (readonly [string, PartWish, WorkflowId, ClusterPlan])[] = [
  ['another plan', { earlier, choice: 'failed' }, 'check', { ...samplePlan(), version: '9.9.9' }],
  ['a check that was stopped', { earlier: { ...earlier, wasAborted: true }, choice: 'failed' }, 'check', plan],
  ['another kind of run', { earlier, choice: 'failed' }, 'install', plan],
  ['nothing that was found', { earlier, choice: [{ id: 'server.none', subject: clusterSubject }] }, 'check', plan],
];

it.each(REFUSED)('refuses %s', (_, wish, workflow, asPlanned) => {
  expect(codeOf(() => partOfCheck(wish, workflow, asPlanned))).toBe('run.otherCheck');
});
