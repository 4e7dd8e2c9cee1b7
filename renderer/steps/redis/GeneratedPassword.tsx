import { Button, Code, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './redis.module.css';

/** How many marks stand for a password that is not shown; says nothing about its length. */
const MARKS = '•'.repeat(16);

type Note = 'made' | 'stays' | null;

/** A password that Triad makes: it stays in the core, is fetched only to be shown, and is copied past the window. */
export function GeneratedPassword(): ReactNode {
  const text = useText();
  const draft = useDraft((open) => open.draft.id);
  const keychain = useSession(({ app }) => app?.keychain ?? 'memoryOnly');
  /** Null until the core has answered. */
  const [isKnown, setKnown] = useState<boolean | null>(null);
  const isThere = isKnown === true;
  const [shown, setShown] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const [note, setNote] = useState<Note>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  useEffect(() => {
    let isGone = false;
    call('secrets.generate', { draft, anew: false }).then(
      (known) => {
        if (!isGone) setKnown(known);
      },
      (error: unknown) => {
        if (!isGone) setFailure(failureOf(error, adminSubject));
      },
    );
    return () => {
      isGone = true;
    };
  }, [draft]);

  /** Tells what went wrong instead of leaving a button without an effect. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    setFailure(null);
    setNote(null);
    setCopied(false);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  const reveal = async (): Promise<string | null> => call('secrets.reveal', { draft, name: 'REDIS_PASSWORD' });
  const toggle = async (): Promise<void> => {
    setShown(shown === null ? await reveal() : null);
  };
  const copy = async (): Promise<void> => {
    setCopied(await call('secrets.copy', { draft, name: 'REDIS_PASSWORD' }));
  };
  const renew = async (): Promise<void> => {
    const before = await reveal();
    await call('secrets.generate', { draft, anew: true });
    const after = await reveal();
    if (shown !== null) setShown(after);
    // The core keeps the password of a cluster that is installed.
    setNote(after === before ? 'stays' : 'made');
  };

  return (
    <div className={classes['stack']}>
      <div className={classes['password']}>
        <Code aria-label={text('window.redis.password.value')} role="group" className={classes['breaking'] ?? ''}>
          {isThere
            ? (shown ?? (
                <span aria-label={text('window.redis.password.hidden')} role="img">
                  {MARKS}
                </span>
              ))
            : text(isKnown === null ? 'window.redis.password.making' : 'window.redis.password.onServers')}
        </Code>
      </div>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={!isThere}
          leftSection={shown === null ? <IconEye size="1rem" aria-hidden /> : <IconEyeOff size="1rem" aria-hidden />}
          onClick={() => {
            void attempt(toggle);
          }}
        >
          {text(shown === null ? 'window.redis.password.show' : 'window.redis.password.hide')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!isThere}
          aria-live="polite"
          leftSection={isCopied ? <IconCheck size="1rem" aria-hidden /> : <IconCopy size="1rem" aria-hidden />}
          onClick={() => {
            void attempt(copy);
          }}
        >
          {text(isCopied ? 'window.redis.password.copied' : 'window.redis.password.copy')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={!isThere}
          leftSection={<IconRefresh size="1rem" aria-hidden />}
          onClick={() => {
            void attempt(renew);
          }}
        >
          {text('window.redis.password.new')}
        </Button>
      </Group>
      <Text size="sm" role="status" className={classes['notice'] ?? ''}>
        {note === null ? '' : text(`window.redis.password.${note}`)}
      </Text>
      <Text size="sm" c="dimmed">
        {text('window.redis.password.generated.note')} {text(`window.redis.password.kept.${keychain}`)}
      </Text>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </div>
  );
}
