import { randomBytes } from 'node:crypto';
import type { Phase } from '../../engine/phase.ts';
import type { ShardJournal } from '../../redis/ledger.ts';
import { parseInfo } from '../../redis/parseInfo.ts';
import { createProbeWriter, type ProbeWriter } from '../../redis/probeWriter.ts';
import type { RedisNode } from '../../redis/redisNode.ts';
import { message } from '../../shared/messages/message.ts';
import type { NodeSpec } from '../../shared/domain/plan.ts';
import { awaitWrites } from '../probeWrites.ts';
import { pauseFor } from '../connectBooting.ts';
import { hostOf, type RunContext } from '../runContext.ts';
import { unmet, type TellFact } from './firstRunPhase.ts';

/** Writes per second and shard while every node saves; as in the failover test. */
const RATE_PER_SECOND = 200;
const WRITES_AROUND = 100;
const WRITES_DEADLINE_MS = 30_000;
/** What lies in each shard while it is saved: enough that copying it takes a moment, little beside the smallest `maxMemory` (16 MiB is refused). */
const FILL_KEYS = 6000;
const FILL_VALUE_BYTES = 1024;
const FILL_BATCH = 500;
/** Everything that is written goes by itself, should the removal be left out. */
const EXPIRY_SECONDS = 3600;
const SAVE_DEADLINE_MS = 120_000;
const POLL_MS = 50;

/** The longest stretch without an acknowledged write between two moments on the writer's clock, milliseconds. */
export function longestSilence(journal: ShardJournal, fromMs: number, toMs: number): number {
  const ends = journal.writes
    .filter(({ outcome, endedAtMs }) => outcome === 'acknowledged' && endedAtMs > fromMs && endedAtMs < toMs)
    .map(({ endedAtMs }) => endedAtMs)
    .toSorted((a, b) => a - b);
  return [...ends, toMs].reduce(({ longest, last }, at) => ({ longest: Math.max(longest, at - last), last: at }), {
    longest: 0,
    last: fromMs,
  }).longest;
}

/**
 * Has every node save while writers write to all shards, one node after the other: fork on Windows copies the whole memory of the node, which holds it up.
 * Takes down how long each took and how long clients waited. Fails with `firstRun.unmet` where a save failed or did not end. After `connectNodes`.
 */
export function saveUnderLoad(tell: TellFact, label = ''): Phase<RunContext> {
  return {
    id: 'saveUnderLoad',
    title: message('phase.saveUnderLoad'),
    scope: 'cluster',
    run: async (context) => {
      const prefix = `triad:first-run:${randomBytes(6).toString('hex')}:`;
      await Promise.all(context.plan.nodes.filter(({ role }) => role === 'master').map((node) => fill(context, node, prefix)));
      const probes = createProbeWriter({
        plan: context.plan,
        prefix,
        ratePerSecond: RATE_PER_SECOND,
        expiryMs: EXPIRY_SECONDS * 1000,
        connect: async (node, stop) => context.ways.connectProbe(node, hostOf(context, node.server), stop),
        now: context.now,
      });
      try {
        await probes.start();
        await awaitWrites(probes, { count: WRITES_AROUND, sinceMs: 0 }, { deadlineMs: WRITES_DEADLINE_MS, signal: context.signal });
        for (const node of context.plan.nodes)
          await saveNode(context, node, probes, (name, value, unit) =>
            tell({ server: node.server, name: `${label}${node.id}.${name}`, value, unit }),
          );
        await awaitWrites(
          probes,
          { count: WRITES_AROUND, sinceMs: context.now() },
          { deadlineMs: WRITES_DEADLINE_MS, signal: context.signal },
        );
      } finally {
        await probes.stop().catch(() => undefined);
        probes.close();
      }
      return 'changed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

function nodeOf(context: RunContext, node: NodeSpec): RedisNode {
  const connection = context.nodes.get(node.id);
  if (connection === undefined) throw new Error(`${node.id} is not connected`);
  return connection;
}

async function fill(context: RunContext, node: NodeSpec, prefix: string): Promise<void> {
  const connection = nodeOf(context, node);
  const value = 'x'.repeat(FILL_VALUE_BYTES);
  // Two thirds of the names belong to the other shards, whose nodes answer MOVED: their own fill writes them.
  for (let from = 0; from < 3 * FILL_KEYS; from += FILL_BATCH) {
    const batch = Array.from(
      { length: FILL_BATCH },
      (_, at) => ['SET', `${prefix}fill:${from + at}`, value, 'EX', EXPIRY_SECONDS] as const,
    );
    await connection.pipeline(batch, { signal: context.signal, deadlineMs: WRITES_DEADLINE_MS });
  }
}

async function infoText(
  connection: RedisNode,
  section: string,
  bounds: { readonly signal: AbortSignal; readonly deadlineMs: number },
): Promise<string> {
  return String(await connection.call(['INFO', section], bounds));
}

async function saveNode(
  context: RunContext,
  node: NodeSpec,
  probes: Pick<ProbeWriter, 'journals'>,
  tell: (name: string, value: string | number, unit: 'ms' | 'bytes' | null) => void,
): Promise<void> {
  const connection = nodeOf(context, node);
  const bounds = { signal: context.signal, deadlineMs: SAVE_DEADLINE_MS };
  const beganMs = context.now();
  await connection.call(['BGSAVE'], bounds);
  for (;;) {
    const info = parseInfo(await infoText(connection, 'persistence', bounds));
    if (info.get('rdb_bgsave_in_progress') === '0') {
      const stats = parseInfo(await infoText(connection, 'stats', bounds));
      const memory = parseInfo(await infoText(connection, 'memory', bounds));
      tell('saveMs', Math.round(context.now() - beganMs), 'ms');
      tell('forkMs', Math.round(Number(stats.get('latest_fork_usec') ?? 0) / 1000), 'ms');
      tell('usedMemory', Number(memory.get('used_memory') ?? 0), 'bytes');
      tell('status', info.get('rdb_last_bgsave_status') ?? '', null);
      const silences = probes.journals().map((journal) => longestSilence(journal, beganMs, context.now()));
      tell('longestSilenceMs', Math.round(Math.max(0, ...silences)), 'ms');
      if (info.get('rdb_last_bgsave_status') !== 'ok')
        throw unmet(node.server, message('firstRun.why.saveFailed', { node: node.id }), [...info].map((pair) => pair.join(':')).join('\n'));
      return;
    }
    if (context.now() - beganMs > SAVE_DEADLINE_MS)
      throw unmet(node.server, message('firstRun.why.saveNotEnded', { node: node.id, seconds: SAVE_DEADLINE_MS / 1000 }));
    await pauseFor(POLL_MS, context.signal);
  }
}
