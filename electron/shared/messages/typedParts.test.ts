import { expect, test } from 'vitest';
import { typedParts, withoutMarks } from './typedParts.ts';

test('what stands between backticks is something to type', () => {
  expect(typedParts('`triad plan` first, then `triad install`.')).toEqual([
    { text: 'triad plan', isTyped: true },
    { text: ' first, then ', isTyped: false },
    { text: 'triad install', isTyped: true },
    { text: '.', isTyped: false },
  ]);
  expect(withoutMarks('Run `triad plan`.')).toBe('Run triad plan.');
});

test('a backtick without its fellow is what a server said', () => {
  expect(typedParts('It said "`" only.')).toEqual([{ text: 'It said "`" only.', isTyped: false }]);
  expect(withoutMarks('It said "`" only.')).toBe('It said "`" only.');
});
