import type { ReactNode } from 'react';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** Stands in for the step until it is made. */
export function FailoverStep(): ReactNode {
  const text = useText();
  return <StepFrame title={text('window.step.failover')}>{null}</StepFrame>;
}
