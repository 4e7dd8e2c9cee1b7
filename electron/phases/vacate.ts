import type { Phase } from '../engine/phase.ts';
import { survivesLoss } from '../checks/cluster/survivesLoss.ts';
import { waitForView } from '../redis/clusterView.ts';
import { vacateServer } from '../redis/vacateServer.ts';
import type { ClusterReason } from '../shared/domain/clusterReason.ts';
import { evacuationsOf, mastersOn } from '../shared/domain/evacuation.ts';
import { fail, failureOf, type FailureError } from '../shared/domain/failure.ts';
import { maintenanceRefusals } from '../shared/domain/maintenanceRefusals.ts';
import type { Message } from '../shared/domain/message.ts';
import { clusterSubject, formatSubject, serverSubject } from '../shared/domain/subject.ts';
import { toleranceOf } from '../shared/domain/tolerance.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { report } from './checkServers.ts';
import { isDown } from './goOnWithout.ts';
import { restingNodes } from './lastElection.ts';
import { maintenanceSeen } from './maintenanceMarks.ts';
import { restoreDeadlineMs } from './restorePlannedRoles.ts';
import type { RunContext } from './runContext.ts';
import { watchClients } from './watchClients.ts';

/** What is not over by then, such as a replica that no longer follows, is a reason to refuse. */
const READY_WAIT_MS = 5000;
const PROVED_WAIT_MS = 20_000;

function refused(server: string, reasons: readonly Message[]): FailureError {
  const evidence = reasons.map((one) => say(one)).join('\n');
  const values = {
    server,
    reason: reasons
      .slice(0, 3)
      .map((one) => say(one))
      .join('; '),
  };
  return fail('maintenance.refused', serverSubject(server), { values, evidence, retryable: true });
}

/**
 * A phase on the way to a maintenance. Another server that is down, or a node of it that does not answer, is a reason to refuse it: with one more away there would
 * be no majority, or a shard without a copy. That the server itself cannot be reached is told as it is.
 */
export function refusingMaintenance(server: string, phase: Phase<RunContext>): Phase<RunContext> {
  return {
    ...phase,
    run: async (context, other) => {
      try {
        return await phase.run(context, other);
      } catch (error) {
        const { code, values, subject } = failureOf(error, clusterSubject);
        const [isServerAway, isNodeAway] = [
          phase.scope === 'server' && other !== server && isDown(code),
          code === 'redis.unreachable' && subject.kind === 'node' && subject.server !== server,
        ];
        if (!isServerAway && !isNodeAway) throw error;
        const reason = { code, values };
        throw refused(server, [isServerAway ? message('maintenance.away', { server: other, reason: say(reason) }) : reason]);
      }
    },
  };
}

/** Waits until nothing speaks against the judged view; refuses at the deadline. */
async function awaitView(
  context: RunContext,
  server: string,
  judge: (view: ClusterView, earlier: ClusterView | undefined) => readonly ClusterReason[],
  deadlineMs: number,
): Promise<ClusterView> {
  context.lastView = await waitForView(context.nodes, judge, (reasons) => refused(server, reasons), { deadlineMs, signal: context.signal });
  return context.lastView;
}

/** Lets a maintenance begin only where the cluster survives the server's absence; looks and changes nothing. */
export function requireMaintainable(server: string): Phase<RunContext> {
  return {
    id: 'requireMaintainable',
    title: message('phase.requireMaintainable'),
    scope: 'cluster',
    run: async (context) => {
      const view = await awaitView(
        context,
        server,
        (seen, earlier) => maintenanceRefusals(seen, context.plan, server, earlier),
        READY_WAIT_MS,
      );
      context.emit({ type: 'clusterObserved', moment: 'before', view });
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Names each switchover and what it means that the server is away; null where it is in maintenance already. */
export function beginQuestion(server: string): (context: RunContext) => Message | null {
  return (context) => {
    const { lastView, plan } = context;
    if (lastView === null) return null;
    const moves = evacuationsOf(lastView, plan, server);
    const isMarked = maintenanceSeen(context).marks.some((mark) => mark.server === server);
    if (moves.length === 0) return isMarked ? null : message('phase.confirmMark', { server, cluster: plan.cluster });
    const lines = moves.map(({ shard, from, to }) => say(message('phase.moveAway', { shard, from, to })));
    return message('phase.confirmBegin', { server, cluster: plan.cluster, switchovers: lines.join('\n') });
  };
}

/** Moves every master away from the server, and tells what clients noticed. */
export function vacate(server: string): Phase<RunContext> {
  const id = `vacateServer:${server}`;
  return {
    id,
    title: message('phase.vacateServer'),
    scope: 'cluster',
    run: async (context) => {
      const deadlineMs = restoreDeadlineMs(context.plan.settings.nodeTimeoutMs);
      const move = (): ReturnType<typeof vacateServer> =>
        vacateServer(context.nodes, context.plan, server, {
          signal: context.signal,
          deadlineMs,
          now: context.now,
          ...restingNodes(context, id),
          emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
        });
      const isNeeded = context.lastView === null || mastersOn(context.lastView, context.plan, server).length > 0;
      const { switchovers } = isNeeded
        ? await watchClients(context, { moment: 'maintenanceBegin', server, deadlineMs }, move)
        : await move();
      return switchovers.length > 0 ? 'changed' : 'alreadyDone';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
  };
}

/** Proves that the server holds no master and may go: the cluster is whole and survives its absence. */
export function proveAbsence(server: string): Phase<RunContext> {
  return {
    id: 'proveAbsence',
    title: message('phase.proveAbsence'),
    scope: 'cluster',
    run: async (context) => {
      const { plan } = context;
      const view = await awaitView(
        context,
        server,
        (seen, earlier) => [
          ...maintenanceRefusals(seen, plan, server, earlier),
          ...toleranceOf(seen, plan, earlier).flatMap((one) => (one.server === server ? one.reasons : [])),
        ],
        PROVED_WAIT_MS,
      );
      context.emit({ type: 'clusterObserved', moment: 'after', view });
      // Of the other two nothing is asked now: one of them holds two masters, and is not to be lost meanwhile.
      const own = survivesLoss.judge(view, { plan }).filter(({ subject }) => formatSubject(subject) === server);
      report(context, 'proveAbsence', own);
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
