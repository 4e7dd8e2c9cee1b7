import type { Phase } from '../engine/phase.ts';
import { readCluster } from '../redis/clusterView.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { reachNode } from './connectNodes.ts';
import type { RunContext } from './runContext.ts';

/** Asks all six nodes at once what they see; one without a connection is listed as silent. */
export async function readClusterView(context: RunContext, signal: AbortSignal = context.signal): Promise<ClusterView> {
  const absent = context.plan.nodes.filter((node) => !context.nodes.has(node.id));
  const reasonOf = ({ id, server }: NodeSpec): string =>
    context.silence.get(id) ?? say(context.lost.get(server) ?? message('phase.notConnected'));
  context.lastView = await readCluster(context.nodes, {
    signal,
    absent: new Map(absent.map((node) => [node.id, reasonOf(node)])),
  });
  return context.lastView;
}

/** Notes what the cluster looks like, as far as its services run. Never fails because something is not there yet. */
export function observeCluster(moment: 'before' | 'after'): Phase<RunContext> {
  return {
    id: 'observeCluster',
    title: message('phase.observeCluster'),
    scope: 'cluster',
    run: async (context) => {
      const running = context.plan.nodes.filter((node) =>
        context.facts.get(node.server)?.units.some((unit) => unit.unit === node.unit && unit.active === 'active'),
      );
      if (running.length === 0) return 'observed';
      await Promise.allSettled(running.filter((node) => !context.nodes.has(node.id)).map(async (node) => reachNode(context, node, 0)));
      context.emit({ type: 'clusterObserved', moment, view: await readClusterView(context) });
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
