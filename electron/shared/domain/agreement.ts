import { formatEndpoint } from './address.ts';
import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { formatSlots, nameNodes, referenceOf, type NodeNames } from './layout.ts';
import type { ClusterPlan } from './plan.ts';
import type { ClusterView, NodeView, PeerView } from './view.ts';

/** Whether all six planned nodes describe one and the same cluster, and who dissents in what. */
export interface Agreement {
  readonly agrees: boolean;
  /** The configuration that most nodes share, or null when none answered. Equal texts mean equal configurations. */
  readonly signature: string | null;
  /** Planned ids of the nodes that dissent, are silent, or are seen wrongly by the named reason. */
  readonly dissenters: readonly string[];
  readonly reasons: readonly ClusterReason[];
}

/** What one node says of the others that no healthy cluster contains, whoever else agrees. */
function flawsOf(view: NodeView, plan: ClusterPlan, names: NodeNames): readonly ClusterReason[] {
  const { node } = view;
  const reasons: ClusterReason[] = [];
  const known = new Set<string>();
  for (const peer of view.peers) {
    const planned = names.plannedOf(peer);
    const shown = names.show(peer);
    if (peer.isHandshake) {
      // It carries a random id until it is proved: only its address tells who it may be.
      const meant = plan.nodes.find((one) => one.address === peer.address && one.dataPort === peer.dataPort)?.id;
      if (meant !== undefined) known.add(meant);
      reasons.push(reasonOf('cluster.peerHandshake', { node, peer: meant ?? shown }));
      continue;
    }
    if (planned === null) {
      const isGhost = peer.hasNoAddress || plan.nodes.some((one) => one.address === peer.address && one.dataPort === peer.dataPort);
      const peerName = isGhost ? peer.redisId.slice(0, 8) : shown;
      reasons.push(reasonOf(isGhost ? 'cluster.peerGhost' : 'cluster.peerForeign', { node, peer: peerName }));
      continue;
    }
    known.add(planned);
    if (peer.health !== 'ok')
      reasons.push(reasonOf(peer.health === 'fail' ? 'cluster.peerFailed' : 'cluster.peerSuspected', { node, peer: planned }));
    else if (!peer.isMyself && !peer.isLinkConnected) reasons.push(reasonOf('cluster.busLinkDown', { node, peer: planned }));
    const spec = plan.nodes.find((one) => one.id === planned);
    const expected = spec === undefined ? '' : `${formatEndpoint({ address: spec.address, port: spec.dataPort })}@${spec.busPort}`;
    const observed = `${formatEndpoint({ address: peer.address, port: peer.dataPort })}@${peer.busPort}`;
    if (observed !== expected) reasons.push(reasonOf('cluster.addressDiffers', { node, peer: planned, expected, observed }));
    if (peer.isMyself && peer.openSlots > 0) reasons.push(reasonOf('cluster.openSlots', { node, count: peer.openSlots }));
  }
  for (const spec of plan.nodes) if (!known.has(spec.id)) reasons.push(reasonOf('cluster.peerUnknown', { node, peer: spec.id }));
  return reasons;
}

/** In what a node's description of the members differs from what most nodes say. */
function differences(view: NodeView, reference: readonly PeerView[], names: NodeNames): readonly ClusterReason[] {
  const { node } = view;
  return view.peers.flatMap((peer): ClusterReason[] => {
    const other = reference.find((one) => one.redisId === peer.redisId);
    if (other === undefined || peer.isHandshake || other.isHandshake) return [];
    const values = { node, peer: names.show(peer) };
    const masterName = (redisId: string | null): string => names.byRedisId(redisId) ?? redisId?.slice(0, 8) ?? '-';
    if (peer.role !== other.role) return [reasonOf('cluster.roleDiffers', { ...values, observed: peer.role, expected: other.role })];
    const found: ClusterReason[] = [];
    if (peer.masterRedisId !== other.masterRedisId)
      found.push(
        reasonOf('cluster.masterDiffers', {
          ...values,
          observed: masterName(peer.masterRedisId),
          expected: masterName(other.masterRedisId),
        }),
      );
    const [observed, expected] = [formatSlots(peer.slots), formatSlots(other.slots)];
    if (observed !== expected) found.push(reasonOf('cluster.slotsDiffer', { ...values, observed, expected }));
    else if (peer.slots.length > 0 && peer.configEpoch !== other.configEpoch)
      found.push(reasonOf('cluster.epochDiffers', { ...values, observed: peer.configEpoch, expected: other.configEpoch }));
    return found;
  });
}

/** Two owners of slots with one epoch: either could take a slot from the other. Redis resolves it in time by itself. */
function collisions(reference: readonly PeerView[], names: NodeNames): readonly ClusterReason[] {
  const owners = reference.filter((peer) => peer.slots.length > 0);
  return owners.flatMap((peer, index) => {
    const other = owners.slice(0, index).find((one) => one.configEpoch === peer.configEpoch);
    return other === undefined
      ? []
      : [reasonOf('cluster.epochsCollide', { node: names.show(other), peer: names.show(peer), epoch: peer.configEpoch })];
  });
}

/** Every planned node that did not answer, with the reason. */
export function silentReasons(view: ClusterView, plan: ClusterPlan): readonly ClusterReason[] {
  return plan.nodes.flatMap(({ id }) => {
    const answer = view.views.find((one) => one.node === id);
    if (answer === undefined)
      return [reasonOf('cluster.silent', { node: id, reason: view.silent.find((one) => one.node === id)?.reason ?? '-' })];
    if (!answer.clusterEnabled) return [reasonOf('cluster.clusterDisabled', { node: id })];
    return answer.isLoading || answer.peers.length === 0 ? [reasonOf('cluster.loading', { node: id })] : [];
  });
}

/**
 * Judges whether all six views share one configuration (members, addresses, roles, masters, slots, epochs) and hold nothing that a healthy cluster
 * does not have: failed, suspected, foreign, handshake or ghost nodes, open slots, equal epochs.
 */
export function agreementOf(view: ClusterView, plan: ClusterPlan): Agreement {
  const names = nameNodes(view, plan);
  const reference = referenceOf(view);
  const answering = view.views.filter((one) => one.peers.length > 0);
  const reasons = [
    ...silentReasons(view, plan),
    ...answering.flatMap((one) => flawsOf(one, plan, names)),
    ...answering.flatMap((one) =>
      reference === null || reference.holders.includes(one.node) ? [] : differences(one, reference.peers, names),
    ),
    ...collisions(reference?.peers ?? [], names),
  ];
  const dissenters = new Set(reasons.map((reason) => String(reason.values['node'])));
  for (const one of answering) if (reference?.holders.includes(one.node) === false) dissenters.add(one.node);
  return {
    agrees: dissenters.size === 0 && reference !== null,
    signature: reference?.signature ?? null,
    dissenters: [...dissenters].toSorted(),
    reasons,
  };
}
