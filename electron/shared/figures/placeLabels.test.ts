import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels, type WantedLabel } from './placeLabels.ts';

const GAP = 10;

describe('placeLabels', () => {
  it('puts labels with room between them into one row', () => {
    expect(
      placeLabels(
        [
          { x: 0, width: 40 },
          { x: 100, width: 40 },
        ],
        GAP,
      ),
    ).toEqual([0, 0]);
  });

  it('puts a label below the one that it would run into', () => {
    expect(
      placeLabels(
        [
          { x: 0, width: 95 },
          { x: 100, width: 40 },
        ],
        GAP,
      ),
    ).toEqual([1, 0]);
  });

  it('never lets two labels overlap, nor a leader cross a label', () => {
    const label = fc.record({ x: fc.integer({ min: 0, max: 900 }), width: fc.integer({ min: 20, max: 200 }) });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 14 }), (labels) => {
        const rows = placeLabels(labels, GAP);
        const placed = labels.map((one, index) => ({ ...one, row: rows[index] ?? -1 }));
        const pairs = placed.flatMap((one, index) => placed.filter((_, at) => at !== index).map((other) => ({ one, other })));
        expect(pairs.filter(({ one, other }) => one.row === other.row && !isApart(one, other))).toEqual([]);
        // A leader runs from the axis down to its own row: through every row above it.
        expect(pairs.filter(({ one, other }) => other.row > one.row && other.x > one.x && other.x < one.x + one.width)).toEqual([]);
      }),
    );
  });
});

function isApart(one: WantedLabel, other: WantedLabel): boolean {
  return one.x + one.width + GAP <= other.x || other.x + other.width + GAP <= one.x;
}
