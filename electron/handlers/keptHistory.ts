import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../shared/contract/procedures.ts';
import { applyEvents } from '../shared/domain/applyEvents.ts';
import { fail } from '../shared/domain/failure.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { triedServers } from '../shared/domain/triedServers.ts';
import { message, say } from '../shared/messages/message.ts';
import { isRunGoingOn, listClusters, listRuns, readRunEvents } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import { listKeptRuns, type Ending } from './runSummaries.ts';

/** A run of the history, with its cluster and the folder that keeps it. */
export interface HistoryRun {
  readonly cluster: string;
  readonly folder: string;
  readonly servers: readonly string[];
  /** Sorted. */
  readonly addresses: readonly string[];
  readonly summary: RunSummary;
}

const goesOn: Ending = { finishedAt: null, verdict: null, wasAborted: false };

/** All kept runs of one cluster, or of all, newest first. A run that another process still writes is active, not interrupted. */
export async function listHistory(home: string, cluster?: string): Promise<readonly HistoryRun[]> {
  const clusters = cluster === undefined ? await listClusters(home) : [cluster];
  const lists = await Promise.all(
    clusters.map(async (name) => {
      const runs = runsFolder(home, name);
      const present = new Map<string, Ending>();
      for (const runId of await listRuns(runs)) if (await isRunGoingOn(join(runs, runId))) present.set(runId, goesOn);
      const kept = await listKeptRuns(home, name, present);
      return kept.map(({ summary, servers, addresses }) => ({
        cluster: name,
        folder: join(runs, summary.runId),
        servers,
        addresses,
        summary,
      }));
    }),
  );
  return lists.flat().toSorted((one, other) => other.summary.runId.localeCompare(one.summary.runId));
}

/** The run that a text names: its id, or the beginning of just one. Throws `usage.invalid` where none or several are called so. */
export function runNamed(runs: readonly HistoryRun[], name: string): HistoryRun {
  const found = runs.filter(({ summary }) => summary.runId.startsWith(name));
  const [only] = found.length === 1 ? found : found.filter(({ summary }) => summary.runId === name);
  if (only !== undefined && name !== '') return only;
  const reason = say(message(found.length > 1 ? 'history.several' : 'history.none', { run: name }));
  throw fail('usage.invalid', adminSubject, { values: { reason } });
}

/** The record of a kept run, folded from its journal. Throws `storage.damaged`. */
export async function readKeptRun({ folder }: Pick<HistoryRun, 'folder'>): Promise<RunRecord> {
  const damaged = (cause?: unknown): Error => fail('storage.damaged', adminSubject, { values: { file: folder, kept: folder }, cause });
  const events = await readRunEvents(folder).catch((error: unknown) => {
    throw error instanceof Error && error.name === 'FailureError' ? error : damaged(error);
  });
  const record = events[0]?.type === 'runStarted' ? applyEvents(null, events) : null;
  if (record === null) throw damaged();
  return record;
}

/** Which runs an admin no longer wants. Both may be given: then a run must be unwanted for both reasons. */
export interface PruneWish {
  /** How many of the newest runs of each cluster stay. */
  readonly keep?: number | undefined;
  readonly olderThanMs?: number | undefined;
}

/**
 * The runs that a wish takes away, oldest first. These stay whatever is wished, since something else rests on them: the newest run of each workflow that
 * came to its end (the next partial check, Home, the metrics), the newest trial of each server, the removal after which everything older is history, and
 * a run that goes on. Pure: `now` is an argument.
 */
export function runsToPrune(runs: readonly HistoryRun[], wish: PruneWish, now: Date): readonly HistoryRun[] {
  const clusters = [...new Set(runs.map(({ cluster }) => cluster))];
  return clusters
    .flatMap((cluster) => {
      const own = runs.filter((run) => run.cluster === cluster).toSorted(newestFirst);
      const needed = neededRuns(own);
      return own.filter(({ summary }, index) => {
        if (summary.isActive || needed.has(summary.runId)) return false;
        const isBeyond = wish.keep === undefined || index >= wish.keep;
        const isOld = wish.olderThanMs === undefined || now.getTime() - Date.parse(summary.startedAt) > wish.olderThanMs;
        return isBeyond && isOld;
      });
    })
    .toSorted((one, other) => -newestFirst(one, other));
}

function newestFirst(one: HistoryRun, other: HistoryRun): number {
  return other.summary.runId.localeCompare(one.summary.runId);
}

function neededRuns(runs: readonly HistoryRun[]): ReadonlySet<string> {
  const ended = runs.filter(({ summary }) => summary.finishedAt !== null);
  const needed = new Set<string>();
  const workflows = new Set<string>();
  for (const { summary } of ended) {
    if (!workflows.has(summary.workflow)) needed.add(summary.runId);
    workflows.add(summary.workflow);
  }
  for (const kind of ['validate', 'remove']) {
    const passed = ended.find(({ summary }) => summary.workflow === kind && summary.verdict === 'pass');
    if (passed !== undefined) needed.add(passed.summary.runId);
  }
  const servers = [...new Set(runs.flatMap((run) => run.servers))];
  for (const { trial } of triedServers(
    servers,
    runs.map(({ summary }) => summary),
  ))
    for (const { summary } of runs)
      if (summary.trials.some(({ server, startedAt }) => server === trial?.server && startedAt === trial.startedAt))
        needed.add(summary.runId);
  return needed;
}

/** Deletes kept runs with everything in their folders; one that has begun to be written again meanwhile is left. Throws `storage.unwritable`. */
export async function deleteRuns(runs: readonly Pick<HistoryRun, 'folder'>[]): Promise<void> {
  for (const { folder } of runs) {
    if (await isRunGoingOn(folder)) continue;
    try {
      await rm(folder, { recursive: true });
    } catch (error) {
      throw fail('storage.unwritable', adminSubject, { values: { file: folder, reason: reasonOf(error) }, cause: error });
    }
  }
}
