/** Where two texts differ first: line and column from 1, and what stands there in each. */
export interface TextDifference {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

/** How much of each text is shown, characters before and after the place. */
const BEFORE = 24;
const AFTER = 56;

/** The first difference between what a text should be and what it is; null where they are the same. */
export function firstDifference(expected: string, found: string): TextDifference | null {
  if (expected === found) return null;
  const most = Math.min(expected.length, found.length);
  let at = 0;
  while (at < most && expected[at] === found[at]) at += 1;
  const lineStart = expected.lastIndexOf('\n', at - 1) + 1;
  const from = Math.max(lineStart, at - BEFORE);
  const shown = (text: string): string => (text.slice(from, at + AFTER).split('\n')[0] ?? '').trimEnd();
  return {
    line: expected.slice(0, lineStart).split('\n').length,
    column: at - lineStart + 1,
    expected: shown(expected),
    found: shown(found),
  };
}
