import type { CallOptions } from '../host.ts';
import type { HostShell } from './hostShell.ts';
import { quote } from './quote.ts';

/** Reads as root; the output of the script is nowhere kept. See `Host.readSecretFile`. */
export async function readSecretFile(shell: HostShell, path: string, options?: CallOptions): Promise<string> {
  const { stdout } = await shell.run({ name: 'readPassword', script: `cat ${quote(path)}\n` }, options);
  return stdout;
}
