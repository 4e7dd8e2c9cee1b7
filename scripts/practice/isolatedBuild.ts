import { runCommand, type CommandOptions, type CommandResult } from './runCommand.ts';

/**
 * Runs a program that builds something, so that nothing of it is left when we are killed: it lives in process and mount namespaces of its own,
 * whose first process the kernel kills together with us, and with that all its processes and mounts go.
 * Without `network` it also cannot touch this machine's firewall (packages such as ufw would) or reach anything.
 */
export function runIsolated(
  program: string,
  args: readonly string[],
  options: CommandOptions & { readonly network: boolean },
): Promise<CommandResult> {
  const { network, ...rest } = options;
  const spaces = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', ...(network ? [] : ['--net'])];
  return runCommand('setpriv', ['--pdeathsig=KILL', 'unshare', ...spaces, program, ...args], rest);
}
