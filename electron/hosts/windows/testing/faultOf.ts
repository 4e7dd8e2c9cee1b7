import type { Fault, NetworkFault, ProcessFault } from '../../../shared/domain/fault.ts';

/** The loss of a server of the cluster `sessions`, or another fault of its processes. */
export function serverLost(services: readonly string[], kind: ProcessFault['kind'] = 'killed'): Fault {
  return { kind, cluster: 'sessions', services, healAfterSeconds: 120 };
}

/** A cut between the first server of the cluster `sessions` and the others. */
export function networkCut(services: readonly string[], direction: NetworkFault['direction']): NetworkFault {
  const ends = { peers: ['10.0.0.2', '10.0.0.3'], ports: [7000, 7001, 17_000, 17_001] };
  return { kind: 'cut', cluster: 'sessions', services, healAfterSeconds: 120, direction, ...ends };
}
