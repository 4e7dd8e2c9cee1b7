import { useEffect } from 'react';
import { create } from 'zustand';
import type { Measure } from '../../electron/shared/domain/noticed.ts';
import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { ActiveRun, RunSummary } from '../../electron/shared/contract/procedures.ts';
import type { CheckChoice } from '../../electron/shared/domain/checkAgain.ts';
import { specInputOf, type Draft, type NeededSecret, type PlaceId } from '../../electron/shared/domain/draft.ts';
import type { RunEvent, WorkflowId } from '../../electron/shared/domain/events.ts';
import { fail, type Failure } from '../../electron/shared/domain/failure.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { isToBeOpened } from '../../electron/shared/domain/openings.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import type { Verdict } from '../../electron/shared/domain/verdict.ts';
import { call, follow } from '../bridge/client.ts';
import { draftStore, isBoundToSpec, useDraft } from './draft.ts';
import { batchPerFrame } from './frameBatch.ts';
import { EMPTY_FOLD, foldEvents, type RunFold } from './runFold.ts';

/** `none`: there is no run, or nothing is left of it that can be shown. `interrupted`: it has no end and does not go on, because Triad was ended in the middle. */
export type RunStatus = 'none' | 'active' | 'ended' | 'interrupted';

/** A run as a screen sees it. */
export interface RunState extends RunFold {
  readonly status: RunStatus;
  /** What the run asks before it goes on; a dialog over every screen shows it, too. */
  readonly question: Message | null;
  /** Whether the admin asked it to stop, and it has not ended yet. */
  readonly isCancelling: boolean;
  /** Stops it as soon as it can be stopped. */
  readonly cancel: () => Promise<void>;
  readonly answer: (yes: boolean) => Promise<void>;
}

/** How a run stands. `interrupted`: nobody finished it, or the admin stopped it. */
export type RunStanding =
  | { readonly kind: 'active' }
  | { readonly kind: 'interrupted' }
  /** `isUnproved`: it passed, but ways that the plan has to open first could not be proved. */
  | { readonly kind: 'ended'; readonly verdict: Verdict; readonly isUnproved?: boolean };

export interface FollowedRun {
  readonly fold: RunFold;
  readonly summary: RunSummary | null;
  /** Whether it was looked for in vain: it does not go on, and nothing of it has arrived. */
  readonly isGone: boolean;
  readonly question: Message | null;
  readonly isCancelling: boolean;
}

interface RunStore {
  readonly followed: Readonly<Record<string, FollowedRun>>;
  /** Secrets that a run waits for, with what goes on when they are there. */
  readonly asking: { readonly secrets: readonly NeededSecret[]; readonly settle: (areThere: boolean) => void } | null;
}

/** The store behind {@link useRun}, for dialogs of the frame. */
export const runStore = create<RunStore>()(() => ({ followed: {}, asking: null }));

const NOT_FOLLOWED: FollowedRun = { fold: EMPTY_FOLD, summary: null, isGone: false, question: null, isCancelling: false };

function patch(runId: string, change: (run: FollowedRun) => FollowedRun): void {
  runStore.setState(({ followed }) => ({ followed: { ...followed, [runId]: change(followed[runId] ?? NOT_FOLLOWED) } }));
}

const stops = new Map<string, () => void>();
/** How long the first event of a run that does not go on may take to arrive, in milliseconds: the core reads its journal meanwhile. */
const FIRST_EVENT_MS = 3000;
const waits = new Map<string, ReturnType<typeof setTimeout>>();

