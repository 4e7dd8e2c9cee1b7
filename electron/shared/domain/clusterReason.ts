/** For each reason why a cluster is not as it should be, the values that its text in the catalogue names. */
export const REASON_VALUES = {
  'cluster.silent': ['node', 'reason'],
  'cluster.loading': ['node'],
  'cluster.clusterDisabled': ['node'],
  'cluster.peerUnknown': ['node', 'peer'],
  'cluster.peerForeign': ['node', 'peer'],
  'cluster.peerGhost': ['node', 'peer'],
  'cluster.peerHandshake': ['node', 'peer'],
  'cluster.peerSuspected': ['node', 'peer'],
  'cluster.peerFailed': ['node', 'peer'],
  'cluster.busLinkDown': ['node', 'peer'],
  'cluster.addressDiffers': ['node', 'peer', 'expected', 'observed'],
  'cluster.roleDiffers': ['node', 'peer', 'expected', 'observed'],
  'cluster.masterDiffers': ['node', 'peer', 'expected', 'observed'],
  'cluster.slotsDiffer': ['node', 'peer', 'expected', 'observed'],
  'cluster.epochDiffers': ['node', 'peer', 'expected', 'observed'],
  'cluster.epochsCollide': ['node', 'peer', 'epoch'],
  'cluster.openSlots': ['node', 'count'],
  'cluster.slotsUncovered': ['count', 'slots'],
  'cluster.slotsTwice': ['node', 'peer', 'slots'],
  'cluster.stateFail': ['node'],
  'cluster.linkDown': ['node'],
  'cluster.firstCopy': ['node'],
  'cluster.lagging': ['node', 'master', 'bytes'],
  'cluster.noReplica': ['node'],
  'cluster.roleNotAsPlanned': ['node', 'expected', 'observed'],
  'cluster.replicatesAnother': ['node', 'expected', 'observed'],
  'cluster.slotsNotAsPlanned': ['node', 'expected', 'observed'],
  'cluster.noMajorityLeft': ['server', 'left', 'masters'],
  'cluster.masterDown': ['node'],
  'cluster.replicaBesideMaster': ['node', 'master', 'server'],
  'cluster.replicaNeverStands': ['node'],
} as const;

/** The code of a reason; its text stands in the message catalogue. */
export type ReasonCode = keyof typeof REASON_VALUES;

/** Why something about the cluster is not as it should be, as data: a `Message` whose code is one of {@link ReasonCode}. */
export interface ClusterReason {
  readonly code: ReasonCode;
  readonly values: Record<string, string | number>;
}

/** Makes a reason; the compiler asks for exactly the values of its text. */
export function reasonOf<Code extends ReasonCode>(
  code: Code,
  values: { readonly [Name in (typeof REASON_VALUES)[Code][number]]: string | number },
): ClusterReason {
  return { code, values };
}
