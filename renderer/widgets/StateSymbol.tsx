import { Loader } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconCircleX, IconEye, IconEqual, IconPlayerStop, IconPoint, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PhaseState } from '../../electron/shared/domain/installPhases.ts';
import { ink, type Ink } from '../../electron/shared/figures/palette.ts';
import classes from './StateSymbol.module.css';

const LOOKS: Readonly<Record<Exclude<PhaseState, 'running'>, { readonly symbol: Icon; readonly color: Ink }>> = {
  waiting: { symbol: IconPoint, color: 'edge' },
  changed: { symbol: IconCheck, color: 'pass' },
  alreadyDone: { symbol: IconEqual, color: 'pass' },
  observed: { symbol: IconEye, color: 'pass' },
  failed: { symbol: IconCircleX, color: 'fail' },
  aborted: { symbol: IconPlayerStop, color: 'warn' },
  cutOff: { symbol: IconCircleDashed, color: 'warn' },
};

/** The symbol of a phase's state; its word stands beside it. */
export function StateSymbol({ state }: { readonly state: PhaseState }): ReactNode {
  if (state === 'running') return <Loader size={14} className={classes['symbol'] ?? ''} aria-hidden />;
  const { symbol: Symbol, color } = LOOKS[state];
  return <Symbol size="1rem" stroke={2} color={ink(color)} className={classes['symbol'] ?? ''} aria-hidden />;
}
