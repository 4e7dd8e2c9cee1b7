import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createDeferred } from '../../hosts/deferred.ts';
import type { RunQuestion } from '../../shared/contract/streams.ts';
import { hasChangedSince, type CheckChoice } from '../../shared/domain/checkAgain.ts';
import type { RunEvent, WorkflowId } from '../../shared/domain/events.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Measure } from '../../shared/domain/noticed.ts';
import type { FailoverScenario } from '../../shared/domain/scenario.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { findRunFolder, listRuns, readRunEvents } from '../../storage/runJournal.ts';
import { runsFolder } from '../../storage/triadHome.ts';
import type { RunRequest, startRun } from '../startRun.ts';
import { foldRun } from '../foldRun.ts';
import { areSameMoves } from './areSameMoves.ts';
import { isWithinReview } from './isWithinReview.ts';
import { vaultPasswordKeeper } from './secretHandlers.ts';
import { followKeptRun } from './followKeptRun.ts';
import { requireNoRunElsewhere } from './requireNoRunElsewhere.ts';
import { environmentOf, specOfDraft, strangersOfName, type WindowContext } from './windowContext.ts';

/** Runs shorter than this are not worth a notice of the operating system. */
const LONG_RUN_MS = 10_000;

/** How often a run that is only beginning is looked for while all are stopped. */
const BEGINNING_MS = 50;

/** What the window asks for. */
export interface RunWish {
  readonly draft: string;
  readonly workflow: WorkflowId;
  readonly servers: readonly string[];
  readonly reviewed: string | null;
  readonly deleteData: boolean;
  readonly again?: { readonly run: string; readonly choice: CheckChoice } | undefined;
  /** Of a validation: ask the nodes alone, without SSH. */
  readonly redisOnly?: true | undefined;
  /** Of a failover test: what is done to each victim. */
  readonly scenario?: FailoverScenario | undefined;
  /** Of a failover test: what it measures beside its own writes. */
  readonly measures?: readonly Measure[] | undefined;
  /** Of a failover test: the cluster's name, as it was typed. */
  readonly namedCluster?: string | undefined;
}

interface ActiveRun {
  readonly runId: string;
  readonly workflow: WorkflowId;
  readonly cluster: string;
  readonly draft: string;
  /** What it was started for. */
  readonly spec: RunRequest['spec'];
  readonly abort: AbortController;
  readonly events: RunEvent[];
  record: RunRecord;
  question: { readonly message: Message; readonly answer: (yes: boolean) => void } | null;
  readonly finished: Promise<void>;
  readonly listeners: Set<(events: readonly RunEvent[]) => void>;
  readonly questionListeners: Set<(question: RunQuestion) => void>;
}

/** The runs that go on in this process, and how to follow them and those that are kept. */
export interface RunManager {
  /** Resolves when the run has begun; what keeps it from beginning is thrown. */
  start(wish: RunWish): Promise<{ readonly runId: string }>;
  cancel(runId: string): void;
  answer(runId: string, yes: boolean): void;
  /** All that are not put away yet, also those that have told their end. */
  active(): readonly Pick<ActiveRun, 'runId' | 'workflow' | 'cluster' | 'draft' | 'spec' | 'record'>[];
  /** The records of the runs that this process still holds, by id: those that go on, and those that have just ended. */
  present(): ReadonlyMap<string, RunRecord>;
  /** Events with `seq` above `after`: at once those that were, later those that come. */
  follow(runId: string, after: number, push: (events: readonly RunEvent[]) => void): () => void;
  followQuestions(runId: string, push: (questions: readonly RunQuestion[]) => void): () => void;
  /** What is known of a run, active or kept. Throws `storage.*`. */
  recordOf(runId: string): Promise<RunRecord>;
  /** The record of a run whose journal could not be kept whole; null for any other. */
  unkept(runId: string): RunRecord | null;
  /** Waits until the runs of a cluster that have told their end are written down whole. */
  putAway(cluster: string): Promise<void>;
  /** Stops all runs safely and waits for their end. */
  shutdown(): Promise<void>;
}

/** Connections, checks and phases are read with the first run, not with the window. */
const startLater: typeof startRun = async (request) => (await import('../startRun.ts')).startRun(request);

/** Whether a workflow is about one server that is named: all of them would be none. */
function isMaintenance(workflow: WorkflowId): boolean {
  return workflow === 'maintenanceBegin' || workflow === 'maintenanceEnd';
}

