import type { MarkName } from '../shared/domain/failover.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { RedisNodes } from './clusterView.ts';
import type { LayoutNode } from '../shared/domain/reportLayout.ts';
import { FailoverMarks, victimOf, type Glance, type WatchMark } from './failoverMarks.ts';
import { nodesNow } from './nodesNow.ts';
import { parseClusterNodes } from './parseClusterNodes.ts';
import { numberField, parseInfo } from './parseInfo.ts';
import type { ConnectNode } from './probeRoutes.ts';
import type { RedisNode } from './redisNode.ts';

/** What a watch needs. */
export interface FailoverWatchOptions {
  readonly plan: ClusterPlan;
  /** Planned ids of the nodes that will be hit. */
  readonly victims: readonly string[];
  /** Open connections to all six nodes; they are used, not closed. Lost ones are replaced by connections of the watch's own. */
  readonly nodes: RedisNodes;
  readonly connect: ConnectNode;
  /** From one look at a node to the next; 10 ms unless told. Each node is looked at on its own, so a frozen one delays no other. */
  readonly pollMs?: number;
  /** Monotonic milliseconds; `performance.now` unless told. */
  readonly now?: () => number;
  readonly onMark?: (mark: WatchMark) => void;
}

/** Looks at all nodes without pause while a failover is going on. */
export interface FailoverWatch {
  /** To be called right before the fault: nothing is marked earlier. Throws `cluster.notReady` when a survivor suspects the victim's master already. */
  arm(): void;
  /** The fault is over: nodes that answered all the time count as returned with their next answer. */
  returned(): void;
  /** What was seen so far, in order. */
  marks(): readonly WatchMark[];
  /** The six nodes as they stand now, for a picture. */
  nodes(): readonly LayoutNode[];
  /** Resolves with the mark as soon as it was seen, or with null when the deadline passes first; rejects with `run.aborted`. */
  waitFor(name: MarkName, bounds: { readonly deadlineMs: number; readonly signal?: AbortSignal | undefined }): Promise<WatchMark | null>;
  /** Ends all looking and the watch's own connections. */
  stop(): Promise<void>;
}

const POLL_MS = 10;
const GLANCE_DEADLINE_MS = 500;
const RECONNECT_MS = 100;
/** A connection that is silent for this long is replaced: after a power cut its TCP may wait for a retransmission for a minute. */
const GIVE_UP_SILENT_MS = 2000;

/** One quick look at a node: what of `read()` a failover shows, in one round trip. */
async function glanceAt(node: RedisNode, before: Pick<Glance, 'previousAtMs' | 'missedAtMs'>, now: () => number): Promise<Glance> {
  const askedAtMs = now();
  const replies = await node.pipeline(
    [
      ['CLUSTER', 'NODES'],
      ['CLUSTER', 'INFO'],
      ['INFO', 'replication'],
    ],
    { deadlineMs: GLANCE_DEADLINE_MS },
  );
  const [peers = null, cluster = null, replication = null] = replies.map((reply) => (reply.ok ? String(reply.value) : null));
  // While it loads its data after a start a node refuses these: it is not back yet.
  if (peers === null || cluster === null || replication === null)
    throw fail('redis.unreachable', node.subject, { values: { node: node.node, reason: 'LOADING' }, retryable: true });
  const info = parseInfo(replication);
  const isReplica = info.get('role') === 'slave' || info.get('role') === 'replica';
  return {
    node: node.node,
    askedAtMs,
    atMs: now(),
    ...before,
    isStateOk: parseInfo(cluster).get('cluster_state') === 'ok',
    peers: parseClusterNodes(peers),
    isLinkUp: !isReplica || (info.get('master_link_status') === 'up' && info.get('master_sync_in_progress') !== '1'),
    offset: numberField(info, isReplica ? 'slave_repl_offset' : 'master_repl_offset', 0),
  };
}

/**
 * Starts watching. Resolves after the first look at every node, which tells who the victim's masters are: `arm` it and inject the fault only then. Rejects when
 * a node does not answer at that moment.
 */
