import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconFileZip, IconHistory, IconTool } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { AfterId, PlaceId } from '../../electron/shared/domain/draft.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../widgets/useText.ts';
import { StepSymbol } from './StepSymbol.tsx';
import type { StepMark, StepState } from './stepStates.ts';
import classes from './Rail.module.css';

const AFTER_SYMBOLS = { maintenance: IconTool, bundle: IconFileZip, history: IconHistory } as const satisfies Record<AfterId, unknown>;

/** The steps with what is known of each; a step that cannot be opened says why. Below them what a cluster that runs is come back for. */
export function Rail({
  states,
  after,
  current,
}: {
  readonly states: readonly StepState[];
  readonly after: readonly AfterId[];
  readonly current: PlaceId;
}): ReactNode {
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
      {after.length === 0 ? null : (
        <>
          <h2 className={classes['after']} id="triad-rail-after">
            {text('window.rail.after')}
          </h2>
          <ul aria-labelledby="triad-rail-after">
            {after.map((place) => (
              <li key={place}>
                <RailPlace place={place} isCurrent={place === current} />
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function RailPlace({ place, isCurrent }: { readonly place: AfterId; readonly isCurrent: boolean }): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const button = useSeenWhenCurrent(isCurrent);
  const Symbol = AFTER_SYMBOLS[place];
  return (
    <UnstyledButton
      ref={button}
      className={classes['step']}
      aria-current={isCurrent ? 'step' : undefined}
      aria-disabled={false}
      onClick={() => {
        goTo(place);
      }}
    >
      <Symbol size="1.25rem" aria-hidden />
      <span>{text(`window.step.${place}`)}</span>
    </UnstyledButton>
  );
}

/** Where the steps lie in a row, the current one may be out of sight. */
function useSeenWhenCurrent(isCurrent: boolean): RefObject<HTMLButtonElement | null> {
  const place = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isCurrent]);
  return place;
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
  const place = useSeenWhenCurrent(isCurrent);
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
