import type { WorkflowId } from './events.ts';
import type { PhaseState } from './installPhases.ts';
import type { PhaseRecord, RunRecord } from './run.ts';

/** The workflows of a patch day that change something. */
export const PATCH_WORKFLOWS = ['maintenanceBegin', 'maintenanceEnd', 'restoreRoles'] as const satisfies readonly WorkflowId[];
export type PatchWorkflow = (typeof PATCH_WORKFLOWS)[number];

/** How long the end of a maintenance waits for its server, minutes: patches and a reboot of one with much memory to test take their time. */
export const RETURN_WAIT_MINUTES = 15;

const LOOKING = ['connect', 'lockServers', 'gatherFacts', 'findPassword'] as const;

/** Their phases in order, without the name of the server that some bear; a test compares them with those that the core runs. */
export const PATCH_PHASES: Readonly<Record<PatchWorkflow, readonly string[]>> = {
  maintenanceBegin: [
    'requireConfirmation',
    ...LOOKING,
    'requireNoMaintenance',
    'connectNodes',
    'requireMaintainable',
    'decideProbeRoute',
    'confirmChanges',
    'vacateServer',
    'proveAbsence',
    'markServers',
  ],
  maintenanceEnd: [
    ...LOOKING,
    'requireNoMaintenance',
    'awaitReturn',
    'decideProbeRoute',
    'confirmChanges',
    'restoreRoles',
    'unmarkServers',
    'verifyCluster',
  ],
  restoreRoles: [
    'requireConfirmation',
    ...LOOKING,
    'connectNodes',
    'requireNoMaintenance',
    'observeCluster',
    'decideProbeRoute',
    'confirmChanges',
    'restoreRoles',
    'verifyCluster',
  ],
};

/** The phase without the server that it bears: `vacateServer` of `vacateServer:server-2`. */
export function basePhase(phase: string): string {
  return phase.split(':')[0] ?? phase;
}

/** The server that a maintenance is about, by the phases that bear its name; null before it came to them. */
export function maintainedServer({ phases }: Pick<RunRecord, 'phases'>): string | null {
  return phases.flatMap(({ phase }) => /^(?:vacateServer|awaitReturn):(.+)$/u.exec(phase)?.[1] ?? [])[0] ?? null;
}

/** One phase of a run on all its servers together. */
export interface JoinedPhase {
  readonly state: PhaseState;
  /** From its first beginning to its last end, milliseconds; null while it has none. */
  readonly durationMs: number | null;
}

const WORST = ['failed', 'aborted', 'cutOff', 'running', 'waiting', 'changed', 'observed', 'alreadyDone'] as const;

/** How a phase stands, as bad as on the server where it stands worst. */
export function joinedPhase(record: Pick<RunRecord, 'phases'> | null, phase: string, isGoingOn: boolean): JoinedPhase {
  const own = record?.phases.filter((one) => basePhase(one.phase) === phase) ?? [];
  const stateOf = ({ outcome }: PhaseRecord): PhaseState => outcome ?? (isGoingOn ? 'running' : 'cutOff');
  const states = own.map(stateOf);
  const state = WORST.find((one) => states.includes(one)) ?? 'waiting';
  const isOver = own.length > 0 && own.every(({ durationMs }) => durationMs !== null);
  const from = Math.min(...own.map(({ startedMs }) => startedMs));
  const to = Math.max(...own.map(({ startedMs, durationMs }) => startedMs + (durationMs ?? 0)));
  return { state, durationMs: isOver ? to - from : null };
}
