import { nodesOnServer, type ClusterPlan } from './plan.ts';

/** A fault as data: every kind of host knows how to do it and how to take it back. Units: seconds. */
export interface Fault {
  /** A whole server lost: all these services are killed at once, as a power cut would, and kept down until healed. */
  readonly kind: 'serverLost';
  readonly cluster: string;
  /** The services of the cluster's nodes on the victim. */
  readonly services: readonly string[];
  /** When the victim heals itself, should nobody else do it. */
  readonly healAfterSeconds: number;
}

/** The loss of one whole server of a plan. */
export function serverLost(plan: ClusterPlan, server: string, healAfterSeconds: number): Fault {
  const services = nodesOnServer(plan, server).map((node) => node.unit);
  return { kind: 'serverLost', cluster: plan.cluster, services, healAfterSeconds };
}

/** The unit that takes a fault back on its server, without the ending: there is a timer, and the service that it starts. */
export function healUnit(cluster: string): string {
  return `triad-heal-${cluster}`;
}
