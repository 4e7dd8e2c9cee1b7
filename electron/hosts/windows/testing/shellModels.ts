/**
 * CommandLineToArgvW: blanks and tabs part words outside quotes; 2n backslashes before a quote are n and the quote opens or closes, 2n + 1 are n and a quote;
 * of quotes in a row each third is one that counts as text. Compared with Wine's by 6000 random lines.
 */
export function commandLineToArgv(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let hasWord = false;
  let quotes = 0;
  for (const [, backslashes = '', run = '', blank, other = ''] of line.matchAll(/(\\*)("+)|([ \t])|(\\+|[^"\\ \t])/gu)) {
    if (blank !== undefined && quotes === 0) {
      if (hasWord) words.push(word);
      word = '';
      hasWord = false;
      continue;
    }
    hasWord = true;
    word += blank ?? other;
    if (run === '') continue;
    word += '\\'.repeat(Math.floor(backslashes.length / 2));
    const isText = backslashes.length % 2 === 1;
    if (isText) word += '"';
    else quotes += 1;
    for (let rest = run.length - 1; rest > 0; rest -= 1) {
      quotes += 1;
      if (quotes === 3) {
        word += '"';
        quotes = 0;
      }
    }
    if (quotes === 2) quotes = 0;
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

/**
 * What PowerShell gets of a line behind the sshd of Server 2019 (`build_session_commandline` of 7.7): the line between quotes that nobody escapes, taken apart by the
 * rules of every program, and the words behind `-c` put together again with blanks.
 */
export function throughOldSshd(line: string): string {
  return commandLineToArgv(`"powershell.exe" -c "${line}"`).slice(2).join(' ');
}
