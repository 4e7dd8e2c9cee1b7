/** The sizes of text that the menu offers, as factors. */
const SIZES = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** Which way the size goes. */
export type TextSizeStep = 'larger' | 'smaller' | 'normal';

/** The next size; at either end it stays. */
export function nextTextSize(factor: number, step: TextSizeStep): number {
  switch (step) {
    case 'normal':
      return 1;
    case 'larger':
      return SIZES.find((size) => size > factor + 0.01) ?? 2;
    case 'smaller':
      return SIZES.findLast((size) => size < factor - 0.01) ?? 0.8;
  }
}
