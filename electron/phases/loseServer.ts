import { randomBytes } from 'node:crypto';
import pWaitFor, { TimeoutError } from 'p-wait-for';
import { serverLostScripts, type FaultScripts } from '../artifacts/faults/serverLost.ts';
import type { Phase } from '../engine/phase.ts';
import { watchFailover, type FailoverWatch } from '../redis/failoverWatch.ts';
import { firstFailure, ledgerOf, type ShardJournal } from '../redis/ledger.ts';
import { createProbeWriter, type ProbeWriter } from '../redis/probeWriter.ts';
import { restoreRoles } from '../redis/restoreRoles.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import { predictOutage, type FailoverTrial, type Mark, type MarkName } from '../shared/domain/failover.ts';
import type { Message } from '../shared/domain/message.ts';
import { nodesOnServer, type NodeSpec } from '../shared/domain/plan.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { reachNode } from './connectNodes.ts';
import { judgeTrial } from './judgeTrial.ts';
import { readClusterView } from './observeCluster.ts';
import { awaitReady } from './requireReady.ts';
import { RESTORE_DEADLINE_MS } from './restorePlannedRoles.ts';
import { hostOf, type RunContext } from './runContext.ts';

/** Writes per second and shard. An open loop: waiting for an answer does not slow it, so an outage cannot hide in it. */
const RATE_PER_SECOND = 200;
/** Acknowledged writes per shard before the fault, and again after the promotion: enough for percentiles. */
const BASELINE_WRITES = 400;
/** For reaching those writes; at 200 a second they take 2 s. */
const WRITES_DEADLINE_MS = 30_000;
/** Time after which probe keys go away by themselves, should nobody be left to delete them. */
const PROBE_EXPIRY_MS = 600_000;
/** Allowed beyond the prediction before a failover counts as not happening. */
const PROMOTION_GRACE_MS = 20_000;
/** For starting nodes and loading their data after the fault. */
const RETURN_DEADLINE_MS = 60_000;
/** Healing has a deadline of its own, because it must also work after an interruption. */
const HEAL_DEADLINE_MS = 60_000;

/** Everything of one trial while it goes on. */
interface Trial {
  readonly server: string;
  readonly startedAt: string;
  readonly faults: FaultScripts;
  readonly healAfterSeconds: number;
  readonly marks: Map<MarkName, Mark>;
  readonly actions: { atMs: number; server: string; done: Message; undoneAtMs: number | null }[];
  faultAtMs: number;
  isInjected: boolean;
  probes: ProbeWriter | null;
  watch: FailoverWatch | null;
}

/**
 * Loses one server on purpose and measures what clients notice: both nodes are killed and kept down until the replica has taken over, then
 * started again; the planned layout is restored and verified. Whatever happens on the way, the victim is healed.
 */
export function loseServer(server: string): Phase<RunContext> {
  let trial: Trial | null = null;
  const end = async (context: RunContext): Promise<void> => {
    if (trial === null) return;
    const ended = trial;
    trial = null;
    try {
      if (ended.isInjected) await heal(context, ended);
      // Neither decides anything any more.
      await Promise.allSettled([ended.watch?.stop(), ended.probes?.stop()]);
      if (ended.marks.has('faultInjected')) await takeRolesBack(context, ended);
    } finally {
      // Keys that cannot be deleted now go away by themselves; what broke the trial is what the admin must hear of.
      await ended.probes?.cleanUp().catch(() => undefined);
      ended.probes?.close();
    }
  };
  return {
    id: `loseServer:${server}`,
    title: message('phase.loseServer'),
    scope: 'cluster',
    run: async (context) => {
      trial = newTrial(context, server);
      const finished = await runTrial(context, trial);
      trial = null;
      context.emit({ type: 'trialFinished', trial: finished });
      if (finished.verdict === 'fail')
        throw fail('failover.notPromoted', serverSubject(server), {
          values: { node: victimMaster(context, server).id, seconds: Math.round(promotionDeadlineMs(context) / 1000) },
        });
      return 'changed';
    },
    leaves: { kind: 'undo', undo: end },
  };
}

