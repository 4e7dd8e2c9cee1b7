import { randomBytes } from 'node:crypto';
import { PROBE_KEYS } from '../redis/probeKeys.ts';
import { createProbeWriter, type ProbeWriter } from '../redis/probeWriter.ts';
import { shardImpactOf } from '../redis/shardImpact.ts';
import type { Switchover, SwitchoverResult } from '../redis/switchOver.ts';
import type { ImpactMoment } from '../shared/domain/clientImpact.ts';
import { failureOf } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { judgeImpact } from './judgeImpact.ts';
import { awaitWrites } from './probeWrites.ts';
import { hostOf, type RunContext } from './runContext.ts';

/** Writes per second and shard, as in the failover test: a gap is known to 5 ms. */
const RATE_PER_SECOND = 200;
/** Acknowledged writes per shard before the first switchover, and again after the last one. */
const WRITES_AROUND = 100;
const WRITES_DEADLINE_MS = 15_000;
/** For reading back and deleting, three shards one after the other, 15 s each. */
const AFTERWARDS_MS = 2 * 3 * 15_000;

/** What is watched. */
export interface WatchedWork {
  readonly moment: ImpactMoment;
  readonly server: string | null;
  /** How long the work may take, milliseconds; the probe keys outlast it. */
  readonly deadlineMs: number;
}

/**
 * Makes planned switchovers while writers as applications are write to all shards, and tells what they noticed: `clientImpact`. Where nothing can be
 * written (a cluster out of memory refuses it) the work goes on unmeasured, with a warning: it moves roles, and is needed most on such a day.
 */
export async function watchClients(
  context: RunContext,
  watched: WatchedWork,
  work: () => Promise<SwitchoverResult>,
): Promise<SwitchoverResult> {
  const startedAt = new Date().toISOString();
  const startedAtMs = context.now();
  // Twice the longest that it can take, as in the failover test: an expired key would look like a lost write.
  const expiryMs = 2 * (watched.deadlineMs + 2 * WRITES_DEADLINE_MS + AFTERWARDS_MS);
  const probes = createProbeWriter({
    plan: context.plan,
    prefix: `${PROBE_KEYS}${randomBytes(6).toString('hex')}:`,
    ratePerSecond: RATE_PER_SECOND,
    expiryMs,
    connect: async (node, stop) => context.ways.connectProbe(node, hostOf(context, node.server), stop),
    now: context.now,
  });
  try {
    const isWriting = await begin(context, probes);
    const result = await work();
    if (isWriting) await tellImpact(context, watched, probes, { startedAt, startedAtMs, switchovers: result.switchovers });
    return result;
  } finally {
    await end(context, probes, expiryMs);
  }
}

function bounds(context: RunContext): Parameters<typeof awaitWrites>[2] {
  return { deadlineMs: WRITES_DEADLINE_MS, signal: context.signal };
}

/** Writes before anything is done; false where that is not possible. */
async function begin(context: RunContext, probes: ProbeWriter): Promise<boolean> {
  try {
    await probes.start();
    await awaitWrites(probes, { count: WRITES_AROUND, sinceMs: 0 }, bounds(context));
    return true;
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, values } = failureOf(error, clusterSubject);
    warn(context, message('impact.notMeasured', { reason: say({ code, values }) }));
    return false;
  }
}

async function tellImpact(
  context: RunContext,
  { moment, server }: WatchedWork,
  probes: ProbeWriter,
  seen: { readonly startedAt: string; readonly startedAtMs: number; readonly switchovers: readonly Switchover[] },
): Promise<void> {
  // A shard that acknowledges nothing any more must not hide what was noticed: the gap then reaches to the end.
  await awaitWrites(probes, { count: WRITES_AROUND, sinceMs: context.now() }, bounds(context)).catch(() => context.signal.throwIfAborted());
  await probes.stop();
  let notReadBack: string | null = null;
  const lost = await probes.readBack().catch((error: unknown) => {
    context.signal.throwIfAborted();
    const { code, values } = failureOf(error, clusterSubject);
    notReadBack = say({ code, values });
    return null;
  });
  const shards = probes
    .journals()
    .map((journal) => shardImpactOf(journal, seen.switchovers, lost === null ? null : (lost.get(journal.shard) ?? [])));
  const impact = judgeImpact(
    {
      moment,
      server,
      startedAt: seen.startedAt,
      durationMs: context.now() - seen.startedAtMs,
      route: context.probeRoute,
      ratePerSecond: RATE_PER_SECOND,
      shards,
    },
    notReadBack,
  );
  context.emit({ type: 'clientImpact', impact });
}

/** Deletes the probe keys; those that cannot be deleted expire: a warning, and no reason to fail. */
async function end(context: RunContext, probes: ProbeWriter, expiryMs: number): Promise<void> {
  try {
    await probes.stop();
    await probes.cleanUp();
  } catch (error) {
    const { code, values } = failureOf(error, clusterSubject);
    warn(context, message('failover.keysLeft', { reason: say({ code, values }), minutes: Math.ceil(expiryMs / 60_000) }));
  } finally {
    probes.close();
  }
}

function warn(context: RunContext, text: ReturnType<typeof message>): void {
  context.emit({ type: 'note', level: 'warn', server: null, message: text });
}
