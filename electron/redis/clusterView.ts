import { FailureError } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { ClusterReason } from '../shared/domain/clusterReason.ts';
import type { ClusterView, NodeView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import { pause, throwIfAborted, type CallBounds } from './bounded.ts';
import type { RedisNode } from './redisNode.ts';

/** Administrative connections by planned node id. */
export type RedisNodes = ReadonlyMap<string, RedisNode>;

/** How long one node may take to answer before a view counts it as silent, milliseconds. */
const READ_DEADLINE_MS = 1000;

/** In a few words why a node was silent, for `ClusterView.silent`. */
function silenceOf(error: unknown): string {
  if (!(error instanceof FailureError)) return String(error);
  const { code, values } = error.failure;
  return String(values['reason'] ?? say({ code, values }));
}

/**
 * Asks all nodes at once what they say of the cluster. A node that does not answer within its deadline is listed as silent, with the reason;
 * `absent` are planned nodes to which there is no connection, with the reason for each. Throws only `run.aborted`.
 */
export async function readCluster(
  nodes: RedisNodes,
  bounds: CallBounds & { readonly absent?: ReadonlyMap<string, string> } = {},
): Promise<ClusterView> {
  const at = new Date().toISOString();
  const silent = [...(bounds.absent ?? [])].map(([node, reason]) => ({ node, reason }));
  const answers = await Promise.all(
    [...nodes.values()].map(async (node): Promise<NodeView | null> => {
      try {
        return await node.read({ signal: bounds.signal, deadlineMs: bounds.deadlineMs ?? READ_DEADLINE_MS });
      } catch (error) {
        silent.push({ node: node.node, reason: silenceOf(error) });
        return null;
      }
    }),
  );
  throwIfAborted(bounds.signal, clusterSubject);
  return { at, views: answers.filter((view) => view !== null), silent };
}

/** Where waiting for a view ends. */
export interface WaitBounds {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Between two looks; a look at six nodes takes 2 to 5 ms. */
  readonly pollMs?: number;
}

/**
 * Looks at the cluster until `judge` finds no more reasons against it, and returns that view. `judge` also gets the view before, by which
 * replication offsets are compared exactly. Rejects with `tooLate(reasons)` at the deadline, `run.aborted` on the signal.
 */
export async function waitForView(
  nodes: RedisNodes,
  judge: (view: ClusterView, earlier: ClusterView | undefined) => readonly ClusterReason[] | Promise<readonly ClusterReason[]>,
  tooLate: (reasons: readonly ClusterReason[], view: ClusterView) => Error,
  bounds: WaitBounds,
): Promise<ClusterView> {
  const endsAt = performance.now() + bounds.deadlineMs;
  let earlier: ClusterView | undefined;
  for (;;) {
    const view = await readCluster(nodes, { signal: bounds.signal });
    const reasons = await judge(view, earlier);
    if (reasons.length === 0) return view;
    if (performance.now() >= endsAt) throw tooLate(reasons, view);
    earlier = view;
    await pause(bounds.pollMs ?? 20, bounds.signal, clusterSubject);
  }
}
