import type { Phase, Workflow } from '../engine/phase.ts';
import { applyChanges } from '../phases/applyChanges.ts';
import { applySettings } from '../phases/applySettings.ts';
import { awaitReturn, connectAwaiting, endQuestion } from '../phases/awaitServer.ts';
import { causeOf } from '../phases/causeOf.ts';
import { checkListenersGone } from '../phases/checkListenersGone.ts';
import { checkReachability } from '../phases/checkReachability.ts';
import { checkServers } from '../phases/checkServers.ts';
import { checkWaysFromHere } from '../phases/checkWaysFromHere.ts';
import { confirmOnData } from '../phases/confirmOnData.ts';
import { confirmChanges, failoverQuestion, installQuestion, removeQuestion, restoreQuestion } from '../phases/confirmChanges.ts';
import { connect } from '../phases/connect.ts';
import { connectNodes } from '../phases/connectNodes.ts';
import { decideProbeRoute } from '../phases/decideProbeRoute.ts';
import { findPassword } from '../phases/findPassword.ts';
import { formTheCluster } from '../phases/formTheCluster.ts';
import { gatherFacts } from '../phases/gatherFacts.ts';
import { goOnWithout, leaveOut } from '../phases/goOnWithout.ts';
import { lockServers } from '../phases/lockServers.ts';
import { loseServer } from '../phases/loseServer.ts';
import { markServers, reportMaintenance, requireNoMaintenance, unmarkServers } from '../phases/maintenanceMarks.ts';
import { observeCluster } from '../phases/observeCluster.ts';
import { planRemovals, removeInstallation } from '../phases/removeInstallation.ts';
import { protectRunning } from '../phases/protectRunning.ts';
import { requireConfirmation } from '../phases/requireConfirmation.ts';
import { requireFirewall } from '../phases/requireFirewall.ts';
import { requireOwnService } from '../phases/requireOwnService.ts';
import { requireScenarios } from '../phases/requireScenarios.ts';
import { requireReady } from '../phases/requireReady.ts';
import { restoreMeasured } from '../phases/restorePlannedRoles.ts';
import type { RunContext } from '../phases/runContext.ts';
import { securePersistence } from '../phases/securePersistence.ts';
import { beginQuestion, proveAbsence, refusingMaintenance, requireMaintainable, vacate } from '../phases/vacate.ts';
import { verifyCluster } from '../phases/verifyCluster.ts';
import type { TrialWish } from '../phases/trial.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { SCENARIO_FACTS, SCENARIOS, type FailoverScenario } from '../shared/domain/scenario.ts';
import type { Measure } from '../shared/domain/noticed.ts';
import { LOOKING_WORKFLOWS, type WorkflowId } from '../shared/domain/events.ts';
import { RETURN_WAIT_MINUTES } from '../shared/domain/maintenancePhases.ts';

/** What the admin chose beside the workflow itself. */
export interface WorkflowOptions {
  /** Victims of the failover test, or the one server of a maintenance, by name. */
  readonly servers: readonly string[];
  /** What the failover test does to each of them, one after the other; the loss of the whole server unless told. */
  readonly scenarios?: readonly FailoverScenario[];
  /** The servers that run Windows, of which no more is asked than can be done there where all scenarios are asked for. */
  readonly windowsServers?: readonly string[];
  /** On those servers the nodes are services of their own. */
  readonly isOwnService?: boolean;
  /** Whether there are commands that cut the power of a server; without them no more is asked where all scenarios are asked for. */
  readonly hasPower?: boolean;
  /** How often the failover test does all of it; once unless told. */
  readonly rounds?: number;
  /** What the failover test measures beside its own writes; what an application notices unless told. */
  readonly measures?: readonly Measure[];
  /** When a trial is given up and healed, milliseconds; what its steps can take at most unless told. */
  readonly trialDeadlineMs?: number;
  /** The name of the cluster, given by whoever tests the failover of one that holds keys. */
  readonly namedCluster?: string;
  /** An installation goes on with the failover test. */
  readonly testAfterInstall: boolean;
  /** How long the end of a maintenance waits for the server and its copies, milliseconds; 15 minutes unless told. */
  readonly waitMs?: number;
  readonly deleteData: boolean;
  /** A validation that asks the nodes alone: the run has no way to the servers. */
  readonly redisOnly?: boolean;
  /** Confirmed beforehand (`--yes`). */
  readonly isConfirmed: boolean;
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
}

