import { ActionIcon, Popover, Text } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from './useText.ts';

/** A small button beside a label that explains it in two sentences: what it is, and why it matters. `about` is the label. */
export function HelpBubble({ about, children }: { readonly about: string; readonly children: ReactNode }): ReactNode {
  const text = useText();
  return (
    <Popover width={300} position="top" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size="xs" radius="xl" aria-label={text('window.help.about', { about })}>
          <IconHelpCircle size="1rem" aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{children}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}
