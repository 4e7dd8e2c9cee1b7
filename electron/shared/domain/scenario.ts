import { z } from 'zod';

/** What is done to the victim of a failover test, from the gentlest to the harshest. */
export const SCENARIOS = [
  'switchover',
  'processRestarted',
  'processKilled',
  'processFrozen',
  'serverLost',
  'networkCut',
  'networkCutIn',
  'networkCutOut',
  'powerLost',
] as const;
export const FailoverScenario = z.enum(SCENARIOS);
export type FailoverScenario = z.infer<typeof FailoverScenario>;

/** What a scenario is, for all that handles it. */
export interface ScenarioFacts {
  /** Whether only the process of the victim's master is hit, or both nodes of the server. */
  readonly hits: 'master' | 'server';
  /** Whether the processes that are hit end, so that connections to them are lost. */
  readonly ends: boolean;
  /** Whether a replica must take over, or may: a process that is back within the node timeout is not replaced. */
  readonly takeover: 'certain' | 'possible';
  /** Whether the victim goes on taking writes of clients that still reach it, which are lost when it comes back as a replica. */
  readonly forgets: boolean;
  /** Whether it can be done on a Windows server. Its firewall judges connections and not packets, so it has no cut of one way. */
  readonly isOnWindows: boolean;
  /** Whether it does something to the server that Triad's own program must do, or take back: not where the nodes are services of their own. */
  readonly needsTriadService: boolean;
  /** Whether it loses the whole server, so that it proves that the loss is survived. */
  readonly losesServer: boolean;
  /** Whether it needs commands of the admin's that switch a server off and on: only the command line takes them. */
  readonly needsPower: boolean;
  /** Whether on a Windows server the service of the node takes part, which an earlier Triad made otherwise. */
  readonly needsOwnService: boolean;
}

const ORDINARY = {
  takeover: 'certain',
  forgets: false,
  isOnWindows: true,
  losesServer: false,
  needsPower: false,
  needsOwnService: false,
  needsTriadService: true,
} as const;

/** The facts of every scenario; the words are in the catalogue under `scenario.NAME`. */
export const SCENARIO_FACTS: Readonly<Record<FailoverScenario, ScenarioFacts>> = {
  switchover: { ...ORDINARY, hits: 'master', ends: false, needsTriadService: false },
  processRestarted: { ...ORDINARY, hits: 'master', ends: true, takeover: 'possible', needsOwnService: true },
  processKilled: { ...ORDINARY, hits: 'master', ends: true },
  processFrozen: { ...ORDINARY, hits: 'master', ends: false, needsOwnService: true },
  serverLost: { ...ORDINARY, hits: 'server', ends: true, losesServer: true },
  networkCut: { ...ORDINARY, hits: 'server', ends: false, forgets: true },
  networkCutIn: { ...ORDINARY, hits: 'server', ends: false, forgets: true, isOnWindows: false },
  networkCutOut: { ...ORDINARY, hits: 'server', ends: false, forgets: true, isOnWindows: false },
  powerLost: { ...ORDINARY, hits: 'server', ends: true, losesServer: true, needsPower: true, needsTriadService: false },
};