/** The ordered phases of each workflow: nothing but lists. */
export function workflowOf(workflow: WorkflowId, options: WorkflowOptions): Workflow<RunContext> {
  const phases = PHASES[workflow](options);
  // Whether a server is away on purpose is known only when its peers were looked at.
  if (workflow === 'maintenanceStatus') return { phases, causeOf, goesOnWithout: leaveOut };
  // Only where nothing is changed may a server be left out.
  return LOOKING_WORKFLOWS.includes(workflow) ? { phases, causeOf, goesOnWithout: goOnWithout } : { phases, causeOf };
}

/** The servers of a plan that run Windows, by name. */
export function windowsServersOf({ servers }: Pick<ClusterPlan, 'servers'>): readonly string[] {
  return servers.filter(({ platform }) => platform === 'windows').map(({ name }) => name);
}

/**
 * All trials of a failover test, in the order in which they are made: a round is every scenario on every server. Where all scenarios are asked for, those that a
 * Windows server has no way for are left out there, and those that need commands for its power where there are none.
 */
export function trialsOf(options: WorkflowOptions): readonly TrialWish[] {
  return trialsAskedFor(options).filter((trial) => !isLeftOut(options, trial));
}

/** The trials of a round that {@link trialsOf} leaves out. */
export function trialsLeftOut(options: WorkflowOptions): readonly TrialWish[] {
  return trialsAskedFor({ ...options, rounds: 1 }).filter((trial) => isLeftOut(options, trial));
}

function trialsAskedFor({ servers, scenarios = ['serverLost'], rounds = 1, trialDeadlineMs }: WorkflowOptions): readonly TrialWish[] {
  const more = trialDeadlineMs === undefined ? {} : { deadlineMs: trialDeadlineMs };
  return Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
    scenarios.flatMap((scenario) => servers.map((server) => ({ server, scenario, round, ...more }))),
  );
}

function isLeftOut(options: WorkflowOptions, { server, scenario }: TrialWish): boolean {
  const { scenarios = [], windowsServers = [], isOwnService = false, hasPower = false } = options;
  const { isOnWindows, needsTriadService, needsPower } = SCENARIO_FACTS[scenario];
  const isAll = SCENARIOS.every((one) => scenarios.includes(one));
  const hasNoWay = windowsServers.includes(server) && (!isOnWindows || (isOwnService && needsTriadService));
  return isAll && (hasNoWay || (needsPower && !hasPower));
}

function measuresOf({ measures = ['application'] }: WorkflowOptions): readonly Measure[] {
  return measures;
}

/** The one server of a maintenance; whoever asks for it has made sure that one is named. */
function maintained({ servers }: WorkflowOptions): string {
  const [server] = servers;
  if (server === undefined) throw new Error('a maintenance names its server');
  return server;
}

