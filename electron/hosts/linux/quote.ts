/**
 * One word of a POSIX shell command, whatever it holds: spaces, quotes, `$`, backticks, line breaks, any language.
 * Only for scripts that `/bin/sh` reads; the line that a login shell reads must not need it (csh and fish quote differently).
 */
export function quote(word: string): string {
  if (word.includes('\0')) throw new Error('a shell word cannot hold a NUL character');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Several words, separated by spaces. */
export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(' ');
}
