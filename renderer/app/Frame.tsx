import { VisuallyHidden } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import type { AfterId, PlaceId } from '../../electron/shared/domain/draft.ts';
import { useText } from '../widgets/useText.ts';
import { Header } from './Header.tsx';
import { Rail } from './Rail.tsx';
import type { StepState } from './stepStates.ts';
import classes from './Frame.module.css';

/** What a frame takes; `told` is read aloud when it changes. */
export interface FrameProps {
  readonly states: readonly StepState[];
  /** What a cluster that runs is come back for; empty where there is none. */
  readonly after?: readonly AfterId[];
  readonly current: PlaceId | null;
  readonly told?: string;
  readonly children: ReactNode;
}

/** The bar above, the steps on the left, the work in the middle. */
export function Frame({ states, after = [], current, told = '', children }: FrameProps): ReactNode {
  const text = useText();
  const main = useRef<HTMLElement>(null);
  return (
    <div className={classes['frame']}>
      <button
        type="button"
        className={classes['skip']}
        onClick={() => {
          const heading = main.current?.querySelector<HTMLElement>('h1');
          (heading ?? main.current)?.focus();
        }}
      >
        {text('window.frame.skip')}
      </button>
      <Header states={states} current={current} />
      <div className={classes['body']}>
        {current === null ? null : <Rail states={states} after={after} current={current} />}
        <main ref={main} tabIndex={-1} className={classes['main']}>
          {children}
        </main>
      </div>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </div>
  );
}
