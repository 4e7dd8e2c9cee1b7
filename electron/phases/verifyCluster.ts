import { nodeSettings } from '../artifacts/nodeSettings.ts';
import { judgeCluster } from '../checks/clusterChecks.ts';
import { judgeListenersGone, judgeServers } from '../checks/judgeServers.ts';
import { judgeNodes, type NodeConfigReading } from '../checks/nodeChecks.ts';
import type { Phase } from '../engine/phase.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message } from '../shared/messages/message.ts';
import { report, requirePassing } from './checkServers.ts';
import { lookAt } from './gatherFacts.ts';
import { judgingContext } from './judging.ts';
import { readClusterView } from './observeCluster.ts';
import { awaitReady } from './requireReady.ts';
import { serverNames, type RunContext } from './runContext.ts';

/** The settings of all nodes that answer, as they have them now. */
async function readSettings(context: RunContext): Promise<readonly NodeConfigReading[]> {
  const readings = await Promise.allSettled(
    context.plan.nodes.map(async (node): Promise<NodeConfigReading | null> => {
      const connection = context.nodes.get(node.id);
      if (connection === undefined) return null;
      const names = nodeSettings(node, context.plan).flatMap((group) => group.settings.map(({ name }) => name));
      return { node: node.id, values: await connection.configGet([...names, 'requirepass', 'masterauth'], { signal: context.signal }) };
    }),
  );
  return readings.flatMap((one) => (one.status === 'fulfilled' && one.value !== null ? [one.value] : []));
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
      const [view, settings] = await Promise.all([
        options.isGate ? awaitMeasured(context, options.waitMs) : readClusterView(context),
        readSettings(context),
        Promise.all(serverNames(context).map(async (server) => (isStale(context, server) ? lookAt(context, server) : null))),
      ]);
      context.emit({ type: 'clusterObserved', moment: 'after', view });
      const facts = [...context.facts.values()];
      const judging = judgingContext(context, 'installed');
      const results = [
        ...judgeServers(facts, judging),
        ...judgeListenersGone(before, facts, judging),
        ...judgeNodes({ view, settings, facts, pending: context.pending }, judging),
        ...judgeCluster(view, judging),
      ];
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