/** Follows a run from its first event, or from where it was left; does nothing when it is followed already. */
function followRun(runId: string): void {
  if (stops.has(runId)) {
    // Home follows runs too, and cannot ask what became of them: no draft is open there.
    if (runStore.getState().followed[runId]?.summary === null) readSummary(runId).catch(() => undefined);
    return;
  }
  patch(runId, (run) => run);
  const batches = batchPerFrame<RunEvent>((events) => {
    patch(runId, (run) => {
      const fold = foldEvents(run.fold, events);
      return hasEnded(fold) ? { ...run, fold, question: null, isCancelling: false } : { ...run, fold };
    });
    if (events.some(({ type }) => type === 'runFinished')) settle(runId);
  });
  const after = runStore.getState().followed[runId]?.fold.lastSeq ?? 0;
  const endFailed = (failure: Failure): void => {
    patch(runId, (run) => ({ ...run, fold: { ...run.fold, failure } }));
    stopFollowing(runId);
  };
  const stopEvents = follow('runs.events', { runId, after }, batches.add, endFailed);
  const stopQuestions = follow('runs.questions', { runId }, (questions) => {
    const newest = questions.at(-1);
    if (newest !== undefined) patch(runId, (run) => ({ ...run, question: newest === null ? null : newest.question }));
  });
  stops.set(runId, () => {
    stopEvents();
    stopQuestions();
    batches.stop();
  });
  readSummary(runId).catch(() => undefined); // a run that goes on tells its end by itself
}

async function readSummary(runId: string): Promise<void> {
  const draft = draftStore.getState().current?.draft;
  if (draft === undefined) return;
  const summary = (await call('runs.list', draft.id)).find((one) => one.runId === runId) ?? null;
  patch(runId, (run) => ({ ...run, summary }));
  if (!isMissing(runId) || !stops.has(runId)) return;
  clearTimeout(waits.get(runId));
  waits.set(
    runId,
    setTimeout(() => {
      giveUp(runId).catch(() => undefined); // the core is gone, which is told elsewhere
    }, FIRST_EVENT_MS),
  );
}

/** Whether nothing of a run has arrived, and nothing new will: the core does not know it, or not as one that goes on. */
function isMissing(runId: string): boolean {
  const run = runStore.getState().followed[runId];
  return run !== undefined && run.fold.record === null && run.fold.failure === null && run.summary?.isActive !== true;
}

/** Ends waiting for a run of which nothing arrives: its journal is not there, or cannot be read. The next screen that shows it looks again. */
async function giveUp(runId: string): Promise<void> {
  const draft = draftStore.getState().current?.draft;
  // A run that was only beginning may be listed by now.
  const summary = draft === undefined ? null : ((await call('runs.list', draft.id)).find((one) => one.runId === runId) ?? null);
  patch(runId, (run) => ({ ...run, summary }));
  if (!isMissing(runId)) return;
  const failure = summary === null ? null : fail('storage.damaged', adminSubject, { values: { file: runId, kept: runId } }).failure;
  patch(runId, (run) => ({ ...run, isGone: true, fold: { ...run.fold, failure } }));
  stopFollowing(runId);
}

function settle(runId: string): void {
  stopFollowing(runId);
  draftStore
    .getState()
    .current?.refreshRuns()
    .catch(() => undefined); // the rail keeps what it knew; opening the draft again reads it anew
}

function stopFollowing(runId: string): void {
  stops.get(runId)?.();
  stops.delete(runId);
  clearTimeout(waits.get(runId));
  waits.delete(runId);
}

/** Forgets all runs. For tests, which share this module. */
export function forgetRuns(): void {
  for (const runId of stops.keys()) stopFollowing(runId);
  runStore.setState({ followed: {}, asking: null });
}

function hasEnded(fold: RunFold | undefined): boolean {
  return fold !== undefined && fold.record !== null && fold.record.finishedAt !== null;
}

function statusOf(run: FollowedRun): RunStatus {
  const { fold, summary } = run;
  if (hasEnded(fold)) return 'ended';
  const isOver = fold.failure !== null && summary?.isActive !== true;
  // Nothing can be shown of it, so it must not keep anybody from beginning anew.
  if (fold.record === null && (run.isGone || isOver)) return 'none';
  return summary?.isInterrupted === true || (isOver && summary !== null) ? 'interrupted' : 'active';
}

