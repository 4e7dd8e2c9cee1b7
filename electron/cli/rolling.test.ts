import { expect, test } from 'vitest';
import { serversToDo } from './rolling.ts';

const all = ['a', 'b', 'c'];

test.each<[string | null, readonly string[]]>([
  [null, ['a', 'b', 'c']],
  ['a', ['a', 'b', 'c']],
  ['b', ['b', 'c']],
  ['c', ['c']],
  ['renamed', ['a', 'b', 'c']],
])('with %s in maintenance, %j are still to be done', (inMaintenance, expected) => {
  expect(serversToDo(all, inMaintenance)).toEqual(expected);
});
