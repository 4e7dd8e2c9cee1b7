import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Empty.module.css';

/** What stands where there is nothing yet: what would be here, and how to get it. `children` are the actions. */
export function Empty({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Stack className={classes['empty'] ?? ''} gap="xs" align="center">
      <Title order={2}>{title}</Title>
      {lead === undefined ? null : (
        <Text c="dimmed" ta="center" maw="36rem">
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  );
}