/** Makes the manager of a window's runs. `run` is replaced in tests. */
export function createRunManager(context: WindowContext, run: typeof startRun = startLater): RunManager {
  const activeRuns = new Map<string, ActiveRun>();
  /** Clusters whose run has not reported its beginning yet. */
  const beginning = new Set<string>();
  /** Runs whose journal could not be kept: all that is known of them, as long as this process lives. */
  const unkept = new Map<string, Pick<ActiveRun, 'events' | 'record'>>();
  let isStopping = false;

  /** Whether the admin has seen what this run is about to do. Only what has changed since then is asked again. */
  const isReviewed = async (wish: RunWish, record: RunRecord): Promise<boolean> => {
    // What a failover test does was said on the screen that started it; it follows from nothing that could have changed.
    if (wish.workflow === 'failoverTest') return true;
    const reviewed = wish.reviewed === null ? null : await recordOf(wish.reviewed).catch(() => null);
    if (reviewed === null) return false;
    if (wish.workflow === 'install') return isWithinReview(reviewed, record);
    return isDeepStrictEqual(reviewed.plan, record.plan) && areSameMoves(wish, reviewed, record);
  };

  const recordOf = async (runId: string): Promise<RunRecord> => {
    const active = activeRuns.get(runId) ?? unkept.get(runId);
    if (active !== undefined) return active.record;
    const folder = await findRunFolder(context.home, runId);
    if (folder === null) throw fail('storage.unwritable', adminSubject, { values: { file: runId, reason: 'ENOENT' } });
    return foldRun(await readRunEvents(folder), folder);
  };

  const putAway = async (cluster: string): Promise<void> => {
    const ended = [...activeRuns.values()].filter((one) => one.cluster === cluster && one.record.finishedAt !== null);
    await Promise.all(ended.map(({ finished }) => finished));
  };

  const tellEnd = (record: RunRecord): void => {
    if (record.durationMs < LONG_RUN_MS || context.platform.isWindowFocused()) return;
    const title = message('window.core.runEnded', { cluster: record.cluster });
    const body = message(record.verdict === 'pass' ? 'window.core.runPassed' : 'window.core.runNotPassed');
    context.platform.notify({ title: say(title), body: say(body) });
  };

  const begin = async (wish: RunWish): Promise<{ readonly runId: string }> => {
    const draft = await context.drafts.load(wish.draft);
    const spec = specOfDraft(draft, context.files);
    const known = spec.servers.map(({ name }) => name);
    const stranger = wish.servers.find((name) => !known.includes(name));
    if (stranger !== undefined) {
      const reason = `${stranger} ${say(message('cli.usage.server', { known: known.join(', ') }))}`;
      throw fail('usage.invalid', adminSubject, { values: { reason } });
    }
    if (isMaintenance(wish.workflow) && wish.servers.length !== 1)
      throw fail('usage.invalid', adminSubject, { values: { reason: say(message('window.core.oneServer', { known: known.join(', ') })) } });
    // The draft forgets its check whenever something in it changes: any other one was made for another specification, or is older.
    const { again } = wish;
    if (
      again !== undefined &&
      (again.run !== draft.runs.check || hasChangedSince(again.run, await listRuns(runsFolder(context.home, spec.name))))
    )
      throw fail('run.otherCheck', adminSubject);
    const own = spec.servers.map(({ address }) => String(address));
    const strangers = wish.workflow === 'install' ? await strangersOfName(context.home, spec.name, own) : null;
    if (strangers !== null) throw fail('run.nameTaken', adminSubject, { values: { cluster: spec.name, servers: strangers.join(', ') } });
    // The window may go on as soon as a run has told its end; what is left of it is closed here.
    await putAway(spec.name);
    await requireNoRunElsewhere(context.home, spec.name);
    if (isStopping) throw fail('run.aborted', adminSubject);
    const isBusy = beginning.has(spec.name) || [...activeRuns.values()].some(({ cluster }) => cluster === spec.name);
    if (isBusy) throw fail('run.alreadyActive', adminSubject, { values: { cluster: spec.name }, retryable: true });
    beginning.add(spec.name);
    try {
      return await launch(wish, spec, draft.redis.password === 'generated');
    } finally {
      beginning.delete(spec.name);
    }
  };

  const launch = async (wish: RunWish, spec: RunRequest['spec'], isGenerated: boolean): Promise<{ readonly runId: string }> => {
    const { workflowOf } = await import('../../workflows/workflowOf.ts');
    const abort = new AbortController();
    const begun = createDeferred<{ readonly runId: string }>();
    const ended = createDeferred<void>();
    let own: ActiveRun | null = null;
    const again = wish.again === undefined ? null : { earlier: await recordOf(wish.again.run), choice: wish.again.choice };
    const { deadlineSeconds } = spec.failoverTest ?? {};
    const victims = wish.servers.length === 0 ? spec.servers.map(({ name }) => name) : wish.servers;

    const confirm = async (question: Message): Promise<boolean> => {
      const active = own;
      if (active === null) return false;
      if (await isReviewed(wish, active.record)) return true;
      if (abort.signal.aborted) return false;
      return new Promise<boolean>((resolve) => {
        const answer = (yes: boolean): void => {
          active.question = null;
          for (const listener of active.questionListeners) listener(null);
          abort.signal.removeEventListener('abort', stop);
          resolve(yes);
        };
        const stop = (): void => answer(false);
        abort.signal.addEventListener('abort', stop, { once: true });
        active.question = { message: question, answer };
        for (const listener of active.questionListeners) listener({ runId: active.runId, question });
        if (abort.signal.aborted) stop();
      });
    };

    const running = run({
      workflow: wish.workflow,
      phases: workflowOf(wish.workflow, {
        servers: victims,
        testAfterInstall: false,
        deleteData: wish.deleteData,
        redisOnly: wish.redisOnly === true,
        ...(wish.scenario === undefined ? {} : { scenarios: [wish.scenario] }),
        ...(wish.measures === undefined ? {} : { measures: wish.measures }),
        ...(deadlineSeconds === undefined ? {} : { trialDeadlineMs: deadlineSeconds * 1000 }),
        ...(wish.namedCluster === undefined ? {} : { namedCluster: wish.namedCluster }),
        isConfirmed: false,
        canAsk: true,
      }),
      spec,
      specSha256: null,
      again,
      bundles: context.bundles,
      home: context.home,
      acceptNewHostKeys: false,
      redisOnly: wish.redisOnly === true,
      confirm,
      signal: abort.signal,
      onEvent: (event, record) => {
        if (own === null) {
          own = {
            runId: record.runId,
            workflow: wish.workflow,
            cluster: spec.name,
            draft: wish.draft,
            spec,
            abort,
            events: [],
            record,
            question: null,
            finished: ended.promise,
            listeners: new Set(),
            questionListeners: new Set(),
          };
          activeRuns.set(record.runId, own);
          begun.resolve({ runId: record.runId });
        }
        own.record = record;
        own.events.push(event);
        for (const listener of own.listeners) listener([event]);
      },
      triadVersion: context.triadVersion,
      environment: environmentOf(context, wish.draft),
      onSecret: (secret) => context.platform.hideSecret(secret),
      passwordKeeper: vaultPasswordKeeper(context, wish.draft, spec.name),
    });
    running
      .then(async (finished) => {
        const { origin, value } = finished.password;
        // Also a run that only looks has read it: whoever asks for a connection string next is told the right one.
        if (isGenerated && origin === 'server' && value !== null) await context.vault.put(wish.draft, 'REDIS_PASSWORD', value);
        if (finished.unkept !== null && own !== null) {
          unkept.set(own.runId, own);
          const { code, values } = finished.unkept;
          context.platform.notify({ title: say(message('window.core.runEnded', { cluster: own.cluster })), body: say({ code, values }) });
        }
        // A report that cannot be written is made again from the events when it is asked for.
        const { writeReport } = await import('../writeReport.ts');
        const { sourceOfEndedRun } = await import('../reportSource.ts');
        const source = await sourceOfEndedRun(finished.record, finished.unkept === null ? finished.folder : null);
        await writeReport(source, finished.folder).catch(() => undefined);
        tellEnd(finished.record);
      })
      .catch((error: unknown) => begun.reject(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        if (own !== null) activeRuns.delete(own.runId);
        ended.resolve();
      });
    return begun.promise;
  };

  return {
    start: begin,
    cancel: (runId) => activeRuns.get(runId)?.abort.abort(new Error('cancelled')),
    answer: (runId, yes) => activeRuns.get(runId)?.question?.answer(yes),
    present: () => new Map([...activeRuns].map(([runId, { record }]) => [runId, record])),
    active: () => [...activeRuns.values()],
    unkept: (runId) => unkept.get(runId)?.record ?? null,
    follow: (runId, after, push) => {
      const active = activeRuns.get(runId);
      if (active !== undefined) {
        const known = active.events.filter(({ seq }) => seq > after);
        if (known.length > 0) push(known);
        active.listeners.add(push);
        return () => active.listeners.delete(push);
      }
      const held = unkept.get(runId)?.events.filter(({ seq }) => seq > after) ?? [];
      if (held.length > 0) {
        push(held);
        return () => undefined;
      }
      return followKeptRun(context.home, runId, after, push);
    },
    followQuestions: (runId, push) => {
      const active = activeRuns.get(runId);
      if (active === undefined) return () => undefined;
      const listener = (question: RunQuestion): void => push([question]);
      if (active.question !== null) listener({ runId, question: active.question.message });
      active.questionListeners.add(listener);
      return () => active.questionListeners.delete(listener);
    },
    recordOf,
    putAway,
    shutdown: async () => {
      isStopping = true;
      // One that is only beginning is not in the list yet.
      while (activeRuns.size > 0 || beginning.size > 0) {
        for (const { abort } of activeRuns.values()) abort.abort(new Error('shutdown'));
        const ends = [...activeRuns.values()].map(({ finished }) => finished);
        // With none to wait for, only time lets the one that is beginning go on.
        await (ends.length === 0 ? pause(BEGINNING_MS) : Promise.race([Promise.all(ends), pause(BEGINNING_MS)]));
      }
    },
  };
}
