import { z } from 'zod';
import { healUnit, type ProcessFault } from '../../shared/domain/fault.ts';
import { FAULT_STEP_DEADLINE_MS } from '../../shared/domain/faultLimit.ts';
import { stepBounds } from '../callBounds.ts';
import type { CallOptions, HostFaults } from '../host.ts';
import { runFirewall } from './apply/runFirewall.ts';
import { cutRules } from './cutRules.ts';
import type { Helper } from './helper.ts';
import { StatusAnswer } from './helperAnswers.ts';
import { systemFailure, WIN32 } from './systemErrors.ts';
import type { WindowsShell } from './windowsShell.ts';

const START_MS = 75_000;

const Anything = z.object({});
/** With anything not undone the verb fails. */
const Ended = z.object({ ended: z.literal(true) });

/**
 * The verb that does it to the process of each service. All three find Redis below its service and leave the service itself alone; their first word is the undo that
 * must be waiting.
 */
const VERBS: Readonly<Record<ProcessFault['kind'], string>> = { killed: 'kill', restarted: 'crash', frozen: 'freeze' };

/** What faults are done with. */
interface FaultTools {
  readonly server: string;
  readonly shell: WindowsShell;
  readonly helper: Helper;
}

/**
 * Faults of a Windows server, by the helper and by Windows' own firewall; see `Host.faults`. The undo is a service that Windows itself starts, also after a
 * reboot: it waits its time, starts the nodes' services, which lets frozen ones go on, removes the firewall rules of its cluster's faults and deletes itself. A fault that was held up
 * until then fails, for nothing would take it back: the helper itself refuses what it does to processes.
 */
export function windowsFaults({ server, shell, helper }: FaultTools): HostFaults {
  const begin = (options?: CallOptions): (() => CallOptions) => stepBounds(options, FAULT_STEP_DEADLINE_MS);
  /** Ends with `host.commandFailed` where the undo does not wait: it has been used. */
  const requireUndo = async (cluster: string, bounds: () => CallOptions): Promise<void> => {
    const name = healUnit(cluster);
    const { answer } = await helper.ask({ step: 'injectFault', verb: 'status', args: [name], answer: StatusAnswer, what: name }, bounds());
    const state = answer.services[0]?.state ?? 'missing';
    if (state !== 'running')
      throw systemFailure(WIN32.serviceMissing, { server, step: 'injectFault', what: name, evidence: `${name}: ${state}` });
  };
  return {
    async prepare(fault, options) {
      const bounds = begin(options);
      // One that is there from an earlier fault gets the new time and heals both.
      const name = healUnit(fault.cluster);
      const args = ['install', String(fault.healAfterSeconds), name, ...fault.services];
      await helper.ask({ step: 'prepareFault', verb: 'undo', args, answer: Anything, what: name }, bounds());
      if (fault.kind !== 'cut') return;
      for (const command of cutRules(fault).place) await runFirewall(command, { server, shell, helper, bounds });
    },
    async inject(fault, options) {
      const bounds = begin(options);
      if (fault.kind === 'cut') {
        await requireUndo(fault.cluster, bounds);
        await runFirewall(cutRules(fault).inject, { server, shell, helper, bounds });
        return;
      }
      const { services } = fault;
      const args = [healUnit(fault.cluster), ...services];
      await helper.ask({ step: 'injectFault', verb: VERBS[fault.kind], args, answer: Anything, what: services.join(', ') }, bounds());
    },
    async heal(fault, options) {
      const bounds = begin(options);
      const name = healUnit(fault.cluster);
      await helper.ask({ step: 'healFault', verb: 'undo', args: ['now', name], answer: Ended, what: name }, bounds());
      for (const service of fault.services) {
        const args = [service, String(START_MS)];
        await helper.ask({ step: 'startService', verb: 'start', args, answer: Anything, what: service }, bounds());
      }
      const { answer } = await helper.ask({ step: 'healFault', verb: 'status', args: [...fault.services], answer: StatusAnswer }, bounds());
      const down = answer.services.find(({ state }) => state !== 'running');
      if (down !== undefined)
        throw systemFailure(down.exitCode ?? 0, { server, step: 'startService', what: down.name, evidence: down.state });
    },
  };
}
