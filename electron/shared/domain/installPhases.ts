import type { RunRecord } from './run.ts';

/** A phase of a workflow as a window lays it out before it has begun. */
export interface PhasePlace {
  readonly phase: string;
  /** `server`: once on each server, side by side; `cluster`: once for all. */
  readonly scope: 'server' | 'cluster';
}

const place = (scope: PhasePlace['scope'], ...phases: readonly string[]): readonly PhasePlace[] =>
  phases.map((phase) => ({ phase, scope }));

/** The phases of an installation in their order; a test compares them with those that the core runs. */
export const INSTALL_PHASES: readonly PhasePlace[] = [
  ...place('cluster', 'requireConfirmation'),
  ...place('server', 'connect', 'lockServers', 'gatherFacts'),
  ...place('cluster', 'findPassword', 'checkServers'),
  ...place('server', 'protectRunning'),
  ...place('cluster', 'observeCluster', 'confirmChanges', 'securePersistence'),
  ...place('server', 'openFirewall'),
  ...place('cluster', 'checkReachability'),
  ...place('server', 'stageBinaries', 'layOutServer', 'startNodes'),
  ...place('cluster', 'connectNodes', 'applySettings', 'formCluster'),
  ...place('server', 'stageClient'),
  ...place('cluster', 'verifyCluster'),
];

/** How one phase stands on one server, or on the cluster. */
export type PhaseState = 'waiting' | 'running' | 'changed' | 'alreadyDone' | 'observed' | 'failed' | 'aborted' | 'cutOff';

/** The state of a phase in a run. `cutOff`: it had begun when Triad itself was ended, so nobody knows how far it came. */
export function phaseStateOf(record: RunRecord | null, phase: string, server: string | null, isGoingOn: boolean): PhaseState {
  const found = record?.phases.findLast((one) => one.phase === phase && one.server === server);
  if (found === undefined) return 'waiting';
  if (found.outcome !== null) return found.outcome;
  return isGoingOn ? 'running' : 'cutOff';
}