/** How a followed run stands; null when too little is known of it yet. */
export function standingOf(run: FollowedRun | undefined): RunStanding | null {
  const record = run?.fold.record ?? null;
  if (run === undefined || record === null) return null;
  if (record.finishedAt !== null)
    return record.wasAborted
      ? { kind: 'interrupted' }
      : { kind: 'ended', verdict: record.verdict ?? 'unknown', ...(record.checks.some(isToBeOpened) ? { isUnproved: true } : {}) };
  // A journal that is replayed looks like a run that goes on until its last event: what the core says of it decides.
  return run.summary === null ? { kind: 'active' } : standingOfSummary(run.summary);
}

/** How a run stands by what the core says of it. */
export function standingOfSummary(summary: RunSummary | undefined): RunStanding | null {
  if (summary === undefined) return null;
  if (summary.isActive || summary.isElsewhere === true) return { kind: 'active' };
  if (summary.isInterrupted || summary.wasAborted) return { kind: 'interrupted' };
  return { kind: 'ended', verdict: summary.verdict ?? 'unknown' };
}

/** A run with everything that is known of it, live while it goes on; after a reload of the window it is replayed from the core. */
export function useRun(runId: string | null): RunState {
  useEffect(() => {
    if (runId !== null && !hasEnded(runStore.getState().followed[runId]?.fold)) followRun(runId);
  }, [runId]);
  const run = runStore(({ followed }) => (runId === null ? undefined : followed[runId]));
  const known = run ?? NOT_FOLLOWED;
  return {
    ...known.fold,
    status: runId === null ? 'none' : statusOf(known),
    question: known.question,
    isCancelling: known.isCancelling,
    cancel: async () => {
      if (runId !== null) await cancelRun(runId);
    },
    answer: async (yes) => {
      if (runId !== null) await answerRun(runId, yes);
    },
  };
}

/** A run that keeps others of a cluster from beginning, and that no step of the open draft shows. */
export interface OtherRun {
  readonly workflow: WorkflowId;
  readonly run: RunState;
  /** Where it is shown, if it is of this very draft. */
  readonly place: PlaceId | null;
}

const PLACE_OF = {
  check: 'reachability',
  plan: 'review',
  install: 'install',
  validate: 'report',
  failoverTest: 'failover',
  restoreRoles: 'maintenance',
  maintenanceBegin: 'maintenance',
  maintenanceEnd: 'maintenance',
  maintenanceStatus: 'maintenance',
  remove: 'report',
} as const satisfies Readonly<Record<WorkflowId, PlaceId>>;

/**
 * A run of the open draft or of its cluster's name that goes on and does not stand in the draft, or null: a check of settings that were edited meanwhile,
 * a run of another draft for the same cluster. It is followed, so that its end is noticed. `shownHere`: a place that shows what these workflows of
 * the draft do, and nothing else.
 */
export function useOtherRun(shownHere?: readonly WorkflowId[]): OtherRun | null {
  const { draft, active } = useDraft();
  const inSlots: readonly (string | null)[] = Object.values(draft.runs);
  const isShown = (one: ActiveRun): boolean =>
    shownHere === undefined ? inSlots.includes(one.runId) : one.draft === draft.id && shownHere.includes(one.workflow);
  const other = active.find((one) => !isShown(one) && (one.draft === draft.id || one.cluster === draft.name.trim()));
  const run = useRun(other?.runId ?? null);
  if (other === undefined || run.status !== 'active') return null;
  const isAtItsPlace = other.draft === draft.id && (!(other.workflow in draft.runs) || inSlots.includes(other.runId));
  return { workflow: other.workflow, run, place: isAtItsPlace ? PLACE_OF[other.workflow] : null };
}

/** The oldest question that a followed run waits with, or null. */
export function useQuestion(): { readonly runId: string; readonly question: Message } | null {
  const followed = runStore((store) => store.followed);
  for (const [runId, { question }] of Object.entries(followed)) if (question !== null) return { runId, question };
  return null;
}

