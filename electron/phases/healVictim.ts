import { fail, failureOf } from '../shared/domain/failure.ts';
import { BOOT_DEADLINE_MS, POWER_COMMAND_DEADLINE_MS } from '../shared/domain/faultLimit.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { say } from '../shared/messages/message.ts';
import { restorePower } from './powerFault.ts';
import { hostOf, type RunContext } from './runContext.ts';
import type { Trial } from './trial.ts';
import { HEAL_DEADLINE_MS } from './trialDeadlines.ts';

/**
 * Takes the fault back, and its timer away; not bound to the run's signal, since it must also work after an interruption. Only the wait for a server that boots may be
 * interrupted, by `signal`: what is given up there has been switched on already.
 */
export async function healVictim(context: RunContext, trial: Trial, signal?: AbortSignal): Promise<void> {
  const { server, fault } = trial;
  if (fault === null) return;
  if (fault.kind === 'power')
    await restorePower(context, trial, signal ?? AbortSignal.timeout(BOOT_DEADLINE_MS + 2 * POWER_COMMAND_DEADLINE_MS));
  else
    try {
      await hostOf(context, server).faults.heal(fault, { deadlineMs: HEAL_DEADLINE_MS });
    } catch (error) {
      const { code, values, evidence } = failureOf(error, serverSubject(server));
      throw fail('failover.notHealed', serverSubject(server), {
        values: { server, reason: say({ code, values }), seconds: fault.healAfterSeconds },
        evidence,
        cause: error,
      });
    }
  trial.isInjected = false;
  trial.watch?.returned();
  const undoneAtMs = Math.round(context.now() - trial.faultAtMs);
  for (const action of trial.actions) action.undoneAtMs = undoneAtMs;
}
