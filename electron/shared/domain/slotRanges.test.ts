import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SLOT_COUNT, SlotRange } from './plan.ts';
import { joinRanges, sharedRanges, withoutRanges } from './slotRanges.ts';

const LAST = 40;
/** Ranges in any order that may overlap, and the numbers in them. */
const anyRanges = fc.array(
  fc.tuple(fc.nat(LAST), fc.nat(LAST)).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) })),
  { maxLength: 8 },
);

function slotsIn(ranges: readonly SlotRange[]): readonly number[] {
  return ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

/** The same numbers as ranges, made one by one. */
function rangesOf(slots: readonly number[]): readonly SlotRange[] {
  return joinRanges(slots.map((slot) => ({ first: slot, last: slot })));
}

describe('ranges of slots', () => {
  test('are joined where they touch or overlap', () => {
    expect(
      joinRanges([
        { first: 7, last: 9 },
        { first: 0, last: 4 },
        { first: 5, last: 5 },
        { first: 1, last: 2 },
      ]),
    ).toEqual([
      { first: 0, last: 5 },
      { first: 7, last: 9 },
    ]);
    const one = { first: 3, last: 4 };
    joinRanges([one, { first: 5, last: 8 }]);
    expect(one).toEqual({ first: 3, last: 4 });
  });

  test('are the same slots in the same shape, whatever is done with them', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, (some, others) => {
        const [a, b] = [joinRanges(some), joinRanges(others)];
        const [left, right] = [slotsIn(some), slotsIn(others)];
        expect(a).toEqual(rangesOf(left));
        expect(sharedRanges(a, b)).toEqual(rangesOf(left.filter((slot) => right.includes(slot))));
        expect(withoutRanges(a, b)).toEqual(rangesOf(left.filter((slot) => !right.includes(slot))));
      }),
    );
  });

  test.each([
    [{ first: 0, last: SLOT_COUNT - 1 }, true],
    [{ first: 5, last: 5 }, true],
    [{ first: 0, last: SLOT_COUNT }, false],
    [{ first: -1, last: 3 }, false],
    [{ first: 4, last: 3 }, false],
    [{ first: 0.5, last: 3 }, false],
  ])('%j: is it one?', (range, isOne) => {
    expect(SlotRange.safeParse(range).success).toBe(isOne);
  });
});
