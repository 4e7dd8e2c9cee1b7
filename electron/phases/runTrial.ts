import { randomBytes } from 'node:crypto';
import { watchFailover, type FailoverWatch } from '../redis/failoverWatch.ts';
import { ledgerOf, type LostWrite } from '../redis/ledger.ts';
import { outageUncertaintyMs } from '../redis/outageUncertainty.ts';
import { PROBE_KEYS } from '../redis/probeKeys.ts';
import { createProbeWriter, type ProbeWriter } from '../redis/probeWriter.ts';
import { restoreRoles } from '../redis/restoreRoles.ts';
import { failureOf } from '../shared/domain/failure.ts';
import { predictOutageOf, type FailoverTrial, type MarkName, type ShardLedger } from '../shared/domain/failover.ts';
import { bootDeadlineMs, promotionDeadlineMs, RETURN_DEADLINE_MS } from '../shared/domain/faultLimit.ts';
import { layoutOf } from '../shared/domain/reportLayout.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { asSeen } from './powerFault.ts';
import { reachNode } from './connectNodes.ts';
import { judgeTrial } from './judgeTrial.ts';
import { restingNodes } from './lastElection.ts';
import { createNoticing } from './noticing.ts';
import { readClusterView } from './observeCluster.ts';
import { awaitWrites, followWrites } from './probeWrites.ts';
import { awaitReady } from './requireReady.ts';
import { restoreDeadlineMs } from './restorePlannedRoles.ts';
import { hostOf, type RunContext } from './runContext.ts';
import { tellProgress } from './trialProgress.ts';
import { awaitRest, injectFault } from './injectFault.ts';
import { endProbes, note, tell, type Trial } from './trial.ts';
import { healVictim } from './healVictim.ts';
import { measureClocks, readTrialLogs } from './trialLogs.ts';
import { BASELINE_DEADLINE_MS, probeExpiryMs, WRITES_DEADLINE_MS } from './trialDeadlines.ts';

/** Writes per second and shard. An open loop: waiting for an answer does not slow it, so an outage cannot hide in it. */
const RATE_PER_SECOND = 200;
/** Acknowledged writes per shard before the fault, and again after the promotion: enough for percentiles. */
const BASELINE_WRITES = 400;

/** What a step failed with, and the same in words. */
interface Trouble {
  readonly error: unknown;
  readonly words: string;
}

/** Runs a step; its failure must not take the figures of the trial with it. An interruption is passed on: nothing is judged then. */
async function attempt<T>(
  context: RunContext,
  step: () => Promise<T>,
): Promise<{ readonly value: T; readonly trouble: null } | { readonly value: null; readonly trouble: Trouble }> {
  try {
    return { value: await step(), trouble: null };
  } catch (error) {
    if (context.signal.aborted) throw error;
    const { code, values } = failureOf(error, clusterSubject);
    return { value: null, trouble: { error, words: say({ code, values }) } };
  }
}

/** What a trial came to; `trouble` is what the phase fails with although the trial has figures. */
export interface TrialEnd {
  readonly finished: FailoverTrial;
  readonly notRestored: Trouble | null;
  readonly trouble: Trouble | null;
}

