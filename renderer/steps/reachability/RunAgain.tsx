import { Button, Group, Text } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import type { CheckResult } from '../../../electron/shared/domain/check.ts';
import { COMPARING_CHECKS, LISTENERS_CHECK } from '../../../electron/shared/domain/checkAgain.ts';
import { useText } from '../../widgets/useText.ts';

/** Runs some checks again, and keeps the others as they were seen. */
export type RunAgainAction = (checks: readonly Pick<CheckResult, 'id' | 'subject'>[]) => Promise<void>;

/** How some checks are run again; why they cannot be, while nothing or only all can. */
export type RunAgainWay = { readonly run: RunAgainAction } | { readonly why: string };

/** What {@link RunAgain} takes. */
export interface RunAgainProps {
  readonly checks: readonly Pick<CheckResult, 'id' | 'subject'>[];
  readonly way: RunAgainWay;
}

/** What a look at these results takes in, as a kind of words. */
function scopeWords(checks: RunAgainProps['checks']): 'way' | 'ways' | 'server' | 'servers' | 'listeners' {
  if (checks.every(({ subject }) => subject.kind === 'pair')) return checks.length === 1 ? 'way' : 'ways';
  if (checks.some(({ id }) => id === LISTENERS_CHECK)) return 'listeners';
  return checks.every(({ id, subject }) => subject.kind === 'server' && !COMPARING_CHECKS.includes(id)) ? 'server' : 'servers';
}

/** Looks again at one result (or those that are told together), with what that takes in. */
export function RunAgain({ checks, way }: RunAgainProps): ReactNode {
  const text = useText();
  const aside = useId();
  const [isBusy, setBusy] = useState(false);
  const isDisabled = 'why' in way || isBusy;

  async function run(): Promise<void> {
    if ('why' in way || isBusy) return;
    setBusy(true);
    try {
      await way.run(checks);
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
        aria-describedby={aside}
        onClick={() => {
          void run();
        }}
      >
        {text('window.reachability.runAgain')}
      </Button>
      <Text size="sm" c="dimmed" id={aside}>
        {'why' in way ? way.why : text(`window.reachability.runAgain.${scopeWords(checks)}`)}
      </Text>
    </Group>
  );
}
