import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../../shared/contract/procedures.ts';
import { RunEvent } from '../../shared/domain/events.ts';
import { listRuns, readRunEvents, RUN_EVENTS_FILE } from '../../storage/runJournal.ts';
import { runsFolder } from '../../storage/triadHome.ts';

/** How much of a journal's end is read to find its last event. */
const TAIL_BYTES = 64 * 1024;

/** How a run ended; `finishedAt` is null while it has not. */
export type Ending = Pick<RunSummary, 'finishedAt' | 'verdict' | 'wasAborted'>;

const noEnding: Ending = { finishedAt: null, verdict: null, wasAborted: false };

/** The last event of a journal where it is the run's end; journals can be long, and only this line is needed. */
async function readEnding(file: string): Promise<Ending> {
  const { size } = await stat(file);
  const handle = await open(file, 'r');
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const last = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    const event = RunEvent.parse(JSON.parse(last));
    return event.type === 'runFinished' ? { finishedAt: event.at, verdict: event.verdict, wasAborted: event.wasAborted } : noEnding;
  } catch {
    // Cut off in the middle of a line: the run has no end.
    return noEnding;
  } finally {
    await handle.close();
  }
}

/** `20261122T164512123Z-failoverTest` as the moment and the workflow that it was made of; null for a folder that is no run. */
function readRunId(runId: string): Pick<RunSummary, 'workflow' | 'startedAt'> | null {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\w+)$/u.exec(runId);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, ms, workflow] = found;
  const known = WORKFLOWS.find((one) => one === workflow);
  return known === undefined ? null : { workflow: known, startedAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z` };
}

const WORKFLOWS = [
  'check',
  'plan',
  'install',
  'validate',
  'failoverTest',
  'restoreRoles',
  'remove',
] as const satisfies readonly RunSummary['workflow'][];

/**
 * All kept runs of a cluster, newest first. `present` are the records of those that this process still holds: the end of one that has just ended may
 * not stand in its journal yet.
 */
export async function listRunSummaries(
  home: string,
  cluster: string,
  present: ReadonlyMap<string, Ending>,
): Promise<readonly RunSummary[]> {
  const folder = runsFolder(home, cluster);
  const summaries = await Promise.all(
    (await listRuns(folder)).map(async (runId): Promise<RunSummary | null> => {
      const about = readRunId(runId);
      if (about === null) return null;
      const held = present.get(runId);
      const isActive = held !== undefined && held.finishedAt === null;
      const { finishedAt, verdict, wasAborted } = held ?? (await readEnding(join(folder, runId, RUN_EVENTS_FILE)).catch(() => noEnding));
      return { runId, ...about, finishedAt, verdict, wasAborted, isActive, isInterrupted: !isActive && finishedAt === null };
    }),
  );
  return summaries.filter((summary) => summary !== null).toReversed();
}

/** The workflows whose end proves or disproves that any server may be lost. */
const PROVING: readonly RunSummary['workflow'][] = ['install', 'validate', 'failoverTest', 'restoreRoles'];

/** What the newest finished run that looked at the running cluster says of the loss of any server; null where none has. */
export async function survivesAnyServer(home: string, cluster: string, runs: readonly RunSummary[]): Promise<boolean | null> {
  for (const { runId, workflow, finishedAt } of runs) {
    if (finishedAt === null || !PROVING.includes(workflow)) continue;
    const events = await readRunEvents(join(runsFolder(home, cluster), runId)).catch(() => []);
    const verdicts = events.flatMap((event) =>
      event.type === 'checkFinished' && event.result.id === 'cluster.survivesLoss' ? [event.result.verdict] : [],
    );
    if (verdicts.length > 0) return verdicts.every((verdict) => verdict === 'pass');
  }
  return null;
}
