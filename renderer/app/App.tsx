import { Suspense, type ReactNode } from 'react';
import { useSession } from '../state/session.ts';
import { HomeStep } from '../steps/home/HomeStep.tsx';
import { stepScreens } from './steps.tsx';

/** The window. */
export function App(): ReactNode {
  const screen = useSession((session) => session.screen);
  if (screen.kind === 'home') return <HomeStep />;
  const Screen = stepScreens[screen.step];
  return (
    <Suspense fallback={null}>
      <Screen />
    </Suspense>
  );
}
