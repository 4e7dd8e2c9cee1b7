import type { ReactNode } from 'react';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** History. */
export function HistoryStep(): ReactNode {
  const text = useText();
  return <StepFrame title={text('window.step.history')}>{null}</StepFrame>;
}
