import { Code, Modal, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { call } from '../bridge/client.ts';
import { useSession } from '../state/session.ts';
import { CopyButton } from '../widgets/CopyButton.tsx';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { Loading } from '../widgets/Loading.tsx';
import { useText } from '../widgets/useText.ts';
import classes from './AboutDialog.module.css';

type Licences =
  { readonly kind: 'loading' } | { readonly kind: 'read'; readonly text: string } | { readonly kind: 'failed'; readonly failure: Failure };

/** Version, where things are kept, and the licences of everything that is built in. */
export function AboutDialog(): ReactNode {
  const text = useText();
  const { app, dialog, showDialog } = useSession();
  const isOpen = dialog === 'about';
  const [licences, setLicences] = useState<Licences>({ kind: 'loading' });
  useEffect(() => {
    if (!isOpen) return;
    call('app.licences').then(
      (read) => {
        setLicences({ kind: 'read', text: read });
      },
      (error: unknown) => {
        setLicences({ kind: 'failed', failure: failureOf(error, adminSubject) });
      },
    );
  }, [isOpen]);
  const version = text('window.about.version', { version: app?.version ?? '' });
  return (
    <Modal
      size="lg"
      opened={isOpen}
      onClose={() => {
        showDialog(null);
      }}
      title={text('window.about.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      <Stack gap="sm">
        <div className={classes['version']}>
          <Text fw={600}>{version}</Text>
          <CopyButton isCompact label={text('window.about.copyVersion')} value={`${version} (${app?.platform ?? ''})`} />
        </div>
        <Text>{text('window.about.what')}</Text>
        <Text size="sm" c="dimmed">
          {text('window.about.home')} <Code>{app?.home}</Code>
        </Text>
        <Text size="sm" c="dimmed">
          {text(app?.keychain === 'memoryOnly' ? 'window.about.memoryOnly' : 'window.about.keychain')}
        </Text>
        <Title order={3}>{text('window.about.licences')}</Title>
        {licences.kind === 'loading' ? <Loading what={text('window.about.reading')} /> : null}
        {licences.kind === 'failed' ? <FailurePanel failure={licences.failure} /> : null}
        {licences.kind === 'read' ? (
          // Scrolls by itself, so the keyboard must reach it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className={classes['licences']} role="region" aria-label={text('window.about.licences')} tabIndex={0}>
            {licences.text}
          </pre>
        ) : null}
        {/* Theirs are too long to be shown here: Chromium's alone is nine megabytes. */}
        <Text size="sm" c="dimmed">
          {text('window.about.otherLicences')}
        </Text>
      </Stack>
    </Modal>
  );
}
