import type { Phase } from '../engine/phase.ts';
import { waitForView } from '../redis/clusterView.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { nodesOnServer, type NodeSpec } from '../shared/domain/plan.ts';
import { readinessOf } from '../shared/domain/readiness.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { restoreQuestion } from './confirmChanges.ts';
import { connect } from './connect.ts';
import { connectBooting, pauseFor } from './connectBooting.ts';
import { reachNode } from './connectNodes.ts';
import { maintenanceSeen } from './maintenanceMarks.ts';
import { serverNames, type RunContext } from './runContext.ts';

const RETRY_MS = 1000;
/** Nodes of the other servers were never away. */
const OTHERS_WAIT_MS = 5000;

function tell(context: RunContext, phase: string, server: string | null, text: Message): void {
  context.emit({ type: 'phaseProgress', phase, server, message: text });
}

/**
 * Connects to the servers; for the one that comes back from a maintenance it waits until it can be reached and has booted. One that still answers on its way
 * down does not count. Fails with `maintenance.notReached` after `waitMs`.
 */
export function connectAwaiting(awaited: string, waitMs: number): Phase<RunContext> {
  let hasOtherFailed = false;
  return {
    ...connect,
    run: async (context, server) => {
      if (server !== awaited) {
        try {
          return await connect.run(context, server);
        } catch (error) {
          hasOtherFailed = true;
          throw error;
        }
      }
      const endsAtMs = context.now() + waitMs;
      await connectBooting(context, server, (why) => {
        const leftMs = endsAtMs - context.now();
        // The run cannot go on without the others: then nobody waits a quarter of an hour to hear it.
        if (leftMs <= 0 || hasOtherFailed)
          throw fail('maintenance.notReached', serverSubject(server), {
            values: { server, minutes: Math.round(waitMs / 60_000), reason: say(why) },
            retryable: true,
          });
        tell(context, connect.id, server, message('maintenance.waiting', { server, seconds: Math.ceil(leftMs / 1000) }));
      });
      return 'observed';
    },
  };
}

/** Waits until the nodes of the server answer and the whole cluster is ready: six views agree, every replica is in sync. */
export function awaitReturn(server: string, waitMs: number): Phase<RunContext> {
  const id = `awaitReturn:${server}`;
  return {
    id,
    title: message('phase.awaitReturn'),
    scope: 'cluster',
    run: async (context) => {
      const { plan, signal } = context;
      const endsAtMs = context.now() + waitMs;
      const secondsLeft = (): number => Math.max(0, Math.ceil((endsAtMs - context.now()) / 1000));
      const own = new Set(nodesOnServer(plan, server).map((node) => node.id));
      const reach = async (node: NodeSpec): Promise<void> => {
        for (;;) {
          try {
            await reachNode(context, node, own.has(node.id) ? 0 : OTHERS_WAIT_MS);
            return;
          } catch (error) {
            const isStarting = own.has(node.id) && failureOf(error, clusterSubject).code === 'redis.unreachable';
            if (!isStarting || context.now() >= endsAtMs) throw error;
            tell(context, id, null, message('maintenance.waitingNode', { node: node.id, seconds: secondsLeft() }));
            await pauseFor(RETRY_MS / 4, signal);
          }
        }
      };
      await Promise.all(plan.nodes.map(reach));
      let toldAtMs = 0;
      context.lastView = await waitForView(
        context.nodes,
        (view, earlier) => {
          const { reasons } = readinessOf(view, plan, earlier);
          if (reasons[0] !== undefined && context.now() - toldAtMs > RETRY_MS) {
            toldAtMs = context.now();
            tell(context, id, null, message('maintenance.waitingSync', { reason: say(reasons[0]), seconds: secondsLeft() }));
          }
          return reasons;
        },
        (reasons) =>
          fail('maintenance.notReached', serverSubject(server), {
            values: {
              server,
              minutes: Math.round(waitMs / 60_000),
              reason: reasons
                .slice(0, 3)
                .map((one) => say(one))
                .join('; '),
            },
            evidence: reasons.map((one) => say(one)).join('\n'),
            retryable: true,
          }),
        { deadlineMs: Math.max(OTHERS_WAIT_MS, endsAtMs - context.now()), signal },
      );
      context.emit({ type: 'clusterObserved', moment: 'before', view: context.lastView });
      // It was looked at while its services started.
      for (const name of serverNames(context)) context.touched.add(name);
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Whoever began a maintenance has confirmed its end too; without a mark the switchovers are asked for, as in a restore. */
export function endQuestion(server: string): (context: RunContext) => Message | null {
  return (context) => (maintenanceSeen(context).marks.some((mark) => mark.server === server) ? null : restoreQuestion(context));
}
