import type { ResolvedWindowsVariant, WindowsShell } from '../windowsVariant.ts';
import { argumentsOf } from './commandLine.ts';

/** What a default shell makes of the text that an SSH client sends as a command. */
export type ShellAction =
  | {
      readonly kind: 'run';
      /** For CreateProcess, byte for byte. */
      readonly line: string;
      /** What the shell makes of the program's exit code. */
      readonly exitCode: (code: number) => number;
      /** What the shell says where the program is not there; cmd says it itself. */
      readonly notFound?: { readonly stderr: string; readonly code: number };
    }
  | { readonly kind: 'say'; readonly stdout: string; readonly stderr: string; readonly code: number }
  /** The practice server does not know: it must say so loudly. */
  | { readonly kind: 'unknown'; readonly why: string };

const cmdLimit = 8191;

/**
 * A script for PowerShell, of words that cmd passes on as they are. Wine's cmd takes one of some hundred characters for "File name is too long", where Windows' takes
 * 8191: such a line is run without cmd.
 */
const longScript = /^[\w.:\\]+\.exe(?: -\w+)* -EncodedCommand [A-Za-z0-9+/=]{400,}$/u;

/**
 * What Windows' sshd does with a command (w32-doexec.c): for cmd the text stands untouched between `/c "` and `"`; PowerShell gets it as the text of
 * `-c`, to be taken apart by its own rules.
 */
export function shellAction(shell: WindowsShell, command: string): ShellAction {
  return shell === 'cmd' ? cmdAction(command) : powerShellAction(command);
}

/**
 * What the shell is handed of a command. The sshd of Server 2019 (7.7, `build_session_commandline`) puts it between quotes and escapes nothing in it, so PowerShell's
 * own start takes it apart, and what stands behind `-c` is put together again with blanks. From 7.9 on it arrives as it was sent.
 */
export function handedOver(shell: WindowsShell, openssh: ResolvedWindowsVariant['openssh'], command: string): string {
  if (shell === 'cmd' || openssh !== '7.7') return command;
  return argumentsOf(`"powershell.exe" -c "${command}"`).slice(2).join(' ');
}

function cmdAction(command: string): ShellAction {
  const line = `"C:\\windows\\system32\\cmd.exe" /c "${command}"`;
  if (line.length > cmdLimit) return { kind: 'say', stdout: '', stderr: 'The command line is too long.\r\n', code: 1 };
  return { kind: 'run', line: longScript.test(command) ? command : line, exitCode: (code) => code };
}

// Names that PowerShell 5.1 takes for something else than the program, of those that are programs or words of cmd too.
const aliases =
  /^(?:cat|cd|chdir|clear|cls|copy|cp|curl|date|del|diff|dir|erase|fc|h|history|kill|ls|man|md|mkdir|more|mount|move|mv|ps|pwd|r|rd|ren|rm|rmdir|sc|set|sleep|sort|start|tee|type|wget|where|write)$/iu;
const bareWord = /^[^\s"'`$;|&(){}<>@#]+$/u;

/** The small part of PowerShell 5.1 that calls one program: everything else is unknown here. */
function powerShellAction(command: string): ShellAction {
  const words = powerShellWords(command.trim());
  if (typeof words === 'string') return { kind: 'unknown', why: words };
  const [program, ...args] = words;
  if (program === undefined) return { kind: 'say', stdout: '', stderr: '', code: 0 };
  if (program.isQuoted) return { kind: 'unknown', why: 'PowerShell takes a quoted first word for a text, not for a program' };
  const { text: name } = program;
  if (/^(?:echo|write-output)$/iu.test(name))
    return { kind: 'say', stdout: args.map(({ text }) => `${text}\r\n`).join(''), stderr: '', code: 0 };
  if (aliases.test(name)) return { kind: 'unknown', why: `PowerShell has a command of its own called "${name}"` };
  if (/^[a-z]+-[a-z]+$/iu.test(name)) return { kind: 'unknown', why: `"${name}" may be a PowerShell command` };
  const given = args.filter(({ text }) => text !== '').map(({ text }) => (/\s/u.test(text) ? `"${text}"` : text));
  return {
    kind: 'run',
    line: [`"${name.replaceAll('/', '\\')}"`, ...given].join(' '),
    // about_PowerShell_exe: with -Command an exit code other than 0 and 1 becomes 1.
    exitCode: (code) => (code === 0 ? 0 : 1),
    notFound: {
      stderr: `${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of\r\nthe name, or if a path was included, verify that the path is correct and try again.\r\n`,
      code: 1,
    },
  };
}

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The words of a simple PowerShell command, or what is not simple about it. Version 5.1 passes on quotes and trailing backslashes wrongly: refused. */
function powerShellWords(command: string): Word[] | string {
  const words: Word[] = [];
  let rest = command;
  while (rest !== '') {
    const token = /^(?:"[^"]*"|'[^']*'|[^\s"']+)+/u.exec(rest)?.[0];
    if (token === undefined) return 'a quote is not closed';
    let text = '';
    for (const [piece] of token.matchAll(/"[^"]*"|'[^']*'|[^\s"']+/gu)) {
      if (piece.startsWith('"') && /[$`]/u.test(piece)) return `PowerShell expands ${piece}`;
      if (!/^["']/u.test(piece) && !bareWord.test(piece)) return `${piece} has a meaning of its own in PowerShell`;
      if (!/^["']/u.test(piece) && piece === '--%') return 'the stop-parsing sign is not modelled';
      text += /^["']/u.test(piece) ? piece.slice(1, -1) : piece;
    }
    if (/""|''/u.test(token.slice(1, -1))) return `a doubled quote in ${token} is not modelled`;
    if (/\s/u.test(text) && text.endsWith('\\')) return `PowerShell 5.1 passes on ${token} with a quote that its last backslash spoils`;
    if (text.includes('"')) return `PowerShell 5.1 passes on the quotes in ${token} unescaped`;
    words.push({ text, isQuoted: /^["']/u.test(token) });
    rest = rest.slice(token.length).trimStart();
  }
  return words;
}
