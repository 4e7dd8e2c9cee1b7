import { Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconCircleX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { hostKeyFileOf } from '../../../electron/shared/domain/fingerprintGroups.ts';
import type { HostKey } from '../../../electron/shared/domain/server.ts';
import { serverSubject } from '../../../electron/shared/domain/subject.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';
import { Fingerprint } from './Fingerprint.tsx';
import classes from './servers.module.css';

/** What {@link ChangedKey} takes. */
export interface ChangedKeyProps {
  readonly server: string;
  readonly expected: HostKey;
  readonly offered: HostKey;
  /** Forgets the old key and tests again; rejects when it could not be forgotten. */
  readonly onForget: () => Promise<void>;
}

/** A key that is not the known one: everything stops here. Both keys, what it may mean, and a way on behind a confirmation. */
export function ChangedKey({ server, expected, offered, onForget }: ChangedKeyProps): ReactNode {
  const text = useText();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const command = `ssh-keygen -lf ${hostKeyFileOf(offered.type)}`;

  async function forget(): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await onForget();
      setAsking(false);
    } catch (error) {
      setFailure(failureOf(error, serverSubject(server)));
    } finally {
      setBusy(false);
    }
  }

  function close(): void {
    setAsking(false);
    setFailure(null);
  }

  return (
    <div className={classes['key']} data-tone="fail" role="alert">
      <Title order={3} className={classes['keyTitle'] ?? ''}>
        <IconCircleX size="1.1em" aria-hidden /> {text('window.servers.key.changed.title', { server })}
      </Title>
      <Text>{text('window.servers.key.changed.lead')}</Text>
      <div className={classes['bothKeys']}>
        <section>
          <Text fw={600}>{text('window.servers.key.changed.known')}</Text>
          <Fingerprint hostKey={expected} />
        </section>
        <section>
          <Text fw={600}>{text('window.servers.key.changed.offered')}</Text>
          <Fingerprint hostKey={offered} />
        </section>
      </div>
      <Text>{text('window.servers.key.changed.todo', { server })}</Text>
      <Group gap={4} wrap="nowrap" align="center">
        <Code className={classes['command'] ?? ''}>{command}</Code>
        <CopyButton value={command} label={text('window.servers.key.copyCommand')} isCompact />
      </Group>
      <Group>
        <Button
          variant="default"
          className={classes['wrapping'] ?? ''}
          onClick={() => {
            setAsking(true);
          }}
        >
          {text('window.servers.key.forget')}
        </Button>
      </Group>
      <Modal opened={isAsking} onClose={close} title={text('window.servers.key.forget.title', { server })}>
        <Stack>
          <Text className={classes['breaking'] ?? ''}>{text('window.servers.key.forget.lead', { fingerprint: expected.fingerprint })}</Text>
          {failure === null ? null : <FailurePanel failure={failure} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {text('window.servers.key.forget.cancel')}
            </Button>
            <Button
              color="red"
              loading={isBusy}
              onClick={() => {
                void forget();
              }}
            >
              {text('window.servers.key.forget.confirm', { server })}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </div>
  );
}
