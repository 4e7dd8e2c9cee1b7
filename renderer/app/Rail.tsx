import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { StepId } from '../../electron/shared/domain/draft.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../widgets/useText.ts';
import { StepSymbol } from './StepSymbol.tsx';
import type { StepMark, StepState } from './stepStates.ts';
import classes from './Rail.module.css';

/** The steps with what is known of each; a step that cannot be opened says why. */
export function Rail({ states, current }: { readonly states: readonly StepState[]; readonly current: StepId }): ReactNode {
  const text = useText();
  return (
    <nav className={classes['rail']} aria-label={text('window.rail.label')}>
      <ol>
        {states.map((state, index) => (
          <li key={state.step}>
            <RailStep state={state} number={index + 1} isCurrent={state.step === current} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function RailStep({
  state,
  number,
  isCurrent,
}: {
  readonly state: StepState;
  readonly number: number;
  readonly isCurrent: boolean;
}): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const blocked = state.blocked === null ? null : say(state.blocked);
  const word = useMarkWord(state.mark);
  const place = useRef<HTMLButtonElement>(null);
  // Where the steps lie in a row, the current one may be out of sight.
  useEffect(() => {
    if (isCurrent) place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);
  const tip = blocked ?? (word === null ? text('window.rail.key', { number }) : text('window.rail.keyAfter', { word, number }));
  return (
    <Tooltip label={tip} position="right" openDelay={300}>
      <UnstyledButton
        ref={place}
        className={classes['step']}
        aria-current={isCurrent ? 'step' : undefined}
        aria-disabled={blocked !== null}
        onClick={() => {
          if (blocked === null) goTo(state.step);
        }}
      >
        <StepSymbol mark={state.mark} />
        <span>{text(`window.step.${state.step}`)}</span>
        <VisuallyHidden>{blocked ?? word ?? ''}</VisuallyHidden>
      </UnstyledButton>
    </Tooltip>
  );
}

/** A mark in words; null where there is nothing to say. */
function useMarkWord(mark: StepMark): string | null {
  const text = useText();
  switch (mark) {
    case 'none':
      return null;
    case 'done':
    case 'incomplete':
    case 'active':
    case 'interrupted':
    case 'unproved':
    case 'partial':
      return text(`window.rail.mark.${mark}`);
    case 'pass':
    case 'passWithoutTolerance':
    case 'warn':
    case 'fail':
    case 'unknown':
    case 'skipped':
      return text(`report.verdict.${mark}`);
  }
}
