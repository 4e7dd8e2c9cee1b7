import type { ReactElement } from 'react';
import type { Reach } from '../domain/matrix.ts';
import { ink, type Ink } from './palette.ts';

/** Side of the square, in the figure's units. */
export const REACH_MARK_SIZE = 18;

/** What {@link ReachMark} draws. */
export interface ReachMarkProps {
  /** Null: not tried. */
  readonly reach: Reach | null;
  /** Whether anything but `open` is a fault; if not, it is drawn in grey. */
  readonly isFault: boolean;
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

/** One port as a small marked square: green and filled where it is open, otherwise outlined in the colour of a fault, or grey. */
export function ReachMark({ reach, isFault }: ReachMarkProps): ReactElement {
  if (reach === null) return <circle cx={9} cy={9} r={1.75} fill={ink('edge')} />;
  const isOpen = reach === 'open';
  const colour: Ink = isOpen ? 'pass' : reach === 'unknown' || !isFault ? 'unknown' : 'fail';
  const soft: Ink = isOpen ? 'passSoft' : reach === 'unknown' || !isFault ? 'unknownSoft' : 'failSoft';
  return (
    <>
      <rect x={0.75} y={0.75} width={16.5} height={16.5} rx={3} fill={ink(soft)} stroke={ink(colour)} strokeWidth={isOpen ? 1.25 : 1.75} />
      <path d={SHAPE[reach]} fill="none" stroke={ink(colour)} strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" />
    </>
  );
}