/** Runs one trial from its baseline to its verdict. Throws only where there are no figures: before the fault, and when interrupted. */
export async function runTrial(context: RunContext, trial: Trial): Promise<TrialEnd> {
  const { plan, signal } = context;
  const { scenario, server } = trial;
  const predicted = predictOutageOf(scenario, plan.settings);
  const atMost = promotionDeadlineMs(scenario, plan.settings) + bootDeadlineMs(scenario) + RETURN_DEADLINE_MS;
  context.emit({ type: 'trialStarted', server, scenario, atMost, measures: [...trial.measures] });

  tell(context, trial, message('failover.progress.baseline'));
  await awaitRest(context, trial);
  const before = await awaitReady(context, BASELINE_DEADLINE_MS);
  const prefix = `${PROBE_KEYS}${randomBytes(6).toString('hex')}:`;
  const expiryMs = probeExpiryMs(scenario, plan.settings, trial.deadlineMs);
  const probes = createProbeWriter({
    plan,
    prefix,
    ratePerSecond: RATE_PER_SECOND,
    expiryMs,
    connect: async (node, stop) => context.ways.connectProbe(node, hostOf(context, node.server), stop),
    now: context.now,
  });
  const noticing = createNoticing(context, trial.measures, { prefix, expiryMs });
  trial.probes = probes;
  trial.noticing = noticing;
  // Once: whatever becomes of this computer's own time of day, the run's clock goes on from here.
  const timeOfDayMs = Date.now() - context.now();
  const clocks = await measureClocks(context, timeOfDayMs);
  const baselineAt = context.now();
  trial.progress = tellProgress(context, trial);
  await Promise.all([probes.start(), noticing.start()]);
  await awaitWrites(probes, { count: BASELINE_WRITES, sinceMs: 0 }, { deadlineMs: WRITES_DEADLINE_MS, signal });

  const watch = await watchFailover({
    nodes: new Map(context.nodes),
    plan,
    victims: trial.hit.map(({ id }) => id),
    // A server without power takes its connection with it: nodes that this computer reaches are looked at straight then, so that their return is seen.
    connect: async (node, stop) => {
      const host = hostOf(context, node.server);
      return trial.fault?.kind === 'power' ? context.ways.connectProbe(node, host, stop) : context.ways.connectNode(node, host, stop);
    },
    now: context.now,
    onMark: (seen) => {
      const mark = asSeen(context, trial, seen);
      if (trial.early === null) note(context, trial, mark.name, mark);
      else trial.early.push(mark);
    },
  });
  trial.watch = watch;
  await injectFault(context, trial, watch, baselineAt);

  const promotion = await attempt(context, () => awaitPromotion(context, trial, probes, watch));
  const restoring = await attempt(context, () => restoreAll(context, trial, watch));
  await watch.stop();
  trial.watch = null;

  tell(context, trial, message('failover.progress.readBack'));
  // Nothing is written any more: going on would show an outage that is none.
  trial.progress.stop();
  await Promise.all([probes.stop(), noticing.stop()]);
  const reading = await attempt(context, () => probes.readBack());
  const shards = ledgersOf(trial, probes, trial.master.shard, reading.value);
  const victim = shards.find((shard) => shard.isVictims);
  const outageEndsAtMs = trial.faultAtMs + (victim?.outageToMs ?? 0);
  const noticed = await noticing.figures({ faultAtMs: trial.faultAtMs, outageEndsAtMs, ledgers: shards, journals: probes.journals() });
  await endProbes(context, trial);

  const marks = [...trial.marks.values()].toSorted((a, b) => a.atMs - b.atMs);
  tell(context, trial, message('failover.progress.logs'));
  const told = await readTrialLogs(context, trial, { before: clocks, timeOfDayMs, view: before, marks });
  const mark = (name: MarkName): number | null => trial.marks.get(name)?.atMs ?? null;
  const sum = (count: (shard: ShardLedger) => number): number => shards.reduce((total, shard) => total + count(shard), 0);
  const measured: Parameters<typeof judgeTrial>[0] = {
    server,
    scenario,
    startedAt: trial.startedAt,
    outageMs: isServedAgain(trial) ? (victim?.outageMs ?? null) : null,
    detectedMs: mark('failAgreed'),
    promotedMs: mark('promoted'),
    restoredMs: mark('layoutRestored'),
    attemptedWrites: sum((shard) => shard.attempted),
    acknowledgedWrites: sum((shard) => shard.acknowledged),
    refusedWrites: sum((shard) => shard.refused),
    timedOutWrites: sum((shard) => shard.timedOut),
    lostWrites: reading.value === null ? null : sum((shard) => shard.lost ?? 0),
    predicted,
    marks,
    shards: [...shards],
    ...(trial.measures.length === 0 ? {} : { noticed }),
    route: context.probeRoute,
    layouts: { before, during: promotion.value, after: restoring.value },
    // As it is now: what is taken back later is told by an event of its own.
    actions: trial.actions.map((action) => ({ ...action })),
    ...told,
  };
  const finished = judgeTrial(measured, {
    notServed: promotion.trouble?.words ?? null,
    notRestored: restoring.trouble?.words ?? null,
    notReadBack: reading.trouble?.words ?? null,
  });
  return { finished, notRestored: restoring.trouble, trouble: restoring.trouble ?? promotion.trouble ?? reading.trouble };
}

