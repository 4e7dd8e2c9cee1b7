import { nodeSettings } from '../artifacts/nodeSettings.ts';
import { judgeCluster } from '../checks/clusterChecks.ts';
import { judgeListenersGone, judgeServers } from '../checks/judgeServers.ts';
import { judgeNodes, type NodeConfigReading } from '../checks/nodeChecks.ts';
import { withoutSsh } from '../checks/withoutSsh.ts';
import type { Phase } from '../engine/phase.ts';
import { FailureError } from '../shared/domain/failure.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message } from '../shared/messages/message.ts';
import { report, requirePassing } from './checkServers.ts';
import { lookAt } from './gatherFacts.ts';
import { judgingContext } from './judging.ts';
import { readClusterView } from './observeCluster.ts';
import { awaitReady } from './requireReady.ts';
import { serverNames, type RunContext } from './runContext.ts';

/** The settings of all nodes that answer, as they have them now, and why a node does not tell them. */
async function readSettings(
  context: RunContext,
): Promise<{ readonly settings: readonly NodeConfigReading[]; readonly refused: ReadonlyMap<string, string> }> {
  const settings: NodeConfigReading[] = [];
  const refused = new Map<string, string>();
  const readOne = async (node: NodeSpec): Promise<void> => {
    const connection = context.nodes.get(node.id);
    if (connection === undefined) return;
    const names = nodeSettings(node, context.plan).flatMap((group) => group.settings.map(({ name }) => name));
    try {
      const values = await connection.configGet([...names, 'requirepass', 'masterauth'], { signal: context.signal });
      settings.push({ node: node.id, values });
    } catch (error) {
      if (error instanceof FailureError && error.failure.code === 'redis.commandRefused')
        refused.set(node.id, String(error.failure.values['reason'] ?? ''));
    }
  };
  await Promise.all(context.plan.nodes.map(readOne));
  return { settings, refused };
}

/**
 * Proves the cluster: six agreeing views, replicas in sync, roles as planned, settings as planned, and the servers as the blueprint asks. Servers
 * that were changed in this run are looked at once more. With `isGate`, anything that fails ends the run.
 */
export function verifyCluster(options: { readonly isGate: boolean; readonly waitMs: number }): Phase<RunContext> {
  return {
    id: 'verifyCluster',
    title: message('phase.verifyCluster'),
    scope: 'cluster',
    run: async (context) => {
      const before: readonly ServerFacts[] = [...context.facts.values()];
      const [view, { settings, refused }] = await Promise.all([
        options.isGate ? awaitMeasured(context, options.waitMs) : readClusterView(context),
        readSettings(context),
        Promise.all(serverNames(context).map(async (server) => (isStale(context, server) ? lookAt(context, server) : null))),
      ]);
      context.emit({ type: 'clusterObserved', moment: 'after', view });
      const facts = [...context.facts.values()];
      const judging = judgingContext(context, 'installed');
      const isFromHere = context.access === 'redis';
      const judged = [
        ...judgeServers(facts, judging),
        ...(isFromHere ? [] : judgeListenersGone(before, facts, judging)),
        ...judgeNodes({ view, settings, refused, facts, pending: context.pending, isFromHere }, judging),
        ...judgeCluster(view, judging),
      ];
      const results = isFromHere ? withoutSsh(judged) : judged;
      if (options.isGate) requirePassing(context, 'verifyCluster', results);
      else report(context, 'verifyCluster', results);
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Waits until the cluster is ready, and measures how long that took after it was begun in this run. */
async function awaitMeasured(context: RunContext, waitMs: number): Promise<ClusterView> {
  const view = await awaitReady(context, waitMs).catch((error: unknown) => {
    // How it stood at last, not before: somebody will look at it to find out why.
    if (context.lastView !== null) context.emit({ type: 'clusterObserved', moment: 'after', view: context.lastView });
    throw error;
  });
  for (const [moment, name] of [
    ['firstClusterCommand', 'formation.readyMs'],
    ['nodesStarted', 'startToReadyMs'],
  ] as const) {
    const beganMs = context.moments.get(moment);
    if (beganMs !== undefined) context.emit({ type: 'measured', name, server: null, value: context.now() - beganMs, unit: 'ms' });
    // Measured once: a later verification of the same run says nothing about the start.
    context.moments.delete(moment);
  }
  return view;
}

/** Whether something was done on a server since it was last looked at. */
function isStale(context: RunContext, server: string): boolean {
  return context.touched.has(server);
}
