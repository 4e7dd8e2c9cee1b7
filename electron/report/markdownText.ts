/** Characters that mean something to some reader of Markdown: GitHub, GitLab, Jira, Azure. */
const SPECIAL = /[\\`*_{}[\]~|$]/gu;
/** Control characters, among them those that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Surrogate}/gu;
/** Stands between two characters without being seen, so that no reader makes a link, a mention or a reference of them. */
const JOINER = '\u2060';

/** A control character as its picture (U+2400 and on); what has none, as the replacement character. */
function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}

/** Text in one line, whatever ends of lines it has, with nothing that cannot be seen. */
function oneLine(words: string): string {
  return words
    .replaceAll(/\s*[\r\n\u0085\u2028\u2029]+\s*/gu, ' / ')
    .replaceAll('\t', ' ')
    .replaceAll(CONTROL, picture)
    .trim();
}

/**
 * Text that came from anywhere, as it may stand within a line or a cell of Markdown: it is shown as it is and is nothing but text. No link, no mention, no
 * HTML, no heading, no cell of its own.
 */
export function markdownText(words: string): string {
  return oneLine(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(SPECIAL, String.raw`\$&`)
    .replaceAll(/(?<=\w):(?=\/\/)|(?<=\bwww)\.|(?<=\bmailto):/giu, (sign) => `${JOINER}${sign}`)
    .replaceAll(/[@#](?=[\w-])/gu, (sign) => `${sign}${JOINER}`)
    .replace(/^([#+=-]|\d+(?=[.)](?:\s|$)))/u, (start) => (/\d/u.test(start) ? `${start}${JOINER}` : `\\${start}`));
}

/** A sentence of Triad: what is to be typed stands between backticks in it and becomes code; the rest is text. */
export function markdownSentence(words: string): string {
  return oneLine(words)
    .split(/(`[^`]+`)/u)
    .map((part) => (/^`[^`]+`$/u.test(part) ? markdownCode(part.slice(1, -1)) : part.trim() === '' ? part : keepingEnds(part)))
    .join('');
}

function keepingEnds(part: string): string {
  const [, before = '', middle = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(part) ?? [];
  return `${before}${markdownText(middle)}${after}`;
}

/** Text as code within a line, for no cell of a table: a pipe would end it. */
export function markdownCode(words: string): string {
  const shown = oneLine(words);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as they stand, fenced by more backticks than they have themselves. */
export function markdownBlock(lines: readonly string[]): readonly string[] {
  const shown = lines.map((line) => line.replaceAll('\t', '  ').replaceAll(CONTROL, picture));
  const longest = Math.max(2, ...shown.flatMap((line) => [...line.matchAll(/`+/gu)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...shown, fence];
}

/** A table; its cells must be Markdown already. Nothing where it has no rows. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map(line)];
}
