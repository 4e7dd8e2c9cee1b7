import type { SwitchoverOptions } from '../redis/switchOver.ts';
import { message } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';

const LOOK_DEADLINE_MS = 3000;

/**
 * Prints how many milliseconds ago the node whose log this is last began an election; nothing where its log tells of none. Only the log knows: Redis keeps
 * the moment to itself. Server and log share a clock and a time zone.
 */
function electionScript(logFile: string): string {
  return `LC_ALL=C; export LC_ALL
at=$(tail -c 65536 '${logFile}' 2>/dev/null | sed -nE 's/^[0-9]+:[A-Z] (.*[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}) .*Starting a failover election.*/\\1/p' | tail -n 1)
[ -n "$at" ] || exit 0
then=$(date -d "$at" +%s%3N) || exit 0
echo $(($(date +%s%3N) - then))
`;
}

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
        const { stdout } = await hostOf(context, node.server).shell.run(
          { name: 'lastElection', script: electionScript(node.logFile) },
          { signal: context.signal, deadlineMs: LOOK_DEADLINE_MS },
        );
        const agoMs = Number.parseInt(stdout, 10);
        return Number.isNaN(agoMs) || agoMs < 0 ? null : agoMs;
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
