import type { ReactElement } from 'react';
import type { Reach } from '../domain/matrix.ts';
import { ink } from './palette.ts';

/** Side of the square, in the figure's units. */
export const REACH_MARK_SIZE = 18;

/** How a port should be from where it was tried. `toBeOpened`: needed, and closed now by what the plan is going to open. */
export type ReachWish = 'needed' | 'toBeOpened' | 'optional' | 'unwanted';

/** What {@link ReachMark} draws. */
export interface ReachMarkProps {
  /** Null: not tried. */
  readonly reach: Reach | null;
  /** `needed` must be open, nothing hangs on `optional`, `unwanted` should be closed. */
  readonly wish: ReachWish;
}

/** Every outcome has its own shape, so that it can be told without colour. The square is 18 by 18. */
const SHAPE: Readonly<Record<Reach, string>> = {
  open: 'M4.5,9.3 L7.8,12.6 L13.5,5.8',
  refused: 'M5,5 L13,13 M13,5 L5,13',
  filtered: 'M4.5,9 H7 M8,9 H10 M11,9 H13.5',
  unreachable: 'M4.5,13.5 L13.5,4.5',
  intercepted: 'M9,4.2 V10.2 M9,13 V13.6',
  unknown: 'M6.4,7 C6.4,3.6 11.6,3.6 11.6,6.9 C11.6,9 9,8.9 9,10.9 M9,13.3 V13.8',
};

/** One port as a small marked square: green where it is open as it should be, in the colour of a fault where it is not, else amber or grey. */
export function ReachMark({ reach, wish }: ReachMarkProps): ReactElement {
  if (reach === null) return <circle cx={9} cy={9} r={1.75} fill={ink('edge')} />;
  const isOpen = reach === 'open';
  const tone = toneOf(reach, wish);
  return (
    <>
      <rect
        x={0.75}
        y={0.75}
        width={16.5}
        height={16.5}
        rx={3}
        fill={ink(`${tone}Soft`)}
        stroke={ink(tone)}
        strokeWidth={isOpen ? 1.25 : 1.75}
      />
      <path d={SHAPE[reach]} fill="none" stroke={ink(tone)} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" />
    </>
  );
}

function toneOf(reach: Reach, wish: ReachWish): 'pass' | 'warn' | 'fail' | 'unknown' {
  if (reach === 'open') return wish === 'unwanted' ? 'warn' : 'pass';
  if (wish === 'toBeOpened' && reach !== 'unknown') return 'warn';
  return reach === 'unknown' || wish !== 'needed' ? 'unknown' : 'fail';
}
