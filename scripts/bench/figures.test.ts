import { expect, it } from 'vitest';
import { resultsOf, type FigureId, type FigureResult } from './figures.ts';

function one(id: FigureId, samples: Readonly<Partial<Record<FigureId, readonly number[]>>>): FigureResult | undefined {
  return resultsOf(new Map(Object.entries(samples) as [FigureId, readonly number[]][])).find((result) => result.id === id);
}

it('compares medians with plain Ansible and with the floor', () => {
  const result = one('install', { install: [3000, 4000, 3500], ansible: [20_000, 21_000, 30_000], floor: [700] });
  expect(result).toMatchObject({ median: 3500, ofAnsible: 3500 / 21_000, ofFloor: 5, reached: true });
});

it.each<readonly [install: number, ansible: readonly number[], reached: boolean]>([
  [4000, [20_000], true],
  [4001, [25_000], false],
  [3999, [19_000], false],
  [4000, [], true],
])('reaches the target of an installation only with both of its halves: %d ms, Ansible %j', (install, ansible, reached) => {
  expect(one('install', { install: [install], ansible })?.reached).toBe(reached);
});

it('compares no part of an installation with a whole one', () => {
  const samples = { agreed: [400], roundTrips: [16], ansible: [20_000], floor: [700] };
  expect(one('agreed', samples)).toMatchObject({ ofAnsible: null, ofFloor: null, reached: true });
  expect(one('roundTrips', samples)).toMatchObject({ ofAnsible: null, unit: 'count', reached: false });
});

it('judges nothing without a target and leaves out what was not measured', () => {
  expect(one('floor', { floor: [700] })?.reached).toBeNull();
  expect(resultsOf(new Map([['floor', [700]]])).map(({ id }) => id)).toEqual(['floor']);
});
