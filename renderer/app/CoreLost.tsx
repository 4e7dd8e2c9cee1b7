import { Button, Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../electron/shared/domain/failure.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { useText } from '../widgets/useText.ts';
import classes from './Frame.module.css';

/** The core does not answer: nothing in the window can be true any more, so nothing else is shown. */
export function CoreLost({ failure }: { readonly failure: Failure }): ReactNode {
  const text = useText();
  return (
    <Center mih="100%" p="md" className={classes['lost'] ?? ''}>
      <Stack component="main" maw="40rem">
        <Title order={1}>{text('window.lost.title')}</Title>
        <Text>{text('window.lost.lead')}</Text>
        <FailurePanel failure={failure} />
        <Button
          w="fit-content"
          onClick={() => {
            window.location.reload();
          }}
        >
          {text('window.frame.reload')}
        </Button>
      </Stack>
    </Center>
  );
}
