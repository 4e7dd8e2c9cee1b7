/** The shells that Windows' sshd may start for a command, as far as Triad works with them. */
export type DefaultShell = 'cmd' | 'powershell';

/**
 * A line that each shell reads in its own way: cmd fills in `%OS%`, PowerShell puts each word on a line of its own, a Unix shell (Git, WSL, Cygwin) does neither.
 * It has no quotes, so it means the same behind every sshd.
 */
export const WHICH_SHELL = 'echo %OS% x';

/** Which shell answered so; null for any but cmd and PowerShell. A login message may stand before it. */
export function shellIn(stdout: string): DefaultShell | null {
  const lines = stdout
    .trimEnd()
    .split(/\r?\n/u)
    .map((line) => line.trim());
  const [before = '', last = ''] = ['', ...lines].slice(-2);
  if (last === 'Windows_NT x') return 'cmd';
  return last === 'x' && before === '%OS%' ? 'powershell' : null;
}

/** Whether this sshd hands a command to PowerShell as `-c "COMMAND"` and escapes nothing in it: that of Server 2019 (7.7). From 7.9 on it is escaped. */
export function handsOverRaw(ident: string): boolean {
  return /OpenSSH_for_Windows_7\.[0-8](?!\d)/u.test(ident);
}

/**
 * A line for PowerShell behind such an sshd: without the backslashes the quotes in it would end the text of `-c`, and PowerShell would get its words without
 * them. A backslash at the end would take the closing quote with it.
 */
export function escapedForRaw(line: string): string {
  return `${line.replaceAll('"', String.raw`\"`)}${line.endsWith('\\') ? ' ' : ''}`;
}
