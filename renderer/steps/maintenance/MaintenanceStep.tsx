import type { ReactNode } from 'react';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** Maintenance. */
export function MaintenanceStep(): ReactNode {
  const text = useText();
  return <StepFrame title={text('window.step.maintenance')}>{null}</StepFrame>;
}
