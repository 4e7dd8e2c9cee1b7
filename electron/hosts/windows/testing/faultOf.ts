import type { Fault } from '../../../shared/domain/fault.ts';

/** The loss of a server of the cluster `sessions`. */
export function serverLost(services: readonly string[]): Fault {
  return { kind: 'killed', cluster: 'sessions', services, healAfterSeconds: 120 };
}
