import type { Workflow } from '../engine/phase.ts';
import { awaitPolicy, awaitRestart, awaitShell } from '../phases/firstRun/awaitAdmin.ts';
import { crashService } from '../phases/firstRun/crash.ts';
import { requireDefender, saveExcluded } from '../phases/firstRun/defenderPhases.ts';
import { tellUnmet, type TellFact, type UnmetLater } from '../phases/firstRun/firstRunPhase.ts';
import { lookAtServices, lookAtSystems } from '../phases/firstRun/lookAtSystems.ts';
import { saveUnderLoad } from '../phases/firstRun/saveUnderLoad.ts';
import { checkReachability } from '../phases/checkReachability.ts';
import { checkServers } from '../phases/checkServers.ts';
import { connect } from '../phases/connect.ts';
import { connectNodes } from '../phases/connectNodes.ts';
import { decideProbeRoute } from '../phases/decideProbeRoute.ts';
import { findPassword } from '../phases/findPassword.ts';
import { gatherFacts } from '../phases/gatherFacts.ts';
import { observeCluster } from '../phases/observeCluster.ts';
import { restoreMeasured } from '../phases/restorePlannedRoles.ts';
import { lockServers } from '../phases/lockServers.ts';
import type { RunContext } from '../phases/runContext.ts';
import { verifyCluster } from '../phases/verifyCluster.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import type { FirstRunItemId } from '../shared/domain/windowsProof.ts';
import { workflowOf, type WorkflowOptions } from './workflowOf.ts';

/** An item of the first run as a workflow, with the id under which its run is kept. */
export interface FirstRunWorkflow {
  readonly workflow: WorkflowId;
  readonly phases: Workflow<RunContext>;
}

/** How an item is done: by the workflow that everybody uses where there is one. `server` is where the items that are about one server are done. */
export function firstRunOf(item: FirstRunItemId, { server, tell }: { readonly server: string; readonly tell: TellFact }): FirstRunWorkflow {
  const options = { servers: [server], testAfterInstall: false, deleteData: true, isConfirmed: true, canAsk: false };
  const known = (workflow: WorkflowId, more: Partial<WorkflowOptions> = {}): FirstRunWorkflow => ({
    workflow,
    phases: workflowOf(workflow, { ...options, ...more }),
  });
  // Kept as checks: the name of a workflow decides what a report is called, and what later runs take from it.
  const own = (phases: Workflow<RunContext>['phases']): FirstRunWorkflow => ({ workflow: 'check', phases: { phases } });
  const look = [connect, gatherFacts, findPassword('look')];
  const toNodes = [connect, lockServers, gatherFacts, findPassword('look'), connectNodes({ waitMs: 20_000 }), decideProbeRoute];
  const later: UnmetLater = [];
  // A replica may have been promoted meanwhile: what comes next begins with the planned roles.
  const settle = [
    connectNodes({ waitMs: 60_000 }),
    observeCluster('before'),
    decideProbeRoute,
    restoreMeasured('restoreRoles', null),
    verifyCluster({ isGate: true, waitMs: 60_000 }),
    tellUnmet(later),
  ];
  switch (item) {
    case 'systems':
      return own([...look, lookAtSystems(tell)]);
    case 'check':
      return known('check');
    case 'otherShell':
      return own([
        connect,
        awaitShell(server, 'other', tell),
        gatherFacts,
        findPassword('look'),
        checkServers({ stage: 'beforeInstall', isGate: false }),
        checkReachability({ isGate: false, willOpenFirewall: true }),
        awaitShell(server, 'back', tell),
      ]);
    case 'install':
    case 'secondRun':
      return known('install');
    case 'services':
      return own([...look, lookAtServices(tell)]);
    case 'failover':
      return known('failoverTest');
    case 'frozen':
      return known('failoverTest', { scenarios: ['processFrozen'] });
    case 'cutOff':
      return known('failoverTest', { scenarios: ['networkCut'] });
    case 'saveUnderLoad':
      return own([...toNodes, saveUnderLoad(tell)]);
    case 'defender':
      return own([...look, requireDefender(tell), lockServers, connectNodes({ waitMs: 20_000 }), decideProbeRoute, saveExcluded(tell)]);
    case 'failureActions':
      return own([...toNodes, crashService(server, tell, later), ...settle]);
    case 'restart':
      return own([...look, awaitRestart(server, tell, later), ...settle]);
    case 'localRules':
      return own([...look, awaitPolicy(server, 'set', tell), awaitPolicy(server, 'gone', tell)]);
    case 'validate':
      return known('validate');
    case 'remove':
      return known('remove');
  }
}
