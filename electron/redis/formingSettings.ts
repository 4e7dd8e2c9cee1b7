import { fail } from '../shared/domain/failure.ts';
import { FORMING_NODE_TIMEOUT_MS } from '../shared/domain/formation.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { configSet } from './clusterCommands.ts';
import type { RedisNodes } from './clusterView.ts';
import type { RedisNode } from './redisNode.ts';

const NODE_TIMEOUT = 'cluster-node-timeout';
const SYNC_DELAY = 'repl-diskless-sync-delay';

/** The settings of one node as they were found, by name. */
export type FoundSettings = ReadonlyMap<string, string>;

/** Reads, from every node, the settings that forming may change. */
export async function readFormingSettings(nodes: RedisNodes, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, FoundSettings>> {
  const names = [NODE_TIMEOUT, SYNC_DELAY];
  return new Map(await Promise.all([...nodes.values()].map(async (node) => [node.node, await node.configGet(names, { signal })] as const)));
}

/** The commands that make one node fast while forming. They are sent in one write with the first forming commands. */
export const fastSettings = [configSet(NODE_TIMEOUT, FORMING_NODE_TIMEOUT_MS), configSet(SYNC_DELAY, 0)] as const;

/**
 * What the settings must be after forming: the node timeout of the plan whatever was found, because a run that broke off may have left its own
 * value; the other as found (it is 0 in a configuration by Triad, where each master has one replica and waiting for more makes no sense).
 */
function settledValues(found: FoundSettings, plan: ClusterPlan): ReadonlyMap<string, string> {
  return new Map([...found].map(([name, value]) => [name, name === NODE_TIMEOUT ? String(plan.settings.nodeTimeoutMs) : value]));
}

/** Whether a node's settings are not what they must be, as after a run that broke off while forming. */
export function areUnsettled(found: FoundSettings, plan: ClusterPlan): boolean {
  return [...settledValues(found, plan)].some(([name, value]) => found.get(name) !== value);
}

/** Bound of putting the settings back: it happens even after an abort, so it must end by itself. */
const RESTORE_DEADLINE_MS = 2000;

type Tell = (node: string, command: string) => void;

async function settleNode(node: RedisNode, wanted: ReadonlyMap<string, string>, tell: Tell): Promise<void> {
  const bounds = { deadlineMs: RESTORE_DEADLINE_MS };
  const before = await node.configGet([...wanted.keys()], bounds);
  const due = [...wanted].filter(([name, value]) => before.get(name) !== value);
  if (due.length === 0) return;
  for (const [name, value] of due) tell(node.node, configSet(name, value).join(' '));
  const replies = await node.pipeline(
    due.map(([name, value]) => configSet(name, value)),
    bounds,
  );
  const now = await node.configGet([...wanted.keys()], bounds);
  for (const [name, value] of due) {
    if (now.get(name) === value) continue;
    const refusal = replies.find((reply) => !reply.ok);
    const reason = refusal?.ok === false ? refusal.error : `${name} ${now.get(name) ?? '-'}`;
    throw fail('redis.commandRefused', node.subject, { values: { node: node.node, command: `CONFIG SET ${name} ${value}`, reason } });
  }
}

/**
 * Puts the settings of all nodes to what they must be, where they are not, and reads them back. Tries every node before it throws the first
 * failure. Takes no signal: an interrupted run restores too.
 */
export async function settle(nodes: RedisNodes, found: ReadonlyMap<string, FoundSettings>, plan: ClusterPlan, tell: Tell): Promise<void> {
  const outcomes = await Promise.allSettled(
    [...nodes.values()].map((node) => settleNode(node, settledValues(found.get(node.node) ?? new Map(), plan), tell)),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
