import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { StepId } from '../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { useSession } from '../state/session.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { useText } from './useText.ts';
import classes from './StepFrame.module.css';

/** Something that can be pressed at the foot of a step. A promise keeps the button busy; its rejection is shown above the buttons. */
export interface StepAction {
  /** A verb and what it hits: "Install on 3 servers". */
  readonly label: string;
  readonly onPress: () => unknown;
  readonly isDisabled?: boolean;
  readonly isBusy?: boolean;
  /** Why it cannot be pressed now, or what it will do; stands beside it. */
  readonly why?: string;
  readonly isDanger?: boolean;
}

/** What a step's frame takes. */
export interface StepFrameProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Detail on the right, or below where there is no room. */
  readonly aside?: ReactNode;
  /** The one action that the step is for; always at the same place. */
  readonly primary?: StepAction;
  readonly secondary?: readonly StepAction[];
  /** The work takes what room there is, so that a part of it can scroll by itself. */
  readonly isTall?: boolean;
  /** What Back does; left out: the step before, or Home. */
  readonly onBack?: () => unknown;
}

/** The frame of every step: heading, work, and at the foot Back, other actions and the one primary action. */
export function StepFrame({ title, lead, children, aside, primary, secondary = [], isTall = false, onBack }: StepFrameProps): ReactNode {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // A step that appears takes the focus to its heading, so that keyboard and screen reader begin there.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes['step']}>
      <div className={classes['scroll']}>
        <div className={classes['page']} data-tall={isTall}>
          <header className={classes['head']}>
            <Title order={1} ref={heading} tabIndex={-1} className={classes['title'] ?? ''}>
              {title}
            </Title>
            {lead === undefined ? null : <div className={classes['lead']}>{lead}</div>}
          </header>
          <div className={classes['columns']} data-aside={aside !== undefined}>
            <div className={classes['work']}>{children}</div>
            {aside === undefined ? null : (
              <aside className={classes['aside']} aria-label={text('window.step.detail')}>
                {aside}
              </aside>
            )}
          </div>
        </div>
      </div>
      <footer className={classes['foot']}>
        <div className={classes['footInner']}>
          {failure === null ? null : <FailurePanel failure={failure} />}
          <Group justify="space-between" gap="sm" wrap="wrap">
            <ActionButton action={{ label: text('window.step.back'), onPress: onBack ?? goBack }} kind="back" onFailure={setFailure} />
            <Group gap="sm" justify="flex-end" className={classes['actions'] ?? ''}>
              {secondary.map((action) => (
                <ActionButton key={action.label} action={action} kind="secondary" onFailure={setFailure} />
              ))}
              {primary === undefined ? null : <ActionButton action={primary} kind="primary" onFailure={setFailure} />}
            </Group>
          </Group>
        </div>
      </footer>
    </div>
  );
}

async function goBack(): Promise<void> {
  const { screen, goTo, goHome } = useSession.getState();
  const before = screen.kind === 'wizard' ? StepId.options[StepId.options.findIndex((step) => step === screen.step) - 1] : undefined;
  if (before === undefined) await goHome();
  else goTo(before);
}

function ActionButton({
  action,
  kind,
  onFailure,
}: {
  readonly action: StepAction;
  readonly kind: 'primary' | 'secondary' | 'back';
  readonly onFailure: (failure: Failure | null) => void;
}): ReactNode {
  const whyId = useId();
  const [isRunning, setRunning] = useState(false);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const isDisabled = action.isDisabled === true;
  const isBusy = isRunning || action.isBusy === true;
  const symbol = kind === 'back' ? <IconArrowLeft size="1rem" aria-hidden /> : null;

  async function press(): Promise<void> {
    if (isDisabled || isBusy) return;
    setRunning(true);
    onFailure(null);
    try {
      await action.onPress();
    } catch (error) {
      if (isMounted.current) onFailure(failureOf(error, adminSubject));
    } finally {
      if (isMounted.current) setRunning(false);
    }
  }

  return (
    <>
      {action.why === undefined ? null : (
        <Text size="sm" c="dimmed" id={whyId} className={classes['why'] ?? ''}>
          {action.why}
        </Text>
      )}
      <Button
        variant={kind === 'primary' ? 'filled' : kind === 'secondary' ? 'default' : 'subtle'}
        color={action.isDanger === true ? 'red' : 'triad'}
        // Not `disabled`: it keeps the focus, and the reason beside it can be read.
        aria-disabled={isDisabled || isBusy}
        data-disabled={isDisabled && !isBusy}
        {...(action.why === undefined ? {} : { 'aria-describedby': whyId })}
        aria-busy={isBusy}
        // Not `loading`: it hides the words, and no spinner stands without them.
        leftSection={isBusy ? <Loader size="0.9rem" color="currentColor" aria-hidden /> : symbol}
        onClick={() => {
          void press();
        }}
      >
        {action.label}
      </Button>
    </>
  );
}
