import { z } from 'zod';
import { WorkflowId } from '../domain/events.ts';
import { Verdict } from '../domain/verdict.ts';

const ComparedRun = z.object({ runId: z.string(), workflow: WorkflowId, verdict: Verdict, startedAt: z.string() });

/** One thing that is not the same in two runs; null where a run knows nothing of it. */
const Difference = z.object({ what: z.string(), subject: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** What has changed from one run to another, in the language of the window. */
export const RunComparison = z.object({
  before: ComparedRun,
  after: ComparedRun,
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      subject: z.string(),
      before: Verdict.nullable(),
      after: Verdict.nullable(),
      observed: z.string(),
    }),
  ),
  figures: z.array(Difference),
  facts: z.array(Difference),
});
export type RunComparison = z.infer<typeof RunComparison>;

/** Which kept runs are no longer wanted; with both, a run must be unwanted for both reasons. */
export const PruneWish = z.strictObject({
  /** How many of the newest stay. */
  keep: z.number().int().min(0).max(999_999).nullable(),
  olderThanDays: z.number().int().min(1).max(99_999).nullable(),
});
export type PruneWish = z.infer<typeof PruneWish>;
