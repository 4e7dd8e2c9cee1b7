import type { ReactNode } from 'react';
import type { StepAction } from '../../widgets/StepFrame.tsx';

/** What one tab of the screen is made of; the frame around them stays, so that a change of tabs takes the focus nowhere. */
export interface BundleTab {
  readonly body: ReactNode;
  readonly primary?: StepAction;
  readonly secondary?: readonly StepAction[];
}