function promotionDeadlineMs(context: RunContext): number {
  return predictOutage(context.plan.settings.nodeTimeoutMs).outageToMs + PROMOTION_GRACE_MS;
}

function newTrial(context: RunContext, server: string): Trial {
  const healAfterSeconds = Math.ceil((promotionDeadlineMs(context) + RETURN_DEADLINE_MS) / 1000);
  return {
    server,
    startedAt: new Date().toISOString(),
    faults: serverLostScripts(context.plan, server, healAfterSeconds),
    healAfterSeconds,
    marks: new Map(),
    actions: [],
    faultAtMs: 0,
    isInjected: false,
    probes: null,
    watch: null,
  };
}

/** The node on the victim that serves slots when everything is as planned. */
function victimMaster(context: RunContext, server: string): NodeSpec {
  const master = nodesOnServer(context.plan, server).find((node) => node.role === 'master');
  if (master === undefined) throw new Error(`${server} is not part of the plan`);
  return master;
}

/** Notes a moment on the run's clock and tells it; the first one of a name counts. */
function note(
  context: RunContext,
  trial: Trial,
  name: MarkName,
  at: { readonly atMs: number; readonly uncertaintyMs: number; readonly evidence?: string },
): void {
  if (trial.marks.has(name)) return;
  const mark: Mark = {
    name,
    atMs: Math.round(at.atMs - trial.faultAtMs),
    uncertaintyMs: Math.ceil(at.uncertaintyMs),
    evidence: at.evidence ?? '',
  };
  trial.marks.set(name, mark);
  context.emit({ type: 'trialMark', server: trial.server, mark });
}

function tell(context: RunContext, trial: Trial, text: Message): void {
  context.emit({ type: 'phaseProgress', phase: `loseServer:${trial.server}`, server: null, message: text });
}

