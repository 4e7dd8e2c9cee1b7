import { isOwnServiceOn, nodesOnServer, platformOf, type ClusterPlan, type NodeSpec } from './plan.ts';
import type { Platform } from './platform.ts';
import { SCENARIO_FACTS, type FailoverScenario } from './scenario.ts';

/** What every fault knows. Units: seconds. */
interface FaultOnServer {
  readonly cluster: string;
  /** The services of the cluster's nodes on the victim that are hit. */
  readonly services: readonly string[];
  /** When the victim heals itself, should nobody else do it. */
  readonly healAfterSeconds: number;
}

/** Processes that are hit at once: `killed` and kept down until healed, `restarted` (killed, and the service manager is let alone), or `frozen` until healed. */
export interface ProcessFault extends FaultOnServer {
  readonly kind: 'killed' | 'restarted' | 'frozen';
}

/** The way to the peers: whatever comes from them (`in`) or goes to them (`out`) from or to one of the cluster's ports is dropped in silence; SSH stays. */
export interface NetworkFault extends FaultOnServer {
  readonly kind: 'cut';
  readonly direction: 'both' | 'in' | 'out';
  /** IP addresses of the other servers. */
  readonly peers: readonly string[];
  /** Data and bus ports of the cluster, on whatever server. */
  readonly ports: readonly number[];
}

/** A fault as data: every kind of host knows how to do it and how to take it back. */
export type Fault = ProcessFault | NetworkFault;

/** The power of the whole server goes at once. No server can do that to itself, nor undo it: commands of the admin's do both. */
export interface PowerFault extends FaultOnServer {
  readonly kind: 'power';
}

/** Whether a server of a plan has a way for a scenario, whatever commands for its power it needs. */
export function canBeTriedOn(plan: ClusterPlan, server: string, scenario: FailoverScenario): boolean {
  const { isOnWindows, needsTriadService } = SCENARIO_FACTS[scenario];
  return (isOnWindows || platformOf(plan, server) !== 'windows') && !(needsTriadService && isOwnServiceOn(plan, server));
}

/** The planned nodes of a server that a scenario hits, its master first. Throws where the server has no master in the plan. */
export function nodesHit(plan: ClusterPlan, scenario: FailoverScenario, server: string): readonly NodeSpec[] {
  const nodes = nodesOnServer(plan, server);
  const master = nodes.find(({ role }) => role === 'master');
  if (master === undefined) throw new Error(`${server} has no master in the plan`);
  return SCENARIO_FACTS[scenario].hits === 'master' ? [master] : [master, ...nodes.filter((node) => node !== master)];
}

/** The fault of a scenario on a server; null where nothing is done to the server itself. */
export function faultOf(
  plan: ClusterPlan,
  scenario: FailoverScenario,
  server: string,
  healAfterSeconds: number,
): Fault | PowerFault | null {
  const services = nodesHit(plan, scenario, server).map(({ unit }) => unit);
  const common = { cluster: plan.cluster, services, healAfterSeconds };
  const cut = (direction: NetworkFault['direction']): NetworkFault => ({
    ...common,
    kind: 'cut',
    direction,
    peers: plan.servers.filter(({ name }) => name !== server).map(({ address }) => address),
    ports: [...new Set(plan.nodes.flatMap(({ dataPort, busPort }) => [dataPort, busPort]))].toSorted((a, b) => a - b),
  });
  switch (scenario) {
    case 'switchover':
      return null;
    case 'processRestarted':
      return { ...common, kind: 'restarted' };
    case 'processKilled':
    case 'serverLost':
      return { ...common, kind: 'killed' };
    case 'processFrozen':
      return { ...common, kind: 'frozen' };
    case 'networkCut':
      return cut('both');
    case 'networkCutIn':
      return cut('in');
    case 'networkCutOut':
      return cut('out');
    case 'powerLost':
      return { ...common, kind: 'power' };
  }
}

/** The unit that takes a fault back on its server, without the ending: there is a timer, and the service that it starts. */
export function healUnit(cluster: string): string {
  return `triad-heal-${cluster}`;
}

/** How the name of a firewall rule begins with which a fault cuts a Windows server off. The undo there knows it, and removes those of its own cluster. */
export const FAULT_RULE_PREFIX = 'triad-fault:';

/** The name of such rules of a cluster. */
export function faultRule(cluster: string): string {
  return `${FAULT_RULE_PREFIX}${cluster}`;
}

/** What stands on a server while a fault there will be taken back: the timer of systemd, or the service that waits on a Windows server. */
export function healTrigger(cluster: string, platform: Platform): string {
  return platform === 'windows' ? healUnit(cluster) : `${healUnit(cluster)}.timer`;
}
