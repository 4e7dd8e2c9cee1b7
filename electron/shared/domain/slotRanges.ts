import type { SlotRange } from './plan.ts';

/** The same slots as ascending ranges that neither overlap nor touch: what the functions below take and give. */
export function joinRanges(ranges: readonly SlotRange[]): readonly SlotRange[] {
  const joined: SlotRange[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before.last + 1) before.last = Math.max(before.last, last);
    else joined.push({ first, last });
  }
  return joined;
}

/** The slots that are in both. */
export function sharedRanges(some: readonly SlotRange[], others: readonly SlotRange[]): readonly SlotRange[] {
  const shared: SlotRange[] = [];
  let [at, other] = [0, 0];
  for (let one = some[at], two = others[other]; one !== undefined && two !== undefined; one = some[at], two = others[other]) {
    const range = { first: Math.max(one.first, two.first), last: Math.min(one.last, two.last) };
    if (range.first <= range.last) shared.push(range);
    if (one.last < two.last) at += 1;
    else other += 1;
  }
  return shared;
}

/** The slots of `some` that are not in `others`. */
export function withoutRanges(some: readonly SlotRange[], others: readonly SlotRange[]): readonly SlotRange[] {
  const gaps = [...others, null].map((range, index) => ({
    first: (others[index - 1]?.last ?? -1) + 1,
    last: (range?.first ?? Number.MAX_SAFE_INTEGER) - 1,
  }));
  return sharedRanges(
    some,
    gaps.filter(({ first, last }) => first <= last),
  );
}
