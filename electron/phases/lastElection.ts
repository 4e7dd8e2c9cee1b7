import type { SwitchoverOptions } from '../redis/switchOver.ts';
import { message } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';

const LOOK_DEADLINE_MS = 3000;

/** What switchovers must know of a node's last election, and how they tell that they wait. What cannot be found out forbids nothing. */
export function restingNodes(
  context: Pick<RunContext, 'plan' | 'hosts' | 'lost' | 'emit' | 'signal'>,
  phase: string,
): Pick<SwitchoverOptions, 'lastElectionAgoMs' | 'onRest'> {
  return {
    lastElectionAgoMs: async (id) => {
      const node = context.plan.nodes.find((one) => one.id === id);
      if (node === undefined) return null;
      try {
        const bounds = { signal: context.signal, deadlineMs: LOOK_DEADLINE_MS };
        return await hostOf(context, node.server).lastElectionAgoMs(node.logFile, bounds);
      } catch {
        return null;
      }
    },
    onRest: (node, restMs) =>
      context.emit({
        type: 'phaseProgress',
        phase,
        server: null,
        message: message('phase.progress.resting', { node, seconds: Math.ceil(restMs / 1000) }),
      }),
  };
}
