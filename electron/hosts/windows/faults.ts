import { z } from 'zod';
import { healUnit, type Fault } from '../../shared/domain/fault.ts';
import type { HostFaults } from '../host.ts';
import type { Helper } from './helper.ts';
import { StatusAnswer } from './helperAnswers.ts';
import { WIN32, systemFailure } from './systemErrors.ts';

/** Both services one after the other, each as long as it may take until Redis answers. */
const FAULT_DEADLINE_MS = 180_000;
const START_MS = 75_000;

const Anything = z.object({});
/** The image path of a node's service, as `install` of the helper writes it. */
const OWN_IMAGE = /^"(?<program>[^"]+\\triad-service[^"\\]*\.exe)" service "/iu;

/**
 * Faults of a Windows server, by the helper; see `Host.faults`. The undo is a service that Windows itself starts, also after a reboot: it waits its time, starts
 * the nodes' services, removes firewall rules of faults and deletes itself.
 */
export function windowsFaults(helper: Helper, server: string): HostFaults {
  const bounds = { deadlineMs: FAULT_DEADLINE_MS };
  const endUndo = async (verb: 'now' | 'cancel', fault: Fault, options: Parameters<HostFaults['heal']>[1]): Promise<void> => {
    const name = healUnit(fault.cluster);
    const answers = [WIN32.serviceMissing];
    // Without an undo there is nothing to be taken back: the verb then fails, and its failure is an answer.
    await helper.ask(
      { step: `${verb}Fault`, verb: 'undo', args: [verb, name], answer: Anything, what: name, answers },
      { ...bounds, ...options },
    );
  };
  /**
   * The installed copy that runs the nodes' services: what the undo registers is itself, to be run by the system, and the copy that looks lies in somebody's profile.
   * Null where a service is another program's.
   */
  const installedProgram = async (fault: Fault, options: Parameters<HostFaults['heal']>[1]): Promise<string | null> => {
    const call = { step: 'prepareFault', verb: 'status', args: [...fault.services], answer: StatusAnswer };
    const { answer } = await helper.ask(call, { ...bounds, ...options });
    return OWN_IMAGE.exec(answer.services[0]?.imagePath ?? '')?.groups?.['program'] ?? null;
  };
  return {
    async prepare(fault, options) {
      await endUndo('cancel', fault, options);
      const name = healUnit(fault.cluster);
      const args = ['install', String(fault.healAfterSeconds), name, ...fault.services];
      const program = await installedProgram(fault, options);
      await helper.ask(
        { step: 'prepareFault', verb: 'undo', args, answer: Anything, what: name, ...(program === null ? {} : { program }) },
        { ...bounds, ...options },
      );
    },
    async inject(fault, options) {
      const args = [...fault.services];
      await helper.ask({ step: 'injectFault', verb: 'kill', args, answer: Anything, what: args.join(', ') }, { ...bounds, ...options });
    },
    async heal(fault, options) {
      await endUndo('now', fault, options);
      for (const service of fault.services) {
        const args = [service, String(START_MS)];
        await helper.ask({ step: 'startService', verb: 'start', args, answer: Anything, what: service }, { ...bounds, ...options });
      }
      const { answer } = await helper.ask(
        { step: 'healFault', verb: 'status', args: [...fault.services], answer: StatusAnswer },
        { ...bounds, ...options },
      );
      const down = answer.services.find(({ state }) => state !== 'running');
      if (down !== undefined)
        throw systemFailure(down.exitCode ?? 0, { server, step: 'startService', what: down.name, evidence: down.state });
    },
  };
}
