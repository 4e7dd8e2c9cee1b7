import { join } from 'node:path';
import { canBeRepeatedInPart, chosenChecks, hasChangedSince, type CheckChoice } from '../shared/domain/checkAgain.ts';
import { fail } from '../shared/domain/failure.ts';
import { applyEvents } from '../shared/domain/applyEvents.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { listRuns, readRunEvents } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import type { PartWish } from './partOfCheck.ts';

/** What stands for all results that forbid to go on. */
const FAILED = 'failed';

/**
 * The part of a cluster's last check that `only` names: `failed`, or the id of a check on whatever it was. Throws `run.otherCheck` where the last check
 * was made for another specification, did not come to its end or was followed by a run that changes servers, or where there is none, and `usage.invalid` where nothing is called so.
 */
export async function partOfLastCheck(home: string, cluster: string, specSha256: string, only: string): Promise<PartWish> {
  const folder = runsFolder(home, cluster);
  const runs = await listRuns(folder);
  const last = runs.findLast((runId) => runId.endsWith('-check'));
  const earlier = last === undefined ? null : applyEvents(null, await readRunEvents(join(folder, last)));
  const isUsable = earlier?.specSha256 === specSha256 && canBeRepeatedInPart(earlier) && !hasChangedSince(earlier.runId, runs);
  if (!isUsable) throw fail('run.otherCheck', adminSubject);
  const named = earlier.checks.filter(({ id }) => id === only).map(({ id, subject }) => ({ id, subject }));
  const choice: CheckChoice = only === FAILED ? FAILED : named;
  if (chosenChecks(choice, earlier).length > 0) return { earlier, choice };
  const reason = say(only === FAILED ? message('cli.usage.noneFailed') : message('cli.usage.only', { only }));
  throw fail('usage.invalid', adminSubject, { values: { reason } });
}
