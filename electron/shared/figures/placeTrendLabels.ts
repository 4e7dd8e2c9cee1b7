import { textWidth } from './fitText.ts';

/** What a box of the figure covers, in its units. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whether two boxes cover a common place. */
export function doOverlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The box of a text that stands around `x` on the baseline `y`; one on its head begins at `y` and goes down. */
export function textBox(words: string, fontSize: number, x: number, y: number, isUpright = false): Box {
  const width = textWidth(words, fontSize);
  if (isUpright) return { left: x - fontSize / 2, right: x + fontSize / 2, top: y, bottom: y + width };
  return { left: x - width / 2, right: x + width / 2, top: y - fontSize * 0.8, bottom: y + fontSize * 0.25 };
}

/** What is at least between two labels. */
const GAP = 3;

/** How the labels of an axis stand. */
export interface AxisLabels {
  /** Whether they are turned by a quarter: beside each other they would not have room. */
  readonly isUpright: boolean;
  /** The places of those that are shown, counted from 0; the last is among them. */
  readonly shown: readonly number[];
  /** How far down they reach. */
  readonly height: number;
}

/** Labels of an axis `step` apart: beside each other where they have room, else upright, and only every so many where even that is too narrow. */
export function axisLabels(labels: readonly string[], step: number, fontSize: number): AxisLabels {
  const widest = Math.max(0, ...labels.map((words) => textWidth(words, fontSize)));
  const isUpright = widest + GAP > step;
  const each = isUpright ? Math.max(1, Math.ceil((fontSize + GAP) / step)) : 1;
  const last = labels.length - 1;
  return {
    isUpright,
    shown: labels.flatMap((_, place) => ((last - place) % each === 0 ? [place] : [])),
    height: isUpright ? widest : fontSize,
  };
}

/** Those of some labels, the one in most need of a place first, that cover neither each other nor what is there already. */
export function labelsWithRoom<Label extends { readonly box: Box; readonly own: Box }>(
  labels: readonly Label[],
  taken: readonly Box[],
): readonly Label[] {
  const placed: Label[] = [];
  for (const label of labels) {
    const isFree =
      placed.every(({ box }) => !doOverlap(label.box, box)) && taken.every((one) => one === label.own || !doOverlap(label.box, one));
    if (isFree) placed.push(label);
  }
  return placed;
}
