import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import type { RunState } from '../../state/runs.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { textOf, useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './report.module.css';

/** What a card takes. */
export interface ActionCardProps {
  readonly title: string;
  /** Within something that says the title already: without a frame of its own. */
  readonly isPlain?: boolean;
  /** What it does, and above the button what it takes to press it. */
  readonly children: ReactNode;
  /** Left out: there is nothing to do. */
  readonly action?: {
    readonly label: string;
    readonly start: () => Promise<unknown>;
    readonly isDanger?: boolean;
    /** Why it cannot be pressed now. */
    readonly why?: string;
    /** A second, calmer way to do it. */
    readonly other?: { readonly label: string; readonly start: () => Promise<unknown> };
  };
  /** The newest run of this kind. */
  readonly run?: RunState;
  /** Shows the report of that run. */
  readonly onShow?: () => void;
}

/** Something that can be done next, with what it does, and what came of it the last time. */
export function ActionCard({ title, isPlain = false, children, action, run, onShow }: ActionCardProps): ReactNode {
  const text = useText();
  const id = useId();
  const whyId = useId();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isStarting, setStarting] = useState(false);
  const isGoing = run?.status === 'active';
  const isBlocked = action?.why !== undefined;

  async function start(work: () => Promise<unknown>): Promise<void> {
    if (isBlocked || isStarting) return;
    setFailure(null);
    setStarting(true);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setStarting(false);
    }
  }

  return (
    <section className={classes[isPlain ? 'plain' : 'card']} aria-labelledby={id}>
      {isPlain ? <VisuallyHidden id={id}>{title}</VisuallyHidden> : <h2 id={id}>{title}</h2>}
      {children}
      {action === undefined || isGoing ? null : (
        <Group gap="sm">
          <Button
            variant={action.isDanger === true ? 'outline' : 'default'}
            color={action.isDanger === true ? 'red' : 'triad'}
            loading={isStarting}
            aria-disabled={isBlocked}
            data-disabled={isBlocked}
            {...(isBlocked ? { 'aria-describedby': whyId } : {})}
            onClick={() => {
              void start(action.start);
            }}
          >
            {action.label}
          </Button>
          {action.other === undefined ? null : <OtherWay {...action.other} whyId={isBlocked ? whyId : null} onStart={start} />}
          {isBlocked ? (
            <Text size="sm" c="dimmed" id={whyId}>
              {action.why}
            </Text>
          ) : null}
        </Group>
      )}
      {failure === null ? null : <FailurePanel failure={failure} />}
      {run === undefined || (run.status === 'none' && run.failure === null) ? null : (
        <LastRun run={run} {...(onShow === undefined ? {} : { onShow })} />
      )}
      {isGoing ? (
        <div>
          <Button variant="default" size="xs" loading={run.isCancelling} onClick={() => void run.cancel().catch(() => undefined)}>
            {text('window.report.next.stop')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** The calmer second button; blocked where the first one is, for the same reason. */
function OtherWay({
  label,
  start,
  whyId,
  onStart,
}: {
  readonly label: string;
  readonly start: () => Promise<unknown>;
  /** What says why it cannot be pressed now, or null. */
  readonly whyId: string | null;
  readonly onStart: (work: () => Promise<unknown>) => Promise<void>;
}): ReactNode {
  return (
    <Button
      variant="subtle"
      aria-disabled={whyId !== null}
      data-disabled={whyId !== null}
      {...(whyId === null ? {} : { 'aria-describedby': whyId })}
      onClick={() => {
        void onStart(start);
      }}
    >
      {label}
    </Button>
  );
}

/** How the newest run of a kind stands, or ended. */
function LastRun({ run, onShow }: { readonly run: RunState; readonly onShow?: () => void }): ReactNode {
  const text = useText();
  const { record, status } = run;
  if (run.failure !== null) return <FailurePanel failure={run.failure} />;
  if (record === null || status === 'active') return <Loading what={doing(record)} />;
  if (status === 'interrupted') return <Text>{text('window.report.next.interrupted')}</Text>;
  const isToBeShown = record.failure !== null && !record.wasAborted && record.failure.code !== 'check.failed';
  return (
    <div className={classes['last']} role="status">
      <VerdictMark verdict={record.verdict ?? 'unknown'} />
      <div>
        <Text>{storyOf(record, record.verdict ?? 'unknown', toleranceAfter(record))}</Text>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {text('window.report.next.ended', { at: minuteOf(record.startedAt) })}
          </Text>
          {onShow === undefined ? null : (
            <Button variant="subtle" size="compact-sm" onClick={onShow}>
              {text('window.report.next.show')}
            </Button>
          )}
        </Group>
        {isToBeShown && record.failure !== null ? <RunFailure failure={record.failure} /> : null}
      </div>
    </div>
  );
}

/** The phase that runs now, in words. */
function doing(record: RunRecord | null): string {
  const phase = record?.phases.findLast(({ outcome }) => outcome === null)?.phase;
  return phase === undefined ? textOf('window.report.next.starting') : titleOf('phase', phase);
}