async function runTrial(context: RunContext, trial: Trial): Promise<FailoverTrial> {
  const { plan, signal } = context;
  const predicted = predictOutage(plan.settings.nodeTimeoutMs);
  const master = victimMaster(context, trial.server);
  context.emit({
    type: 'trialStarted',
    server: trial.server,
    scenario: 'serverLost',
    atMost: promotionDeadlineMs(context) + RETURN_DEADLINE_MS,
  });

  tell(context, trial, message('failover.progress.baseline'));
  const before = await awaitReady(context, 10_000);
  const probes = createProbeWriter({
    plan,
    prefix: `triad:probe:${randomBytes(6).toString('hex')}:`,
    ratePerSecond: RATE_PER_SECOND,
    expiryMs: PROBE_EXPIRY_MS,
    connect: async (node, stop) => context.ways.connectProbe(node, hostOf(context, node.server), stop),
    now: context.now,
  });
  trial.probes = probes;
  const baselineAt = context.now();
  await probes.start();
  await awaitWrites(context, probes, BASELINE_WRITES);

  const watch = await watchFailover({
    nodes: new Map(context.nodes),
    plan,
    victim: trial.server,
    connect: async (node, stop) => context.ways.connectNode(node, hostOf(context, node.server), stop),
    now: context.now,
    onMark: (mark) => note(context, trial, mark.name, mark),
  });
  trial.watch = watch;
  await inject(context, trial, baselineAt);

  tell(context, trial, message('failover.progress.waitPromotion', { seconds: Math.round(promotionDeadlineMs(context) / 1000) }));
  const following = followWrites(context, trial, probes, master.shard);
  const isPromoted = (await watch.waitFor('slotsCovered', { deadlineMs: promotionDeadlineMs(context), signal })) !== null;
  let during: ClusterView | null = null;
  if (isPromoted) {
    tell(context, trial, message('failover.progress.writing'));
    await Promise.all([following, awaitWrites(context, probes, BASELINE_WRITES, context.now())]);
    during = await readClusterView(context);
  }

  tell(context, trial, message('failover.progress.healing', { server: trial.server }));
  await heal(context, trial);
  const victims = nodesOnServer(plan, trial.server);
  await Promise.all(victims.map(async (node) => reachNode(context, node, RETURN_DEADLINE_MS)));
  tell(context, trial, message('failover.progress.sync'));
  await watch.waitFor('inSync', { deadlineMs: RETURN_DEADLINE_MS, signal });

  tell(context, trial, message('failover.progress.restoring'));
  await restoreRoles(context.nodes, plan, {
    signal,
    deadlineMs: RESTORE_DEADLINE_MS,
    emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
  });
  const after = await awaitReady(context, RESTORE_DEADLINE_MS);
  note(context, trial, 'layoutRestored', { atMs: context.now(), uncertaintyMs: 50 });
  await watch.stop();
  trial.watch = null;

  tell(context, trial, message('failover.progress.readBack'));
  await probes.stop();
  const lost = await probes.readBack();
  const journals = probes.journals();
  await probes.cleanUp();
  probes.close();
  const shards = journals.map((journal) =>
    ledgerOf(journal, { faultAtMs: trial.faultAtMs, isVictims: journal.shard === master.shard, lost: lost.get(journal.shard) ?? [] }),
  );
  const victim = shards.find((shard) => shard.isVictims);
  const mark = (name: MarkName): number | null => trial.marks.get(name)?.atMs ?? null;
  const sum = (count: (shard: (typeof shards)[number]) => number): number => shards.reduce((total, shard) => total + count(shard), 0);
  return judgeTrial({
    server: trial.server,
    scenario: 'serverLost',
    startedAt: trial.startedAt,
    outageMs: isPromoted ? (victim?.outageMs ?? null) : null,
    detectedMs: mark('failAgreed'),
    promotedMs: mark('promoted'),
    restoredMs: mark('layoutRestored'),
    attemptedWrites: sum((shard) => shard.attempted),
    acknowledgedWrites: sum((shard) => shard.acknowledged),
    refusedWrites: sum((shard) => shard.refused),
    timedOutWrites: sum((shard) => shard.timedOut),
    lostWrites: sum((shard) => shard.lost),
    predicted,
    marks: [...trial.marks.values()].toSorted((a, b) => a.atMs - b.atMs),
    shards: [...shards],
    route: context.probeRoute,
    layouts: { before, during, after },
    actions: trial.actions,
  });
}

/** Notes the first write of a shard that fails after the fault, and the first one after it that succeeds. Gives up in silence: `judgeTrial` tells. */
async function followWrites(context: RunContext, trial: Trial, probes: ProbeWriter, shard: number): Promise<void> {
  const bounds = { interval: 50, timeout: { milliseconds: promotionDeadlineMs(context) + WRITES_DEADLINE_MS }, signal: context.signal };
  const journalOf = (): ShardJournal | undefined => probes.journals().find((one) => one.shard === shard);
  const sinceMs = trial.faultAtMs;
  try {
    const failed = await pWaitFor(() => {
      const journal = journalOf();
      const first = journal === undefined ? null : firstFailure(journal, sinceMs);
      return first !== null && pWaitFor.resolveWith(first);
    }, bounds);
    note(context, trial, 'firstFailedWrite', { atMs: failed.endedAtMs, uncertaintyMs: 0, evidence: failed.reason });
    const good = await pWaitFor(() => {
      const found = journalOf()?.writes.find((write) => write.outcome === 'acknowledged' && write.startedAtMs > failed.endedAtMs);
      return found !== undefined && pWaitFor.resolveWith(found);
    }, bounds);
    note(context, trial, 'firstGoodWrite', { atMs: good.endedAtMs, uncertaintyMs: 0 });
  } catch (error) {
    if (!(error instanceof TimeoutError) && !context.signal.aborted) throw error;
  }
}

