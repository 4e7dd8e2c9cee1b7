import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';

/** What {@link FixForMe} takes. */
export interface FixForMeProps {
  readonly label: string;
  /** What becomes part of the plan. */
  readonly what: string;
  /** Null while nothing can be begun. */
  readonly onFix: (() => Promise<void>) | null;
}

/** The button that has the plan put right what a check has found, with what that means. */
export function FixForMe({ label, what, onFix }: FixForMeProps): ReactNode {
  const [isBusy, setBusy] = useState(false);

  async function fix(): Promise<void> {
    if (onFix === null) return;
    setBusy(true);
    try {
      await onFix();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Group gap="sm" wrap="wrap">
      <Button
        size="xs"
        variant="light"
        loading={isBusy}
        disabled={onFix === null}
        onClick={() => {
          void fix();
        }}
      >
        {label}
      </Button>
      <Text size="sm" c="dimmed" flex="1 1 16rem">
        {what}
      </Text>
    </Group>
  );
}
