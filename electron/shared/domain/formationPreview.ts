import { formatEndpoint } from './address.ts';
import type { RunRecord } from './run.ts';

/** One command as it will be given to a node. */
export interface ClusterCommandPreview {
  readonly node: string;
  readonly command: string;
}

/**
 * The cluster commands that an installation would give, in their order. When six nodes already know each other nothing is listed:
 * forming is then complete, or is completed from what they say.
 */
export function formationPreview(record: RunRecord): readonly ClusterCommandPreview[] {
  const { plan, views } = record;
  const isFormed =
    views.before !== null &&
    views.before.views.length === plan.nodes.length &&
    views.before.views.every((view) => view.peers.length === plan.nodes.length);
  if (isFormed) return [];
  const epochs = plan.nodes.map((node) => ({ node: node.id, command: `CLUSTER SET-CONFIG-EPOCH ${node.configEpoch}` }));
  const slots = plan.nodes.flatMap((node) =>
    node.slots === null ? [] : [{ node: node.id, command: `CLUSTER ADDSLOTSRANGE ${node.slots.first} ${node.slots.last}` }],
  );
  const [first] = plan.nodes;
  const meets = plan.nodes.slice(1).map((node) => ({
    node: first?.id ?? '',
    command: `CLUSTER MEET ${node.address} ${node.dataPort} ${node.busPort}   (${formatEndpoint({ address: node.address, port: node.dataPort })})`,
  }));
  const replicas = plan.nodes.flatMap((node) =>
    node.replicaOf === null ? [] : [{ node: node.id, command: `CLUSTER REPLICATE ${node.replicaOf}` }],
  );
  return [...epochs, ...slots, ...meets, ...replicas];
}
