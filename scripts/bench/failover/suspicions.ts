import { setTimeout as pause } from 'node:timers/promises';
import { parseClusterNodes } from '../../../electron/redis/parseClusterNodes.ts';
import type { RedisNode } from '../../../electron/redis/redisNode.ts';
import type { BenchCluster } from './benchCluster.ts';

/** Between two looks at one node, milliseconds: a suspicion that is shorter may be missed. */
const lookEveryMs = 100;
const answerWithinMs = 1000;

/** Watches what the nodes of a cluster think of each other. */
export interface SuspicionWatch {
  /** How often a node was seen to begin to suspect another one (`fail?` or `fail` in CLUSTER NODES), so far. */
  count(): number;
  /** Whether nobody suspects anybody, as all nodes said at their latest look. */
  isCalm(): boolean;
  stop(): Promise<void>;
}

/** Counts new suspicions in the answers of one node. */
export class SuspicionCounter {
  #suspected: ReadonlySet<string> = new Set();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get isCalm(): boolean {
    return this.#suspected.size === 0;
  }

  /** Takes an answer to CLUSTER NODES. */
  take(reply: string): void {
    const now = parseClusterNodes(reply).flatMap(({ redisId, health }) => (health === 'ok' ? [] : [redisId]));
    this.#count += now.filter((peer) => !this.#suspected.has(peer)).length;
    this.#suspected = new Set(now);
  }
}

/** Begins to look at all nodes, until it is stopped or `ended` is aborted. One that does not answer is asked again over a new connection; what it thinks meanwhile stays unseen. */
export function watchSuspicions({ plan, connect }: BenchCluster, ended: AbortSignal): SuspicionWatch {
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, ended]);
  const counters = plan.nodes.map(() => new SuspicionCounter());
  const watching = plan.nodes.map(async (spec, index) => {
    let node: RedisNode | null = null;
    while (!signal.aborted) {
      try {
        node ??= await connect(spec, signal);
        const reply = await node.call(['CLUSTER', 'NODES'], { deadlineMs: answerWithinMs, signal });
        counters[index]?.take(String(reply));
      } catch {
        node?.close();
        node = null;
      }
      await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
    node?.close();
  });
  return {
    count: () => counters.reduce((sum, { count }) => sum + count, 0),
    isCalm: () => counters.every(({ isCalm }) => isCalm),
    stop: async () => {
      stopped.abort();
      await Promise.all(watching);
    },
  };
}
