import { Kbd, Modal, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../state/session.ts';
import { useText } from '../widgets/useText.ts';

const KEYS = [
  { keys: ['Ctrl', '1–8'], code: 'window.help.keys.steps' },
  { keys: ['Ctrl', '+ −'], code: 'window.help.keys.text' },
  { keys: ['Tab'], code: 'window.help.keys.tab' },
  { keys: ['Esc'], code: 'window.help.keys.escape' },
] as const;

/** How Triad works in five sentences, and the keys. */
export function HelpDialog(): ReactNode {
  const text = useText();
  const { dialog, showDialog } = useSession();
  return (
    <Modal
      size="lg"
      opened={dialog === 'help'}
      onClose={() => {
        showDialog(null);
      }}
      title={text('window.help.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      <Stack gap="sm">
        <Text>{text('window.help.way')}</Text>
        <Text>{text('window.help.safe')}</Text>
        <Text>{text('window.help.leave')}</Text>
        <Title order={3}>{text('window.help.keys')}</Title>
        <Table withRowBorders={false} verticalSpacing={4}>
          <Table.Tbody>
            {KEYS.map(({ keys, code }) => (
              <Table.Tr key={code}>
                <Table.Td w="9rem">
                  {keys.map((key, index) => (
                    <span key={key}>
                      {index === 0 ? '' : ' + '}
                      <Kbd>{key}</Kbd>
                    </span>
                  ))}
                </Table.Td>
                <Table.Td>{text(code)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  );
}
