import { Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleMinus,
  IconCircleX,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ink, type Ink } from '../../electron/shared/figures/palette.ts';
import type { Verdict } from '../../electron/shared/domain/verdict.ts';
import { useText } from './useText.ts';
import classes from './VerdictMark.module.css';

const LOOKS: Readonly<Record<Verdict, { readonly symbol: Icon; readonly color: Ink }>> = {
  pass: { symbol: IconCircleCheck, color: 'pass' },
  passWithoutTolerance: { symbol: IconCircleHalf2, color: 'warn' },
  warn: { symbol: IconAlertTriangle, color: 'warn' },
  fail: { symbol: IconCircleX, color: 'fail' },
  unknown: { symbol: IconCircleDashed, color: 'unknown' },
  skipped: { symbol: IconCircleMinus, color: 'unknown' },
};

/** What a verdict mark takes. */
export interface VerdictMarkProps {
  readonly verdict: Verdict;
  /** The word beside the symbol in place of the verdict's own, such as "23 of 24 open". */
  readonly label?: string;
  /** The symbol alone; the word is read aloud and stands in a tooltip. Only where a column head or a legend says the words. */
  readonly isCompact?: boolean;
  /** What was proved: the observation, when, from where. Shown on hover and focus. */
  readonly proof?: string;
}

/** A verdict as a symbol with its word: never colour alone. */
export function VerdictMark({ verdict, label, isCompact = false, proof }: VerdictMarkProps): ReactNode {
  const text = useText();
  const { symbol: Symbol, color } = LOOKS[verdict];
  const word = label ?? text(`report.verdict.${verdict}`);
  const tip = proof ?? (isCompact ? word : undefined);
  const mark = (
    // Focusable only with something to tell: a proof must be readable without a mouse.
    <span className={classes['mark']} style={{ color: ink(color) }} {...(proof === undefined ? {} : { tabIndex: 0 })}>
      <Symbol size="1.15em" stroke={2} aria-hidden />
      {isCompact ? <VisuallyHidden>{word}</VisuallyHidden> : <span>{word}</span>}
    </span>
  );
  return tip === undefined ? mark : <Tooltip label={tip}>{mark}</Tooltip>;
}
