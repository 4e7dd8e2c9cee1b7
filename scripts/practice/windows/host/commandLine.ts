/**
 * The arguments of a Windows command line, as CommandLineToArgvW and the C runtime of most programs take them apart: backslashes are only special
 * before a quote. The first word is the program.
 */
export function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    const slashes = /^\\+(?=")/u.exec(line.slice(at))?.[0].length ?? 0;
    if (slashes > 0) {
      current = `${current ?? ''}${'\\'.repeat(Math.floor(slashes / 2))}`;
      at += slashes - 1;
      if (slashes % 2 === 1) {
        current += '"';
        at += 1;
      }
    } else if (character === '"') {
      current ??= '';
      // Two quotes inside quotes are one.
      if (isQuoted && line[at + 1] === '"') {
        current += '"';
        at += 1;
      } else isQuoted = !isQuoted;
    } else if (!isQuoted && (character === ' ' || character === '\t')) {
      if (current !== undefined) found.push(current);
      current = undefined;
    } else current = `${current ?? ''}${character}`;
  }
  return current === undefined ? found : [...found, current];
}

/** The script that `-EncodedCommand` or `-Command` of a PowerShell command line holds. */
export function powerShellScript(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => /^[-/](?:e|ec|en\w*|c|co\w*)$/iu.test(arg));
  const kind = args[at]?.slice(1).toLowerCase();
  if (kind === undefined) return undefined;
  return kind.startsWith('e') ? Buffer.from(args[at + 1] ?? '', 'base64').toString('utf16le') : args.slice(at + 1).join(' ');
}
