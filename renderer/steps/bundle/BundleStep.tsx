import type { ReactNode } from 'react';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** Bundle. */
export function BundleStep(): ReactNode {
  const text = useText();
  return <StepFrame title={text('window.step.bundle')}>{null}</StepFrame>;
}
