import { Title } from '@mantine/core';
import type { ClipboardEvent, FocusEvent, ReactNode } from 'react';
import { loginIndexOf, type ServerDraft } from '../../../electron/shared/domain/draft.ts';
import type { DraftClash } from '../../../electron/shared/domain/draftClashes.ts';
import { readPastedAddresses, type PastedAddresses } from '../../../electron/shared/domain/pastedAddresses.ts';
import { useDraft } from '../../state/draft.ts';
import type { TestState } from '../../state/serverTests.ts';
import { NumberField, TextField } from '../../widgets/fields.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { editServer, editSshPort } from './editServer.ts';
import { LoginFields } from './LoginFields.tsx';
import classes from './servers.module.css';
import { TestResult } from './TestResult.tsx';

/** What {@link ServerCard} takes. */
export interface ServerCardProps {
  readonly index: number;
  readonly server: ServerDraft;
  readonly clashes: readonly DraftClash[];
  readonly test: TestState;
  /** Whether the rarely needed fields are open, because one of them must be corrected. */
  readonly isMoreOpen: boolean;
  readonly onTest: () => void;
  /** More than a bare address was put into the address field. */
  readonly onPaste: (pasted: PastedAddresses) => void;
}

/** One server: its fields above, what the last test found below. */
export function ServerCard({ index, server, clashes, test, isMoreOpen, onTest, onPaste }: ServerCardProps): ReactNode {
  const text = useText();
  const edit = useDraft((open) => open.edit);
  const hasOwnLogin = useDraft(({ draft }) => loginIndexOf(draft, index) === index);
  const change = (changed: Partial<ServerDraft>): void => {
    edit((draft) => editServer(draft, index, changed));
  };
  const title = text('window.servers.server', { number: index + 1 });
  const name = server.name.trim() === '' ? title : server.name.trim();

  function clashAt(field: DraftClash['kind']): string | null {
    const clash = clashes.find((one) => one.server === index && one.kind === field);
    return clash === undefined ? null : text(`window.servers.clash.${clash.kind}`, { number: clash.first + 1 });
  }

  function pasteInto(event: ClipboardEvent<HTMLInputElement>): void {
    const pasted = readPastedAddresses(event.clipboardData.getData('text'));
    if (!isMoreThanAddress(pasted)) return;
    event.preventDefault();
    onPaste(pasted);
  }

  /** `user@address:port` may also have been typed. */
  function readTyped(event: FocusEvent): void {
    const typed = readPastedAddresses(server.address);
    if (event.target instanceof HTMLInputElement && typed.unread.length === 0 && isMoreThanAddress(typed)) onPaste(typed);
  }

  return (
    <section className={classes['card']} id={cardId(index)} aria-labelledby={`${cardId(index)}-title`}>
      <div className={classes['cardBody']}>
        <div className={classes['fields']}>
          <Title order={2} id={`${cardId(index)}-title`} tabIndex={-1} className={classes['cardTitle'] ?? ''}>
            {title}
          </Title>
          <div onBlur={readTyped}>
            <TextField
              label={text('window.servers.address')}
              help={text('window.servers.address.help')}
              path={`servers.${index}.address`}
              error={clashAt('address')}
              value={server.address}
              isMono
              isRequired
              onPaste={pasteInto}
              onChange={(address) => {
                change({ address });
              }}
            />
          </div>
          <TextField
            label={text('window.servers.name')}
            help={text('window.servers.name.help')}
            path={`servers.${index}.name`}
            error={clashAt('name')}
            value={server.name}
            isRequired
            onChange={(value) => {
              change({ name: value });
            }}
          />
          {hasOwnLogin ? <LoginFields index={index} server={server} /> : null}
          <Fold key={String(isMoreOpen)} summary={text('window.servers.moreOf', { server: name })} isOpenAtFirst={isMoreOpen} isPlain>
            <div className={classes['fields']}>
              <NumberField
                label={text('window.servers.port')}
                help={text('window.servers.port.help')}
                path={`servers.${index}.ssh.port`}
                value={server.sshPort}
                onChange={(port) => {
                  edit((draft) => editSshPort(draft, index, port));
                }}
              />
              <TextField
                label={text('window.servers.sshHost')}
                help={text('window.servers.sshHost.help')}
                path={`servers.${index}.ssh.host`}
                error={clashAt('ssh')}
                value={server.sshHost}
                placeholder={text('window.servers.sshHost.placeholder')}
                isMono
                onChange={(sshHost) => {
                  change({ sshHost });
                }}
              />
              {server.hostKey === '' ? null : (
                <TextField
                  label={text('window.servers.hostKey')}
                  help={text('window.servers.hostKey.help')}
                  path={`servers.${index}.ssh.hostKey`}
                  value={server.hostKey}
                  isMono
                  onChange={(hostKey) => {
                    change({ hostKey });
                  }}
                />
              )}
            </div>
          </Fold>
        </div>
        <TestResult index={index} name={name} test={test} onTest={onTest} />
      </div>
    </section>
  );
}

/** The id of a server's card, to bring it into sight. */
export function cardId(index: number): string {
  return `server-card-${index}`;
}

function isMoreThanAddress({ servers }: PastedAddresses): boolean {
  const [first, second] = servers;
  return second !== undefined || (first !== undefined && (first.user !== null || first.port !== null || first.name !== null));
}
