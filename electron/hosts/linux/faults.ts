import type { HostFaults } from '../host.ts';
import { faultScripts } from './faultScripts.ts';
import type { HostShell } from './hostShell.ts';

/** Faults of a Linux server, by systemd; see `Host.faults`. */
export function linuxFaults(shell: HostShell): HostFaults {
  return {
    prepare: async (fault, options) => {
      await shell.run({ name: 'prepareFault', script: faultScripts(fault).prepare }, options);
    },
    inject: async (fault, options) => {
      await shell.run({ name: 'injectFault', script: faultScripts(fault).inject }, options);
    },
    heal: async (fault, options) => {
      await shell.run({ name: 'healFault', script: faultScripts(fault).heal }, options);
    },
  };
}
