import type { ReactNode } from 'react';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** Stands in for the step until it is made. */
export function RedisStep(): ReactNode {
  const text = useText();
  return <StepFrame title={text('window.step.redis')}>{null}</StepFrame>;
}
