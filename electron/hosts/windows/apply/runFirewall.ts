import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';
import { programFailure } from '../windowsShell.ts';
import type { ApplyRoom } from './applyRoom.ts';

/** As plans and administrators write it. */
const NETSH = 'netsh.exe';
const DELETES = ['advfirewall', 'firewall', 'delete', 'rule'];
/** netsh has one code for every failure; deleting a rule that is not there is one of them. */
const FAILED = 1;

/** Words of a line as the plan writes it: parted by blanks, with double quotes around what has some. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/gu)].map(([word]) => word.replaceAll('"', ''));
}

/** Runs one command of a firewall change. Throws `host.commandFailed` with what netsh said, in its own language. */
export async function runFirewall(command: string, { server, shell, bounds }: ApplyRoom): Promise<void> {
  const [program = '', ...args] = wordsOf(command);
  if (program !== NETSH) throw new Error(`not a command for the firewall of Windows: ${command}`);
  const result = await shell.run({ step: 'firewall', program: SYSTEM_PROGRAMS.netsh, args }, bounds());
  const isDelete = DELETES.every((word, index) => args[index] === word);
  if (result.code === 0 || (isDelete && result.code === FAILED)) return;
  throw programFailure(server, 'firewall', result);
}
