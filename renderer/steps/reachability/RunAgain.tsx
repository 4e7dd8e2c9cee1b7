import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { CheckResult } from '../../../electron/shared/domain/check.ts';
import { useText } from '../../widgets/useText.ts';

/** Runs some checks again, and keeps the others as they were seen. */
export type RunAgainAction = (checks: readonly Pick<CheckResult, 'id' | 'subject'>[]) => Promise<void>;

/** What {@link RunAgain} takes. */
export interface RunAgainProps {
  readonly checks: readonly Pick<CheckResult, 'id' | 'subject'>[];
  /** Null while nothing can be run again, and where only all can. */
  readonly onRunAgain: RunAgainAction | null;
}

/** What a look at these results takes in, as a kind of words. */
function scopeWords(checks: RunAgainProps['checks']): 'ways' | 'server' | 'servers' {
  const subjects = checks.map(({ subject }) => subject.kind);
  if (subjects.every((kind) => kind === 'pair')) return 'ways';
  return subjects.every((kind) => kind === 'server') ? 'server' : 'servers';
}

/** Looks again at one result (or those that are told together), with what that takes in. */
export function RunAgain({ checks, onRunAgain }: RunAgainProps): ReactNode {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const isDisabled = onRunAgain === null || isBusy;

  async function run(): Promise<void> {
    if (onRunAgain === null || isBusy) return;
    setBusy(true);
    try {
      await onRunAgain(checks);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="default"
        // Not `disabled`: pressed by the keyboard it keeps the focus while it runs.
        aria-disabled={isDisabled}
        data-disabled={isDisabled}
        onClick={() => {
          void run();
        }}
      >
        {text('window.reachability.runAgain')}
      </Button>
      <Text size="sm" c="dimmed">
        {text(`window.reachability.runAgain.${scopeWords(checks)}`)}
      </Text>
    </Group>
  );
}
