import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Platform } from '../../electron/shared/domain/platform.ts';
import { listNames } from '../../electron/shared/figures/reportWords.ts';
import { HelpBubble } from './HelpBubble.tsx';
import { Notice } from './Notice.tsx';
import { useText } from './useText.ts';

/** What nobody answers for where there are Windows servers, and that a mixed cluster is one more thing that nobody tests. Nothing where all run Linux. */
export function WindowsNotice({
  servers,
}: {
  readonly servers: readonly { readonly name: string; readonly platform?: Platform | undefined }[];
}): ReactNode {
  const text = useText();
  const windows = servers.filter(({ platform }) => platform === 'windows');
  if (windows.length === 0) return null;
  const about = text('window.windows.title');
  const isMixed = windows.length < servers.length;
  return (
    <Notice level="warn">
      <Group component="span" gap={4} wrap="nowrap">
        <Text span fw={600}>
          {about}
        </Text>
        <HelpBubble about={about}>{text('window.windows.help')}</HelpBubble>
      </Group>{' '}
      {isMixed ? text('window.windows.mixed', { servers: listNames(windows.map(({ name }) => name)) }) : text('window.windows.all')}
    </Notice>
  );
}
