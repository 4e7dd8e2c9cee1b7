import { FirewallAnswer } from '../helperAnswers.ts';
import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';
import { programFailure } from '../windowsShell.ts';
import type { ApplyRoom } from './applyRoom.ts';

/** As plans and administrators write it. */
const NETSH = 'netsh.exe';
const DELETES = ['advfirewall', 'firewall', 'delete', 'rule'];
/** netsh has one code for every failure; deleting a rule that is not there is one of them. */
const FAILED = 1;
const NAME = 'name=';

/** Words of a line as the plan writes it: parted by blanks, with double quotes around what has some. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/gu)].map(([word]) => word.replaceAll('"', ''));
}

/** What telling the firewall works with. */
export type FirewallRoom = Pick<ApplyRoom, 'server' | 'shell' | 'helper' | 'bounds'>;

/** Whether a rule of this name is there, whatever else it says: the registry tells, which no language and no code page touches. */
async function isThere(name: string, { helper, bounds }: FirewallRoom): Promise<boolean> {
  const { answer } = await helper.ask({ step: 'firewall', verb: 'firewall', args: [name], answer: FirewallAnswer }, bounds());
  return answer.rules.some((rule) => rule.source !== 'policy' && rule.name.toLowerCase() === name.toLowerCase());
}

/**
 * Runs one command of a firewall change. Throws `host.commandFailed` with what netsh said, in its own language. That there is nothing to delete is no failure;
 * since netsh says the same where it may not delete, the registry is asked.
 */
export async function runFirewall(command: string, room: FirewallRoom): Promise<void> {
  const { server, shell, bounds } = room;
  const [program = '', ...args] = wordsOf(command);
  if (program !== NETSH) throw new Error(`not a command for the firewall of Windows: ${command}`);
  const result = await shell.run({ step: 'firewall', program: SYSTEM_PROGRAMS.netsh, args }, bounds());
  if (result.code === 0) return;
  const isDelete = DELETES.every((word, index) => args[index] === word);
  const name = args.find((word) => word.startsWith(NAME))?.slice(NAME.length);
  if (isDelete && result.code === FAILED && name !== undefined && !(await isThere(name, room))) return;
  throw programFailure(server, 'firewall', result);
}
