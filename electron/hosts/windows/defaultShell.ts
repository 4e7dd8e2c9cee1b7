import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { CallOptions } from '../host.ts';
import { shellIn, WHICH_SHELL, type DefaultShell } from './whichShell.ts';
import type { WindowsShell } from './windowsShell.ts';

/** Asks which shell sshd starts. Throws `host.unsupported` for any but cmd and PowerShell: backslashes of every path would be eaten. */
export async function findDefaultShell(shell: WindowsShell, options?: CallOptions): Promise<DefaultShell> {
  const { stdout } = await shell.runLine('defaultShell', WHICH_SHELL, options);
  const found = shellIn(stdout);
  if (found !== null) return found;
  const last = stdout.trimEnd().split(/\r?\n/u).at(-1)?.trim() ?? '';
  const reason = last === '%OS% x' ? message('hosts.shell.bash') : message('hosts.shell.unknown', { said: last.slice(0, 200) });
  throw fail('host.unsupported', serverSubject(shell.server), {
    values: { server: shell.server, reason: say(reason) },
    evidence: stdout.slice(-2000),
  });
}
