import { createEventLog } from '../../../engine/eventLog.ts';
import { samplePlan } from '../../../artifacts/testing/samplePlan.ts';
import type { RunEventBody, WorkflowId } from '../../../shared/domain/events.ts';
import type { ClusterPlan } from '../../../shared/domain/plan.ts';
import { createRunJournal } from '../../../storage/runJournal.ts';
import { runsFolder } from '../../../storage/triadHome.ts';

/** What a kept run of the past is made of. */
export interface PastRun {
  readonly workflow?: WorkflowId;
  /** Its moment as it stands in its id, to the millisecond: `20260102T030405000`. */
  readonly at?: string;
  readonly plan?: ClusterPlan;
  /** What happened between its beginning and its end. */
  readonly events?: readonly RunEventBody[];
}

/** Keeps a run that has passed, as one of the past lies in a home, and gives its id. */
export async function keepRun(
  home: string,
  { workflow = 'install', at = '20260102T030405000', plan = samplePlan(), events = [] }: PastRun = {},
): Promise<string> {
  const runId = `${at}Z-${workflow}`;
  const journal = await createRunJournal(runsFolder(home, plan.cluster), runId);
  const log = createEventLog([(event) => journal.append(event)], { now: () => 0, wallClock: () => new Date(0) });
  const about = { cluster: plan.cluster, triadVersion: '0', operator: 'ana', adminMachine: 'desk', specSha256: null, plan };
  log.emit({ type: 'runStarted', runId, workflow, ...about });
  for (const event of events) log.emit(event);
  log.emit({ type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
  await journal.close();
  return runId;
}
