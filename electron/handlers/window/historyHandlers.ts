import { join } from 'node:path';
import { compareRuns } from '../../report/compareRuns.ts';
import type { PruneWish, RunComparison } from '../../shared/contract/history.ts';
import type { HistoryEntry } from '../../shared/contract/procedures.ts';
import { runsFolder } from '../../storage/triadHome.ts';
import { deleteRuns, readKeptRun, runNamed, runsToPrune, type HistoryRun } from '../keptHistory.ts';
import type { Ending } from '../runSummaries.ts';
import { clusterNameOf, keptRunsOfDraft, type WindowContext } from './windowContext.ts';

type Present = ReadonlyMap<string, Ending>;

const DAY_MS = 24 * 3_600_000;

/** Every kept run of a draft's cluster, newest first. */
export async function listRunsOfCluster(context: WindowContext, draftId: string, present: Present): Promise<HistoryEntry[]> {
  const draft = await context.drafts.load(draftId);
  const kept = await keptRunsOfDraft(context, draft, present);
  return kept.map(({ summary, operator, adminMachine }) => ({ ...summary, operator, adminMachine }));
}

/** The same as the history of the command line has them. A run of another process goes on as much as one of this. */
async function historyOf(context: WindowContext, draftId: string, present: Present): Promise<readonly HistoryRun[]> {
  const draft = await context.drafts.load(draftId);
  const cluster = clusterNameOf(draft) ?? '';
  const kept = await keptRunsOfDraft(context, draft, present);
  return kept.map(({ summary, servers, addresses }) => ({
    cluster,
    folder: join(runsFolder(context.home, cluster), summary.runId),
    servers,
    addresses,
    summary: { ...summary, isActive: summary.isActive || summary.isElsewhere === true },
  }));
}

/** What has changed between two runs, the earlier first in whichever order they are named. Throws `storage.damaged`. */
export async function compareKeptRuns(
  context: WindowContext,
  draftId: string,
  ids: readonly [string, string],
  present: Present,
): Promise<RunComparison> {
  const runs = await historyOf(context, draftId, present);
  const [before = '', after = ''] = ids.toSorted();
  const { checks, figures, facts, ...heads } = compareRuns(
    await readKeptRun(runNamed(runs, before)),
    await readKeptRun(runNamed(runs, after)),
  );
  return { ...heads, checks: [...checks], figures: [...figures], facts: [...facts] };
}

/** Where the window finds the trend of a cluster's failover tests; null as long as there are no two to compare. */
export async function trendLink(context: WindowContext, draftId: string, present: Present): Promise<string | null> {
  const tested = (await listRunsOfCluster(context, draftId, present)).filter(({ trials, isActive }) => !isActive && trials.length > 0);
  const [newest] = tested;
  return newest === undefined || tested.length < 2 ? null : `triad://report/${newest.runId}?trend`;
}

/** What may go by the rules of the history, and stands in no draft: a step that shows its run would have nothing to show. */
async function prunable(
  context: WindowContext,
  draftId: string,
  wish: Parameters<typeof runsToPrune>[1],
  present: Present,
): Promise<readonly HistoryRun[]> {
  const inUse = new Set((await context.drafts.list()).flatMap(({ runs }) => Object.values(runs)));
  return runsToPrune(await historyOf(context, draftId, present), wish, new Date()).filter(({ summary }) => !inUse.has(summary.runId));
}

/** The ids of the runs that a wish takes away, oldest first. */
export async function toPrune(
  context: WindowContext,
  draftId: string,
  { keep, olderThanDays }: PruneWish,
  present: Present,
): Promise<string[]> {
  if (keep === null && olderThanDays === null) return [];
  const wish = { keep: keep ?? undefined, olderThanMs: olderThanDays === null ? undefined : olderThanDays * DAY_MS };
  return (await prunable(context, draftId, wish, present)).map(({ summary }) => summary.runId);
}

/** Deletes the runs that were shown, as far as nothing has begun to rest on them meanwhile, and gives those that are gone. */
export async function prune(context: WindowContext, draftId: string, ids: readonly string[], present: Present): Promise<string[]> {
  const gone = (await prunable(context, draftId, { keep: 0 }, present)).filter(({ summary }) => ids.includes(summary.runId));
  await deleteRuns(gone);
  const left = new Set((await listRunsOfCluster(context, draftId, present)).map(({ runId }) => runId));
  return gone.map(({ summary }) => summary.runId).filter((runId) => !left.has(runId));
}
