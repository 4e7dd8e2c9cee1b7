import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Draft, NeededSecret, SecretName } from '../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { draftStore } from '../state/draft.ts';
import { runStore } from '../state/runs.ts';
import { useSession } from '../state/session.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { textOf, useText } from '../widgets/useText.ts';

/** What a secret opens, in words: `Password of admin on server-1`. */
export function secretLabel(secret: NeededSecret, draft: Draft): string {
  const server = secret.server === null ? undefined : draft.servers[secret.server];
  if (server === undefined) return textOf('window.secrets.redisPassword');
  const values = { user: server.user, server: server.name };
  switch (secret.kind) {
    case 'sshPassword':
      return textOf('window.secrets.sshPassword', values);
    case 'keyPassphrase':
      return textOf('window.secrets.keyPassphrase', { key: server.key?.name ?? '', server: server.name });
    case 'sudoPassword':
      return textOf('window.secrets.sudoPassword', values);
    case 'redisPassword':
      return textOf('window.secrets.redisPassword');
  }
}

/** Asks for secrets that a run needs and nobody kept: after a restart without a keychain, or for a draft from a file. */
export function SecretsDialog(): ReactNode {
  const asking = runStore((store) => store.asking);
  const draft = draftStore(({ current }) => current?.draft ?? null);
  if (asking === null || draft === null) return null;
  return <SecretsForm draft={draft} secrets={asking.secrets} onEnd={asking.settle} />;
}

function SecretsForm({
  draft,
  secrets,
  onEnd,
}: {
  readonly draft: Draft;
  readonly secrets: readonly NeededSecret[];
  readonly onEnd: (areThere: boolean) => void;
}): ReactNode {
  const text = useText();
  const keychain = useSession(({ app }) => app?.keychain);
  const [typed, setTyped] = useState<Readonly<Partial<Record<SecretName, string>>>>({});
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isComplete = secrets.every(({ name }) => (typed[name] ?? '') !== '');

  async function store(event: FormEvent): Promise<void> {
    event.preventDefault();
    const open = draftStore.getState().current;
    if (!isComplete || open === null) return;
    setBusy(true);
    setFailure(null);
    try {
      for (const { name } of secrets) await open.storeSecret(name, typed[name] ?? '');
      onEnd(true);
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={() => {
        onEnd(false);
      }}
      closeOnClickOutside={false}
      title={text('window.secrets.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      <form
        onSubmit={(event) => {
          void store(event);
        }}
      >
        <Stack gap="sm">
          <Text>{text(keychain === 'memoryOnly' ? 'window.secrets.leadMemory' : 'window.secrets.lead')}</Text>
          {secrets.map((secret, index) => {
            const label = secretLabel(secret, draft);
            return (
              <PasswordInput
                key={secret.name}
                label={label}
                value={typed[secret.name] ?? ''}
                data-autofocus={index === 0}
                autoComplete="off"
                visibilityToggleFocusable
                visibilityToggleButtonProps={{ 'aria-label': text('window.secret.show', { label }) }}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setTyped((before) => ({ ...before, [secret.name]: value }));
                }}
              />
            );
          })}
          {failure === null ? null : <FailurePanel failure={failure} />}
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                onEnd(false);
              }}
            >
              {text('window.frame.cancel')}
            </Button>
            <Button type="submit" disabled={!isComplete} loading={isBusy}>
              {text('window.secrets.goOn')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
