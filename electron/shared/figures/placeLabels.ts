/** A label that wants to stand at `x` and reach `width` to the right of it. */
export interface WantedLabel {
  readonly x: number;
  readonly width: number;
}

/**
 * Gives each label a row (0 is nearest to the axis) so that no two overlap and no leader line, which runs down from the axis at a label's
 * `x`, crosses another label. Works from right to left: a label further left goes below those that it would run into.
 */
export function placeLabels(labels: readonly WantedLabel[], gap: number): readonly number[] {
  const rows = labels.map(() => 0);
  const order = labels.map((_, index) => index).toSorted((one, other) => (labels[other]?.x ?? 0) - (labels[one]?.x ?? 0) || other - one);
  const placed: { readonly x: number; readonly end: number; readonly row: number }[] = [];
  for (const index of order) {
    const label = labels[index];
    if (label === undefined) continue;
    const end = label.x + label.width + gap;
    // Another label in the same row, or the leader of one further down, stands where this one would reach.
    const blocks = (row: number): boolean => placed.some((other) => other.row >= row && other.x < end);
    let row = 0;
    while (blocks(row)) row += 1;
    rows[index] = row;
    placed.push({ x: label.x, end, row });
  }
  return rows;
}
