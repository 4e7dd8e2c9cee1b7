import { BenchError } from '../benchError.ts';

/** A text with the block between two marks replaced. The marks are comments that a reader of the page does not see. A BenchError when they are not there once. */
export function replaceBlock(text: string, name: string, block: string): string {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from || text.indexOf(begin, from + 1) >= 0) throw new BenchError(`The text has no block "${begin} ... ${end}".`);
  return `${text.slice(0, from + begin.length)}\n${block.trim()}\n${text.slice(to)}`;
}

/** Rows of text as a table of Markdown: the first row is the heading, the first column is aligned to the left and all others to the right. */
export function markdownTable([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
