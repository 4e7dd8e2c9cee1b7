import { Image, Kbd, Modal, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import failover from '../../resources/help/failover.png';
import report from '../../resources/help/window-report.png';
import review from '../../resources/help/review.png';
import { useSession } from '../state/session.ts';
import { useText } from '../widgets/useText.ts';
import classes from './HelpDialog.module.css';

const KEYS = [
  { keys: ['Ctrl', '1–8'], code: 'window.help.keys.steps' },
  { keys: ['Ctrl', '+ −'], code: 'window.help.keys.text' },
  { keys: ['Tab'], code: 'window.help.keys.tab' },
  { keys: ['Esc'], code: 'window.help.keys.escape' },
] as const;

/** What is ahead, in pictures; `npm run screenshots -- --help-pictures` takes them anew. */
const PICTURES = [
  { picture: review, code: 'window.help.picture.review' },
  { picture: failover, code: 'window.help.picture.failover' },
  { picture: report, code: 'window.help.picture.report' },
] as const;

/** How Triad works in five sentences and three pictures, and the keys. */
export function HelpDialog(): ReactNode {
  const text = useText();
  const { dialog, showDialog } = useSession();
  return (
    <Modal
      size="xl"
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
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {PICTURES.map(({ picture, code }) => (
            <figure key={code} className={classes['picture']}>
              <Image src={picture} alt="" radius="sm" />
              <Text component="figcaption" size="sm" c="dimmed">
                {text(code)}
              </Text>
            </figure>
          ))}
        </SimpleGrid>
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