export async function watchFailover(options: FailoverWatchOptions): Promise<FailoverWatch> {
  const { plan, pollMs = POLL_MS } = options;
  const now = options.now ?? (() => performance.now());
  const unseen = { previousAtMs: now(), missedAtMs: null };
  const first = await Promise.all([...options.nodes.values()].map((node) => glanceAt(node, unseen, now)));
  const judged = new FailoverMarks(victimOf(options.victims, first), plan);
  for (const glance of first) judged.take(glance);
  const glances = new Map(first.map((glance) => [glance.node, glance]));
  const silent = new Set<string>();
  let isArmed = false;
  const stopped = new AbortController();
  const waiting = new Set<() => void>();
  const own = new Set<RedisNode>();

  const rest = (durationMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stopped.signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.max(0, durationMs));
      stopped.signal.addEventListener('abort', end, { once: true });
    });

  async function reconnect(spec: NodeSpec): Promise<RedisNode | null> {
    try {
      const node = await options.connect(spec, stopped.signal);
      own.add(node);
      if (stopped.signal.aborted) node.close();
      return node;
    } catch {
      // Down: that is what is being watched.
      return null;
    }
  }

  async function look(spec: NodeSpec): Promise<void> {
    let node = options.nodes.get(spec.id) ?? null;
    let answeredAtMs = now();
    let previousAtMs = answeredAtMs;
    let missedAtMs: number | null = null;
    while (!stopped.signal.aborted) {
      const lookedAtMs = now();
      try {
        node ??= await reconnect(spec);
        if (node === null) throw fail('redis.unreachable', clusterSubject);
        const glance = await glanceAt(node, { previousAtMs, missedAtMs }, now);
        answeredAtMs = glance.atMs;
        previousAtMs = glance.askedAtMs;
        missedAtMs = null;
        glances.set(spec.id, glance);
        silent.delete(spec.id);
        const marks = judged.take(glance);
        for (const mark of marks) options.onMark?.(mark);
        if (marks.length > 0) for (const tell of waiting) tell();
        await rest(pollMs - (now() - lookedAtMs));
      } catch {
        missedAtMs = lookedAtMs;
        judged.lost(spec.id, now());
        silent.add(spec.id);
        // A frozen process keeps its connection and may thaw; what fails at once, or is silent for long, needs a new one.
        const isSilent = now() - lookedAtMs >= GLANCE_DEADLINE_MS && now() - answeredAtMs < GIVE_UP_SILENT_MS;
        if (node !== null && !isSilent) {
          if (own.has(node)) node.close();
          node = null;
        }
        await rest(isSilent ? pollMs : RECONNECT_MS);
      }
    }
  }

  const looking = plan.nodes.map((spec) => look(spec));
  return {
    arm: () => {
      const reason = judged.suspicions.join('; ');
      if (reason !== '') throw fail('cluster.notReady', clusterSubject, { values: { reason }, retryable: true });
      judged.arm();
      isArmed = true;
    },
    returned: () => judged.returned(now()),
    marks: () => judged.marks,
    nodes: () => nodesNow(plan, { glances, silent, lost: isArmed ? options.victims : [] }),
    waitFor: (name, bounds) =>
      new Promise((resolve, reject) => {
        const settle = (end: () => void): void => {
          clearTimeout(timer);
          waiting.delete(tell);
          bounds.signal?.removeEventListener('abort', onAbort);
          end();
        };
        const tell = (): void => {
          const mark = judged.find(name);
          if (mark !== null) settle(() => resolve(mark));
        };
        const onAbort = (): void => settle(() => reject(fail('run.aborted', clusterSubject)));
        const timer = setTimeout(() => settle(() => resolve(null)), bounds.deadlineMs);
        waiting.add(tell);
        if (bounds.signal?.aborted === true) onAbort();
        else bounds.signal?.addEventListener('abort', onAbort, { once: true });
        tell();
      }),
    stop: async () => {
      stopped.abort();
      for (const node of own) node.close();
      await Promise.all(looking);
    },
  };
}
