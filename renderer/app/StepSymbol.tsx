import {
  IconAlertTriangle,
  IconCheck,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleMinus,
  IconCircleX,
  IconPlayerPause,
  IconPencil,
  IconProgressCheck,
  type Icon,
} from '@tabler/icons-react';
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { ink, type Ink } from '../../electron/shared/figures/palette.ts';
import type { StepMark } from './stepStates.ts';

const LOOKS: Readonly<Record<Exclude<StepMark, 'active'>, { readonly symbol: Icon; readonly color: Ink }>> = {
  none: { symbol: IconCircle, color: 'lost' },
  done: { symbol: IconCheck, color: 'muted' },
  incomplete: { symbol: IconPencil, color: 'warn' },
  interrupted: { symbol: IconPlayerPause, color: 'warn' },
  unproved: { symbol: IconCircleDashed, color: 'unknown' },
  partial: { symbol: IconProgressCheck, color: 'unknown' },
  pass: { symbol: IconCircleCheck, color: 'pass' },
  passWithoutTolerance: { symbol: IconCircleHalf2, color: 'warn' },
  warn: { symbol: IconAlertTriangle, color: 'warn' },
  fail: { symbol: IconCircleX, color: 'fail' },
  unknown: { symbol: IconCircleDashed, color: 'unknown' },
  skipped: { symbol: IconCircleMinus, color: 'unknown' },
};

/** The symbol of a step in the rail; its word is said beside it. */
export function StepSymbol({ mark }: { readonly mark: StepMark }): ReactNode {
  if (mark === 'active') return <Loader size="1.1rem" aria-hidden />;
  const { symbol: Symbol, color } = LOOKS[mark];
  return <Symbol size="1.2rem" stroke={mark === 'none' ? 1.5 : 2} color={ink(color)} aria-hidden />;
}
