import { Suspense, type ReactNode } from 'react';
import { AfterId, type PlaceId } from '../../electron/shared/domain/draft.ts';
import { useDraft } from '../state/draft.ts';
import { Loading } from '../widgets/Loading.tsx';
import { useText } from '../widgets/useText.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { NotInstalledByTriad } from './NotInstalledByTriad.tsx';
import { stepScreens } from './steps.tsx';
import { useStepKeys } from './useStepKeys.ts';
import { useStepStates } from './useStepStates.ts';
import classes from './Frame.module.css';

/** What there is to do for a cluster that Triad did not install: to say how its servers are logged in to, and to look. */
const OF_ADOPTED: ReadonlySet<PlaceId> = new Set<PlaceId>(['servers', 'report', 'history']);

/** The wizard at one of its steps, or at what comes after them. */
export function Wizard({ step }: { readonly step: PlaceId }): ReactNode {
  const text = useText();
  const states = useStepStates();
  const told = useStepKeys(states);
  const isThere = states.some((state) => state.step === 'failover' && state.blocked === null);
  const isAdopted = useDraft(({ draft }) => draft.adopted !== undefined);
  const Screen = isAdopted && !OF_ADOPTED.has(step) ? NotInstalledByTriad : stepScreens[step];
  return (
    <Frame states={states} after={isThere ? AfterId.options : []} current={step} told={told}>
      {/* A step that breaks leaves the others alone: a new key is a new boundary. */}
      <ErrorBoundary key={step}>
        <Suspense
          fallback={
            <div className={classes['loading']}>
              <Loading what={text('window.step.loading', { step: text(`window.step.${step}`) })} />
            </div>
          }
        >
          <Screen />
        </Suspense>
      </ErrorBoundary>
    </Frame>
  );
}
