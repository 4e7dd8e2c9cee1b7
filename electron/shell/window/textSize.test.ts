import { expect, it } from 'vitest';
import { nextTextSize } from './textSize.ts';

it('goes up to 200 % and down again by the same steps', () => {
  const up = [1];
  while (up.at(-1) !== 2) up.push(nextTextSize(up.at(-1) ?? 2, 'larger'));
  expect(up).toEqual([1, 1.1, 1.25, 1.5, 1.75, 2]);
  const down = [2];
  while (down.at(-1) !== 1) down.push(nextTextSize(down.at(-1) ?? 1, 'smaller'));
  expect(down).toEqual(up.toReversed());
});

it('stays at either end, and comes back to normal from anywhere', () => {
  expect([nextTextSize(2, 'larger'), nextTextSize(0.8, 'smaller'), nextTextSize(1.75, 'normal')]).toEqual([2, 0.8, 1]);
});

it('finds its steps again from a size between them', () => {
  expect([nextTextSize(1.3, 'larger'), nextTextSize(1.3, 'smaller')]).toEqual([1.5, 1.25]);
});
