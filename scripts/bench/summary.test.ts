import { expect, it } from 'vitest';
import { summarize } from './summary.ts';

it.each<readonly [values: readonly number[], median: number]>([
  [[7], 7],
  [[1, 3], 2],
  [[9, 1, 10], 9],
  [[100, 9, 10, 1000], 55],
])('finds the median of %j', (values, median) => {
  expect(summarize(values)).toMatchObject({ median, count: values.length });
});

it('tells the extremes and leaves the values in their order', () => {
  const values = [30, 4, 200];
  expect(summarize(values)).toMatchObject({ min: 4, max: 200 });
  expect(values).toEqual([30, 4, 200]);
});

it('has nothing to say of no value', () => {
  expect(summarize([])).toBeNull();
});