/** Whether clients of the victim's shard were seen to be served again: by the replica, or by the same process where it may be back before that. */
function isServedAgain({ marks, scenario }: Trial): boolean {
  if (marks.has('slotsCovered')) return true;
  return SCENARIO_FACTS[scenario].takeover === 'possible' && marks.has('serverStarted');
}

/** Waits for the replica to take over, and then for clients to be served again. Returns the view of that, or null where none took over in time. */
async function awaitPromotion(context: RunContext, trial: Trial, probes: ProbeWriter, watch: FailoverWatch): Promise<ClusterView | null> {
  const { signal } = context;
  const promotionMs = promotionDeadlineMs(trial.scenario, context.plan.settings);
  tell(context, trial, message('failover.progress.waitPromotion', { seconds: Math.round(promotionMs / 1000) }));
  const bounds = { deadlineMs: promotionMs + WRITES_DEADLINE_MS, signal };
  const served = new AbortController();
  const following = followWrites(
    probes,
    trial.master.shard,
    trial.faultAtMs,
    { ...bounds, signal: AbortSignal.any([signal, served.signal]) },
    {
      failed: (write) => note(context, trial, 'firstFailedWrite', { atMs: write.endedAtMs, uncertaintyMs: 0, evidence: write.reason }),
      good: (write) => note(context, trial, 'firstGoodWrite', { atMs: write.endedAtMs, uncertaintyMs: 0 }),
    },
  );
  const goals =
    SCENARIO_FACTS[trial.scenario].takeover === 'certain' ? (['slotsCovered'] as const) : (['slotsCovered', 'serverStarted'] as const);
  const reached = await Promise.race(goals.map(async (goal) => watch.waitFor(goal, { deadlineMs: promotionMs, signal })));
  // Nobody was sent away: the old master is back as soon as it follows the new one, or goes on as it was where none took over.
  if (trial.fault === null) watch.returned();
  if (reached === null) return null;
  tell(context, trial, message('failover.progress.writing'));
  const wanted = { count: BASELINE_WRITES, sinceMs: context.now() };
  await awaitWrites(probes, wanted, { deadlineMs: WRITES_DEADLINE_MS, signal });
  // After a gentle scenario no write may have failed at all: nothing is waited for then.
  served.abort();
  await following;
  return readClusterView(context);
}

/** Heals the victim, waits until it is in sync, gives the masters their planned nodes back; returns the view that proves it. */
async function restoreAll(context: RunContext, trial: Trial, watch: FailoverWatch): Promise<ClusterView> {
  const { plan, signal } = context;
  tell(context, trial, message('failover.progress.healing', { server: trial.server }));
  await healVictim(context, trial, signal);
  await Promise.all(trial.hit.map(async (node) => reachNode(context, node, RETURN_DEADLINE_MS)));
  tell(context, trial, message('failover.progress.sync'));
  await watch.waitFor('inSync', { deadlineMs: RETURN_DEADLINE_MS, signal });

  tell(context, trial, message('failover.progress.restoring'));
  await restoreRoles(context.nodes, plan, {
    signal,
    deadlineMs: restoreDeadlineMs(plan.settings.nodeTimeoutMs),
    ...restingNodes(context, trial.phase),
    emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
  });
  const after = await awaitReady(context, RETURN_DEADLINE_MS);
  trial.progress?.tellProved(layoutOf(plan, after, 'after').nodes);
  note(context, trial, 'layoutRestored', { atMs: context.now(), uncertaintyMs: 50 });
  // A switchover leaves nothing on the server to heal: giving the roles back is what undoes it.
  for (const action of trial.actions) action.undoneAtMs ??= Math.round(context.now() - trial.faultAtMs);
  return after;
}

/** The ledgers of all shards; `lost` is null when nothing could be read back. */
function ledgersOf(
  trial: Trial,
  probes: ProbeWriter,
  victimShard: number,
  lost: ReadonlyMap<number, readonly LostWrite[]> | null,
): readonly ShardLedger[] {
  const { faultAtMs } = trial;
  return probes.journals().map((journal) => {
    const ledger = ledgerOf(journal, {
      faultAtMs,
      isVictims: journal.shard === victimShard,
      lost: lost === null ? null : (lost.get(journal.shard) ?? []),
    });
    return { ...ledger, outageUncertaintyMs: outageUncertaintyMs(journal, ledger, { faultAtMs, ratePerSecond: RATE_PER_SECOND }) };
  });
}
