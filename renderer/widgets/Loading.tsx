import { Group, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatDuration } from '../../electron/shared/domain/reportFormat.ts';
import { useText } from './useText.ts';

/** What is awaited (`what`, a sentence without its full stop), and for how long at most. No spinner stands without these words. */
export function Loading({ what, atMostMs }: { readonly what: string; readonly atMostMs?: number }): ReactNode {
  const text = useText();
  return (
    <Group gap="sm" role="status" wrap="nowrap">
      <Loader size="xs" aria-hidden />
      <Text c="dimmed">
        {atMostMs === undefined ? text('window.loading', { what }) : text('window.loadingAtMost', { what, time: formatDuration(atMostMs) })}
      </Text>
    </Group>
  );
}
