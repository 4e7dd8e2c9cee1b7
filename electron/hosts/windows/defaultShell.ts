import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { CallOptions } from '../host.ts';
import type { WindowsShell } from './windowsShell.ts';

/** The shells that Windows' sshd may start for a command, as far as Triad works with them. */
export type DefaultShell = 'cmd' | 'powershell';

/** The last line that is not empty: a login message may stand before it. */
function lastWords(stdout: string): string {
  return stdout.trimEnd().split(/\r?\n/u).at(-1)?.trim() ?? '';
}

/**
 * Asks which shell sshd starts, by lines that each reads in its own way: cmd fills in `%OS%`, PowerShell `$PSHOME`, a Unix shell (Git, WSL, Cygwin) neither.
 * Throws `host.unsupported` for any but cmd and PowerShell: backslashes of every path would be eaten.
 */
export async function findDefaultShell(shell: WindowsShell, options?: CallOptions): Promise<DefaultShell> {
  const said = lastWords((await shell.runLine('defaultShell', 'echo %OS%', options)).stdout);
  if (said === 'Windows_NT') return 'cmd';
  const home = lastWords((await shell.runLine('defaultShell', 'echo $PSHOME', options)).stdout);
  if (said === '%OS%' && /^[A-Za-z]:\\.*PowerShell/iu.test(home)) return 'powershell';
  const reason = said === '%OS%' ? message('hosts.shell.bash') : message('hosts.shell.unknown', { said: said.slice(0, 200) });
  throw fail('host.unsupported', serverSubject(shell.server), {
    values: { server: shell.server, reason: say(reason) },
    evidence: `${said}\n${home}`,
  });
}
