import type { Phase } from '../../engine/phase.ts';
import type { ServiceAsRegistered } from '../../shared/domain/firstRun.ts';
import { faultOf } from '../../shared/domain/fault.ts';
import { nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import { pauseFor } from '../connectBooting.ts';
import type { RunContext } from '../runContext.ts';
import { notPossible, onWindowsServer, unmet, type TellFact, type UnmetLater } from './firstRunPhase.ts';

/** Windows waits 5 s before its first restart of a service of Triad's; Redis may then load its data. */
const RETURN_DEADLINE_MS = 90_000;
const POLL_MS = 250;

/**
 * Ends the program of one service as a crash would, Triad's own program and so Redis with it, and waits until Windows has started it again. Takes down after how
 * long. Where Windows does not, the service is started by Triad, and that is told at the end.
 */
export function crashService(server: string, tell: TellFact, later: UnmetLater, deadlineMs = RETURN_DEADLINE_MS): Phase<RunContext> {
  return onWindowsServer('crashService', message('phase.crashService'), server, async (context, _server, windows, host) => {
    const unit = nodesOnServer(context.plan, server)[0]?.unit ?? '';
    const look = async (): Promise<ServiceAsRegistered | undefined> =>
      (await windows.about([unit], { signal: context.signal })).services.find(({ name }) => name === unit);
    const before = await look();
    if (before?.state !== 'running' || before.pid === null || before.pid === 0)
      throw notPossible(server, message('firstRun.why.notRunning', { service: unit }), JSON.stringify(before));
    const beganMs = context.now();
    await windows.endProcess(before.pid, { signal: context.signal });
    let last: ServiceAsRegistered | undefined;
    let downMs: number | null = null;
    while (context.now() - beganMs < deadlineMs) {
      last = await look();
      const sinceMs = Math.round(context.now() - beganMs);
      if (last?.pid !== before.pid && last?.state !== 'running') downMs ??= sinceMs;
      if (last?.state === 'running' && last.pid !== before.pid) {
        tell({ server, name: `${unit}.seenDownMs`, value: downMs, unit: 'ms' });
        tell({ server, name: `${unit}.runningAgainMs`, value: sinceMs, unit: 'ms' });
        return 'changed';
      }
      await pauseFor(POLL_MS, context.signal);
    }
    tell({ server, name: `${unit}.seenDownMs`, value: downMs, unit: 'ms' });
    tell({ server, name: `${unit}.runningAgainMs`, value: null, unit: 'ms' });
    // What Windows did not do must not leave the cluster with a node less.
    const fault = faultOf(context.plan, 'serverLost', server, 0);
    if (fault !== null && fault.kind !== 'power') await host.faults.heal(fault, { signal: context.signal });
    const reason = message('firstRun.why.notRestarted', { service: unit, seconds: Math.round(deadlineMs / 1000) });
    later.push(unmet(server, reason, JSON.stringify(last)));
    return 'changed';
  });
}