/** Asks a run to stop. Rejects when the core refuses. */
export async function cancelRun(runId: string): Promise<void> {
  patch(runId, (run) => ({ ...run, isCancelling: true }));
  try {
    await call('runs.cancel', runId);
  } catch (error) {
    patch(runId, (run) => ({ ...run, isCancelling: false }));
    throw error;
  }
}

/** Answers what a run asks. */
export async function answerRun(runId: string, yes: boolean): Promise<void> {
  await call('runs.answer', { runId, yes });
  patch(runId, (run) => ({ ...run, question: null }));
}

/** What a run can be told at its start. */
export interface StartOptions {
  /** Victims of a failover test, by name; empty or left out: all. */
  readonly servers?: readonly string[];
  /** The plan that the admin has reviewed. */
  readonly reviewed?: string | null;
  readonly deleteData?: boolean;
  /** Looks again only at a part of a check, and keeps the rest of its results as they were seen. */
  readonly again?: { readonly run: string; readonly choice: CheckChoice };
  /** A validation with Redis access alone: no login is asked for. */
  readonly redisOnly?: boolean;
  /** What a failover test does to each victim; the loss of the whole server unless told. */
  readonly scenario?: FailoverScenario;
  /** What a failover test measures beside its own writes; what an application notices unless told. */
  readonly measures?: readonly Measure[];
  /** The name of a cluster that holds keys, typed by whoever tests its failover. */
  readonly namedCluster?: string;
}

/**
 * Starts a run on the open draft: saves it, asks for secrets that are missing, starts, remembers the run in the draft if that is still as it was,
 * follows it.
 * Null when the admin would not give a secret. Rejects with the core's failure when the run cannot be started.
 */
export async function startRun(workflow: WorkflowId, options: StartOptions = {}): Promise<string | null> {
  const open = draftStore.getState().current;
  if (open === null) throw new Error('no draft is open');
  await open.flush();
  if (!(await haveSecrets(options.redisOnly === true ? ['redisPassword'] : undefined))) return null;
  const { runId } = await call('runs.start', {
    draft: open.draft.id,
    workflow,
    servers: [...(options.servers ?? [])],
    reviewed: options.reviewed ?? null,
    deleteData: options.deleteData ?? false,
    ...(options.again === undefined ? {} : { again: options.again }),
    ...(options.redisOnly === true ? { redisOnly: true } : {}),
    ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    ...(options.measures === undefined ? {} : { measures: [...options.measures] }),
    ...(options.namedCluster === undefined ? {} : { namedCluster: options.namedCluster }),
  });
  adopt(workflow, runId, open.draft);
  draftStore.getState().noteStarted({ runId, workflow, cluster: open.draft.name.trim(), draft: open.draft.id, isCurrent: true });
  followRun(runId);
  return runId;
}

/**
 * Remembers a run in the draft that it was started for, if that is still the open one. A check and a plan prove something about one specification:
 * where it was edited while they began, the draft does without them.
 */
function adopt(workflow: WorkflowId, runId: string, startedFor: Draft): void {
  const open = draftStore.getState().current;
  if (open?.draft.id !== startedFor.id || !(workflow in startedFor.runs)) return;
  if (isBoundToSpec(workflow) && JSON.stringify(specInputOf(open.draft)) !== JSON.stringify(specInputOf(startedFor))) return;
  open.edit((draft) => ({ ...draft, runs: { ...draft.runs, [workflow]: runId } }));
}

/** Asks by a dialog for the secrets that are not known, all or those of some kinds; false when the admin closed it. */
export async function haveSecrets(kinds?: readonly NeededSecret['kind'][]): Promise<boolean> {
  const missing = draftStore.getState().current?.missingSecrets() ?? [];
  const secrets = kinds === undefined ? missing : missing.filter(({ kind }) => kinds.includes(kind));
  if (secrets.length === 0) return true;
  runStore.getState().asking?.settle(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asking = { secrets, settle: resolve };
  runStore.setState({ asking });
  const areThere = await promise;
  // A newer one may stand there by now, and somebody waits for that, too.
  if (runStore.getState().asking === asking) runStore.setState({ asking: null });
  return areThere;
}