const PHASES: Readonly<Record<WorkflowId, (options: WorkflowOptions) => readonly Phase<RunContext>[]>> = {
  check: () => [
    connect,
    gatherFacts,
    findPassword('look'),
    checkServers({ stage: 'beforeInstall', isGate: false }),
    checkReachability({ isGate: false, willOpenFirewall: true }),
    checkListenersGone,
  ],
  plan: () => [connect, gatherFacts, findPassword('look'), observeCluster('before')],
  install: (options) => [
    requireConfirmation(options),
    connect,
    lockServers,
    gatherFacts,
    findPassword('install'),
    checkServers({ stage: 'beforeInstall', isGate: true }),
    protectRunning,
    observeCluster('before'),
    confirmChanges(installQuestion),
    securePersistence,
    applyChanges('openFirewall'),
    checkReachability({ isGate: true, willOpenFirewall: false }),
    applyChanges('stageBinaries'),
    applyChanges('layOutServer'),
    applyChanges('startNodes'),
    connectNodes({ waitMs: 20_000 }),
    applySettings,
    formTheCluster,
    applyChanges('stageClient'),
    verifyCluster({ isGate: true, waitMs: 20_000 }),
    ...(options.testAfterInstall
      ? [
          confirmOnData(options.namedCluster),
          decideProbeRoute,
          ...trialsOf(options).map((trial) => loseServer(trial, measuresOf(options))),
          verifyCluster({ isGate: true, waitMs: 20_000 }),
        ]
      : []),
  ],
  validate: ({ redisOnly }) =>
    redisOnly === true
      ? [connectNodes({ waitMs: 0, isGate: false }), checkWaysFromHere, verifyCluster({ isGate: false, waitMs: 0 })]
      : [
          connect,
          gatherFacts,
          findPassword('look'),
          checkServers({ stage: 'installed', isGate: false }),
          checkReachability({ isGate: false, willOpenFirewall: false }),
          connectNodes({ waitMs: 0, isGate: false }),
          verifyCluster({ isGate: false, waitMs: 0 }),
        ],
  failoverTest: (options) => [
    requireConfirmation(options),
    requireScenarios(trialsOf(options), trialsLeftOut(options)),
    connect,
    lockServers,
    gatherFacts,
    requireFirewall(trialsOf(options)),
    requireOwnService(trialsOf(options)),
    findPassword('look'),
    requireNoMaintenance(null),
    connectNodes({ waitMs: 5000 }),
    requireReady(options.servers),
    confirmOnData(options.namedCluster),
    decideProbeRoute,
    confirmChanges(failoverQuestion(trialsOf(options))),
    ...trialsOf(options).map((trial) => loseServer(trial, measuresOf(options))),
    verifyCluster({ isGate: true, waitMs: 20_000 }),
  ],
  restoreRoles: (options) => [
    requireConfirmation(options),
    connect,
    lockServers,
    gatherFacts,
    findPassword('look'),
    connectNodes({ waitMs: 5000 }),
    requireNoMaintenance(null),
    observeCluster('before'),
    decideProbeRoute,
    confirmChanges(restoreQuestion),
    restoreMeasured('restoreRoles', null),
    verifyCluster({ isGate: true, waitMs: 20_000 }),
  ],
  maintenanceBegin: (options) => {
    const server = maintained(options);
    return [
      requireConfirmation(options),
      refusingMaintenance(server, connect),
      lockServers,
      gatherFacts,
      findPassword('look'),
      requireNoMaintenance(server),
      refusingMaintenance(server, connectNodes({ waitMs: 5000 })),
      requireMaintainable(server),
      decideProbeRoute,
      confirmChanges(beginQuestion(server)),
      vacate(server),
      proveAbsence(server),
      markServers(server),
    ];
  },
  maintenanceEnd: (options) => {
    const server = maintained(options);
    const waitMs = options.waitMs ?? RETURN_WAIT_MINUTES * 60_000;
    return [
      connectAwaiting(server, waitMs),
      lockServers,
      gatherFacts,
      findPassword('look'),
      requireNoMaintenance(server),
      awaitReturn(server, waitMs),
      decideProbeRoute,
      confirmChanges(endQuestion(server)),
      restoreMeasured('maintenanceEnd', server),
      unmarkServers,
      verifyCluster({ isGate: true, waitMs: 20_000 }),
    ];
  },
  maintenanceStatus: () => [connect, gatherFacts, findPassword('look'), observeCluster('before'), reportMaintenance],
  remove: (options) => [
    requireConfirmation(options),
    connect,
    lockServers,
    planRemovals(options.deleteData),
    confirmChanges(removeQuestion(options.deleteData)),
    removeInstallation,
  ],
};
