/** The most characters that cmd takes on one line; what is longer it refuses. */
const LINE_LIMIT = 8191;
/** What sshd puts around a line for cmd, `"C:\WINDOWS\system32\cmd.exe" /c "..."`, with room for a longer system folder. */
const FRAME_CHARACTERS = 64;

/** The longest line that `commandLine` makes. */
export const MOST_LINE_CHARACTERS = LINE_LIMIT - FRAME_CHARACTERS;

/** PowerShell starts only an unquoted word as a program, cmd takes one without blanks as it is. It ends in `.exe` because aliases (`sc`) do not. */
const PROGRAM = /^[A-Za-z.][A-Za-z0-9._\\:-]*\.exe$/u;

/** Words that need no quotes: PowerShell cuts `-a.b` in two, and reads `@`, `,`, `#`, `(`, `{` and numbers such as `1kb` as its own. */
const PLAIN = /^(?:\d{1,9}|--?[A-Za-z]+|\/?[A-Za-z][A-Za-z0-9_.\\/:=+-]*)$/u;

/**
 * What means the same inside double quotes for cmd, PowerShell and the C library: no `%`, `!`, `^`, `&`, `|`, `<`, `>`, `$`, backtick, `;`, quote of
 * either kind or control character, and of what is not ASCII only letters and digits, because PowerShell takes typographic quotes and dashes for plain ones.
 */
const QUOTABLE = /^[ #()*+,./0-9:=?@A-Z[\\\]_a-z{}~\p{L}\p{M}\p{N}-]+$/u;

/**
 * One argument. Throws for what cannot be said alike to both shells: a forbidden character, nothing at all (PowerShell 5.1 drops it), or a quoted
 * word that ends in a backslash (PowerShell 5.1 doubles none, CommandLineToArgvW wants two).
 */
export function quoteArgument(argument: string): string {
  if (PLAIN.test(argument)) return argument;
  if (!QUOTABLE.test(argument) || argument.endsWith('\\')) throw new Error(`not an argument for every shell: ${JSON.stringify(argument)}`);
  return `"${argument}"`;
}

/**
 * The line that runs a program with arguments; it means the same to cmd and to PowerShell, whichever the server's sshd starts. Triad chooses all names in it,
 * so what does not fit is a mistake of the program and throws.
 */
export function commandLine(program: string, args: readonly string[]): string {
  if (!PROGRAM.test(program)) throw new Error(`not a program for every shell: ${JSON.stringify(program)}`);
  const line = [program, ...args.map(quoteArgument)].join(' ');
  if (line.length > MOST_LINE_CHARACTERS) throw new Error(`a command line of ${line.length} characters: cmd takes ${MOST_LINE_CHARACTERS}`);
  return line;
}
