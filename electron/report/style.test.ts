import { expect, test } from 'vitest';
import { formatDuration, isColoured, styleFor, verdictMark } from './style.ts';

test.each([
  [0.4, '0 ms'],
  [85, '85 ms'],
  [1234, '1.2 s'],
  [125_400, '2 min 5 s'],
])('%d ms is shown as %s', (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

test('colour needs a terminal and yields to NO_COLOR', () => {
  expect(isColoured({ isTTY: true }, {})).toBe(true);
  expect(isColoured({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(isColoured({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(isColoured({}, {})).toBe(false);
});

test('every verdict has a symbol of its own, with and without colour', () => {
  const verdicts = ['pass', 'passWithoutTolerance', 'warn', 'fail', 'unknown', 'skipped'] as const;
  expect(new Set(verdicts.map((verdict) => verdictMark(verdict, styleFor(false)))).size).toBe(6);
  expect(verdictMark('fail', styleFor(true))).toBe('\u001B[31m✗\u001B[39m');
});
