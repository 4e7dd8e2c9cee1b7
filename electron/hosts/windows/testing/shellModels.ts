/**
 * CommandLineToArgvW for the words behind the program: blanks and tabs part words outside quotes; 2n backslashes before a quote are n and the quote
 * opens or closes, 2n + 1 are n and a quote; two quotes inside quotes are one.
 */
export function commandLineToArgv(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let hasWord = false;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === '\\') {
      let end = at;
      while (line[end] === '\\') end += 1;
      const count = end - at;
      hasWord = true;
      if (line[end] !== '"') word += '\\'.repeat(count);
      else {
        word += '\\'.repeat(Math.floor(count / 2));
        if (count % 2 === 1) {
          word += '"';
          end += 1;
        }
      }
      at = end - 1;
    } else if (character === '"') {
      hasWord = true;
      if (isQuoted && line[at + 1] === '"') {
        word += '"';
        at += 1;
      } else isQuoted = !isQuoted;
    } else if (!isQuoted && (character === ' ' || character === '\t')) {
      if (hasWord) words.push(word);
      word = '';
      hasWord = false;
    } else {
      word += character;
      hasWord = true;
    }
  }
  if (hasWord) words.push(word);
  return words;
}

/** What cmd makes of `"cmd.exe" /c "LINE"`: the line itself, if nothing in it is its own. Throws where cmd would read something else. */
export function throughCmd(line: string): string {
  if (/[%!^&|<>\r\n]/u.test(line)) throw new Error(`cmd reads something of its own in ${line}`);
  return line;
}

/**
 * The line that Windows PowerShell 5.1 starts a program with: it reads words by its own rules and puts quotes around those with blanks, without doubling
 * a backslash. Throws where it would read something else than words.
 */
export function throughPowerShell(line: string): string {
  const [program = '', ...words] = line.match(/"[^"]*"|[^ ]+/gu) ?? [];
  if (program.startsWith('"')) throw new Error('a quoted word is a text, not a program');
  const again = words.flatMap((word): readonly string[] => {
    const isQuoted = word.startsWith('"');
    const text = isQuoted ? word.slice(1, -1) : word;
    if (/[`$\u2013-\u2015\u2018-\u201F]/u.test(text)) throw new Error(`PowerShell reads something of its own in ${word}`);
    if (isQuoted) return text === '' ? [] : [/\s/u.test(text) ? `"${text}"` : text];
    if (/["'(){};,|&<>@#\s]/u.test(text) || /^\d+(?:\.\d+)?[kmgtp]b$/iu.test(text))
      throw new Error(`PowerShell reads an expression in ${word}`);
    // A parameter ends at its first dot.
    const cut = /^(-[^.]*)(\..*)$/u.exec(text);
    return cut === null ? [text] : [cut[1] ?? '', cut[2] ?? ''];
  });
  return [program, ...again].join(' ');
}
