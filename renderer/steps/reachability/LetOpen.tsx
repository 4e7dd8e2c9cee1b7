import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useText } from '../../widgets/useText.ts';
import type { WhoOpens } from './checkFindings.ts';

/** What {@link LetOpen} takes. */
export interface LetOpenProps {
  readonly who: WhoOpens;
  readonly server: string;
  readonly onLetOpen: (() => Promise<void>) | null;
}

/** Who opens a closed way, in words; with the button where the plan may and does not yet. */
export function LetOpen({ who, server, onLetOpen }: LetOpenProps): ReactNode {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  if (who.kind === 'plan') return <Text>{text('window.reachability.opens.plan', { server })}</Text>;
  if (who.kind === 'somebodyElse') return <Text>{text('window.reachability.opens.somebodyElse', { server })}</Text>;

  async function letOpen(): Promise<void> {
    if (onLetOpen === null) return;
    setBusy(true);
    try {
      await onLetOpen();
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
        disabled={onLetOpen === null}
        onClick={() => {
          void letOpen();
        }}
      >
        {text('window.reachability.letOpen')}
      </Button>
      <Text size="sm" c="dimmed" flex="1 1 16rem">
        {text('window.reachability.letOpen.what', { firewall: who.firewall, server })}
      </Text>
    </Group>
  );
}
