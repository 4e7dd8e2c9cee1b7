import { isDeepStrictEqual } from 'node:util';
import type { ActiveRun } from '../../shared/contract/procedures.ts';
import type { RunManager } from './runManager.ts';
import { specOfDraft, type WindowContext } from './windowContext.ts';

/** The runs that go on, as the window is told of them. One that has told its end is none any more, even if its report is still being written. */
export async function listActive(context: WindowContext, runs: Pick<RunManager, 'active'>): Promise<ActiveRun[]> {
  const goingOn = runs.active().filter(({ record }) => record.finishedAt === null);
  return Promise.all(
    goingOn.map(async ({ runId, workflow, cluster, draft, spec }) => {
      // A draft that was removed, or is not complete any more, says something else, too.
      const now = await context.drafts
        .load(draft)
        .then((one) => specOfDraft(one, context.files))
        .catch(() => null);
      return { runId, workflow, cluster, draft, isCurrent: isDeepStrictEqual(now, spec) };
    }),
  );
}
