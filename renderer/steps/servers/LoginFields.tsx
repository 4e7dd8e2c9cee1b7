import { Button, Group, Input, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { isSudoUsed, neededSecrets, type SecretName, type ServerDraft } from '../../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { ChoiceField, SecretField, SelectField, TextField } from '../../widgets/fields.tsx';
import { HelpBubble } from '../../widgets/HelpBubble.tsx';
import { useText } from '../../widgets/useText.ts';
import { editServer } from './editServer.ts';

/** What {@link LoginFields} takes. */
export interface LoginFieldsProps {
  readonly index: number;
  readonly server: ServerDraft;
}

/** Who logs in to a server, with what, and how that user becomes root. */
export function LoginFields({ index, server }: LoginFieldsProps): ReactNode {
  const text = useText();
  const edit = useDraft((open) => open.edit);
  const change = (changed: Partial<ServerDraft>): void => {
    edit((draft) => editServer(draft, index, changed));
  };
  const user = server.user.trim();
  return (
    <>
      <TextField
        label={text('window.servers.user')}
        help={text('window.servers.user.help')}
        path={`servers.${index}.ssh.user`}
        value={server.user}
        isRequired
        onChange={(value) => {
          change({ user: value });
        }}
      />
      <ChoiceField
        label={text('window.servers.login')}
        help={text('window.servers.login.help')}
        value={server.login}
        options={[
          { value: 'password', label: text('window.servers.login.password') },
          { value: 'key', label: text('window.servers.login.key') },
          { value: 'agent', label: text('window.servers.login.agent') },
        ]}
        onChange={(login) => {
          change({ login });
        }}
      />
      {server.login === 'password' ? (
        <Secret
          name={`SSH_PASSWORD_${number(index)}`}
          label={user === '' ? text('window.servers.password.noUser') : text('window.servers.password', { user })}
          help={text('window.servers.password.help')}
        />
      ) : null}
      {server.login === 'key' ? <KeyFields index={index} server={server} onChange={change} /> : null}
      {server.login === 'agent' ? (
        <Text size="sm" c="dimmed">
          {text('window.servers.agent')}
        </Text>
      ) : null}
      <SudoFields index={index} server={server} onChange={change} />
    </>
  );
}

function number(index: number): 1 | 2 | 3 {
  return index === 0 ? 1 : index === 1 ? 2 : 3;
}

/** A secret that a login needs; says so itself once the step's action was tried without it. */
function Secret({ name, label, help }: { readonly name: SecretName; readonly label: string; readonly help: string }): ReactNode {
  const text = useText();
  const isMissing = useDraft(
    ({ draft, knownSecrets, showsEmpty }) =>
      showsEmpty && !knownSecrets.has(name) && neededSecrets(draft).some((secret) => secret.name === name),
  );
  return <SecretField name={name} label={label} help={help} isRequired error={isMissing ? text('window.servers.secret.missing') : null} />;
}

type Change = (changed: Partial<ServerDraft>) => void;

function KeyFields({ index, server, onChange }: LoginFieldsProps & { readonly onChange: Change }): ReactNode {
  const text = useText();
  const showsEmpty = useDraft((open) => open.showsEmpty);
  const [type, setType] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);

  async function choose(): Promise<void> {
    setFailure(null);
    try {
      const chosen = await call('files.chooseKey');
      if (chosen === null) return;
      setType(chosen.type);
      onChange({ key: chosen.file, hasPassphrase: chosen.hasPassphrase });
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  const { key, hasPassphrase } = server;
  const protection = hasPassphrase ? 'protected' : 'open';
  const kind = type === '' ? text(`window.servers.key.${protection}Only`) : text(`window.servers.key.${protection}`, { type });
  const isMissing = key === null && showsEmpty;
  const label = text('window.servers.key');
  const noteId = `key-note-${index}`;
  return (
    <>
      <div role="group" aria-label={label}>
        <Group gap={4} mb={4}>
          <Input.Label component="span" required>
            {label}
          </Input.Label>
          <HelpBubble about={label}>{text('window.servers.key.help')}</HelpBubble>
        </Group>
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconKey size="1rem" aria-hidden />}
            aria-describedby={noteId}
            data-attention={isMissing || undefined}
            onClick={() => {
              void choose();
            }}
          >
            {text(key === null ? 'window.servers.key.choose' : 'window.servers.key.other')}
          </Button>
          <Text size="sm" id={noteId} style={{ overflowWrap: 'anywhere' }} {...(isMissing ? { c: 'var(--triad-fail)' } : {})}>
            {key === null ? text(isMissing ? 'window.servers.key.missing' : 'window.servers.key.none') : `${key.name} · ${kind}`}
          </Text>
        </Group>
      </div>
      {failure === null ? null : <FailurePanel failure={failure} />}
      {key !== null && hasPassphrase ? (
        <Secret
          name={`KEY_PASSPHRASE_${number(index)}`}
          label={text('window.servers.passphrase')}
          help={text('window.servers.passphrase.help')}
        />
      ) : null}
    </>
  );
}

function SudoFields({ index, server, onChange }: LoginFieldsProps & { readonly onChange: Change }): ReactNode {
  const text = useText();
  const user = server.user.trim();
  const isUsed = useDraft(({ draft }) => isSudoUsed(draft, index));
  if (!isUsed)
    return (
      <Text size="sm" c="dimmed">
        {text('window.servers.sudo.windows')}
      </Text>
    );
  if (user === 'root')
    return (
      <Text size="sm" c="dimmed">
        {text('window.servers.sudo.root')}
      </Text>
    );
  const byPassword = server.login === 'password';
  // Without a login password, the same one for sudo means none.
  const sudo = !byPassword && server.sudo === 'sameAsLogin' ? 'none' : server.sudo;
  const options: readonly { readonly value: ServerDraft['sudo']; readonly label: string }[] = [
    { value: 'none', label: text('window.servers.sudo.none') },
    ...(byPassword ? [{ value: 'sameAsLogin' as const, label: text('window.servers.sudo.sameAsLogin') }] : []),
    { value: 'own', label: text('window.servers.sudo.own') },
  ];
  return (
    <>
      <SelectField
        label={text('window.servers.sudo')}
        help={user === '' ? text('window.servers.sudo.helpNoUser') : text('window.servers.sudo.help', { user })}
        value={sudo}
        options={options}
        onChange={(value) => {
          onChange({ sudo: value });
        }}
      />
      {sudo === 'own' ? (
        <Secret
          name={`SUDO_PASSWORD_${number(index)}`}
          label={text('window.servers.sudoPassword')}
          help={text('window.servers.sudoPassword.help')}
        />
      ) : null}
    </>
  );
}