/** Waits until every shard has acknowledged `count` writes that began at `sinceMs` or later. */
async function awaitWrites(context: RunContext, probes: ProbeWriter, count: number, sinceMs = 0): Promise<void> {
  const isEnough = (): boolean =>
    probes
      .journals()
      .every(({ writes }) => writes.filter((write) => write.outcome === 'acknowledged' && write.startedAtMs >= sinceMs).length >= count);
  await pWaitFor(isEnough, { interval: 50, timeout: { milliseconds: WRITES_DEADLINE_MS }, signal: context.signal });
}

/** Places the undo on the victim, then kills. The moment of the kill lies between sending the command and its answer. */
async function inject(context: RunContext, trial: Trial, baselineAtMs: number): Promise<void> {
  const { shell } = hostOf(context, trial.server);
  const { signal } = context;
  trial.isInjected = true;
  await shell.run({ name: 'prepareFault', script: trial.faults.prepare }, { signal });
  const preparedAt = context.now();
  const sentAt = context.now();
  trial.faultAtMs = sentAt;
  await shell.run({ name: 'injectFault', script: trial.faults.inject }, { signal });
  const doneAt = context.now();
  for (const node of nodesOnServer(context.plan, trial.server)) {
    context.nodes.get(node.id)?.close();
    context.nodes.delete(node.id);
  }
  trial.faultAtMs = (sentAt + doneAt) / 2;
  const { server, healAfterSeconds: seconds } = trial;
  trial.actions.push(
    {
      atMs: Math.round(preparedAt - trial.faultAtMs),
      server,
      done: message('failover.action.undoPlaced', { server, seconds }),
      undoneAtMs: null,
    },
    { atMs: 0, server, done: message('failover.action.killed', { server }), undoneAtMs: null },
  );
  note(context, trial, 'baselineStarted', { atMs: baselineAtMs, uncertaintyMs: 0 });
  note(context, trial, 'faultInjected', { atMs: trial.faultAtMs, uncertaintyMs: (doneAt - sentAt) / 2 });
}

/** Starts the nodes again and takes the timer away; not bound to the run's signal, since it must also work after an interruption. */
async function heal(context: RunContext, trial: Trial): Promise<void> {
  const { server, healAfterSeconds: seconds } = trial;
  try {
    await hostOf(context, server).shell.run({ name: 'healFault', script: trial.faults.heal }, { deadlineMs: HEAL_DEADLINE_MS });
  } catch (error) {
    const { code, values, evidence } = failureOf(error, serverSubject(server));
    throw fail('failover.notHealed', serverSubject(server), {
      values: { server, reason: say({ code, values }), seconds },
      evidence,
      cause: error,
    });
  }
  trial.isInjected = false;
  const undoneAtMs = Math.round(context.now() - trial.faultAtMs);
  for (const action of trial.actions) action.undoneAtMs = undoneAtMs;
}

/**
 * After a trial that broke off: gives the masters their planned nodes back, or says who must. Like `heal` not bound to the run's signal. A cluster with
 * two masters on one server works, and the next lost server breaks it.
 */
async function takeRolesBack(context: RunContext, trial: Trial): Promise<void> {
  const { plan } = context;
  const signal = AbortSignal.timeout(RESTORE_DEADLINE_MS);
  try {
    await Promise.all(nodesOnServer(plan, trial.server).map(async (node) => reachNode(context, node, RETURN_DEADLINE_MS, signal)));
    await restoreRoles(context.nodes, plan, {
      signal,
      deadlineMs: RESTORE_DEADLINE_MS,
      emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
    });
  } catch (error) {
    const { code, values } = failureOf(error, serverSubject(trial.server));
    context.emit({
      type: 'note',
      level: 'warn',
      server: null,
      message: message('cluster.rolesNotAsPlanned', { reason: say({ code, values }) }),
    });
    context.emit({ type: 'note', level: 'warn', server: null, message: message('cluster.rolesNotAsPlanned.remedy') });
  }
}
