import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { CallOptions } from '../host.ts';
import type { WindowsShell } from './windowsShell.ts';

/** The shells that Windows' sshd may start for a command, as far as Triad works with them. */
export type DefaultShell = 'cmd' | 'powershell';

/**
 * Asks which shell sshd starts, by a line that each reads in its own way: cmd fills in `%OS%`, PowerShell puts each word on a line of its own, a Unix shell (Git,
 * WSL, Cygwin) does neither. Throws `host.unsupported` for any but cmd and PowerShell: backslashes of every path would be eaten.
 */
export async function findDefaultShell(shell: WindowsShell, options?: CallOptions): Promise<DefaultShell> {
  const { stdout } = await shell.runLine('defaultShell', 'echo %OS% x', options);
  // A login message may stand before it.
  const [before = '', last = ''] = [
    '',
    ...stdout
      .trimEnd()
      .split(/\r?\n/u)
      .map((line) => line.trim()),
  ].slice(-2);
  if (last === 'Windows_NT x') return 'cmd';
  if (last === 'x' && before === '%OS%') return 'powershell';
  const reason = last === '%OS% x' ? message('hosts.shell.bash') : message('hosts.shell.unknown', { said: last.slice(0, 200) });
  throw fail('host.unsupported', serverSubject(shell.server), {
    values: { server: shell.server, reason: say(reason) },
    evidence: stdout.slice(-2000),
  });
}
