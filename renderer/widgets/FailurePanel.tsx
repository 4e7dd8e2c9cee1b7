import { Button, Code, Group, Text } from '@mantine/core';
import { IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../electron/shared/domain/failure.ts';
import { isMessageCode, say } from '../../electron/shared/messages/message.ts';
import { saySubject } from '../../electron/shared/messages/subjectWords.ts';
import { CopyButton } from './CopyButton.tsx';
import { Said } from './Said.tsx';
import { useText } from './useText.ts';
import classes from './FailurePanel.module.css';

/** What a failure panel takes. */
export interface FailurePanelProps {
  readonly failure: Failure;
  /** Does the same again; offered with these words, or "Try again". */
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
  /** Nothing else on the screen is to be done first. */
  readonly isRetryPrimary?: boolean;
  /** Further buttons: a fix, a way to the step where it is put right. */
  readonly actions?: ReactNode;
}

/** What to do about a failure in the window, else as the command line says it. */
export function remedyOf(failure: Failure): string {
  const here = `window.remedy.${failure.code}`;
  return say({ code: isMessageCode(here) ? here : `${failure.code}.remedy`, values: failure.values });
}

/** A failure: what happened, where, what to do (first), how we know (folded), its code small and copyable. */
export function FailurePanel({ failure, onRetry, retryLabel, isRetryPrimary = false, actions }: FailurePanelProps): ReactNode {
  const text = useText();
  const title = say({ code: failure.code, values: failure.values });
  const where = saySubject(failure.subject);
  const remedy = remedyOf(failure);
  const isNamed = failure.subject.kind !== 'admin' && failure.subject.kind !== 'cluster' && !title.includes(where);
  return (
    <section className={classes['panel']} role="alert">
      <IconCircleX className={classes['symbol'] ?? ''} size="1.25rem" aria-hidden />
      <div className={classes['body']}>
        <Text fw={600}>
          <Said>{isNamed ? text('window.failure.where', { where, title }) : title}</Said>
        </Text>
        <Text>
          <Said>{remedy}</Said>
        </Text>
        {onRetry === undefined && actions === undefined ? null : (
          <Group gap="xs" mt={4}>
            {onRetry === undefined ? null : (
              <Button size="xs" variant={isRetryPrimary ? 'filled' : 'default'} onClick={onRetry}>
                {retryLabel ?? text('window.failure.retry')}
              </Button>
            )}
            {actions}
          </Group>
        )}
        {failure.evidence === '' ? null : (
          <details className={classes['evidence']}>
            <summary>{text('window.failure.evidence')}</summary>
            <Code block>{failure.evidence}</Code>
          </details>
        )}
        <Group gap={4} className={classes['code'] ?? ''}>
          <span>{failure.code}</span>
          <CopyButton
            isCompact
            label={text('window.failure.copy')}
            value={[`${failure.code} (${where})`, title, remedy, failure.evidence].filter((line) => line !== '').join('\n')}
          />
        </Group>
      </div>
    </section>
  );
}
