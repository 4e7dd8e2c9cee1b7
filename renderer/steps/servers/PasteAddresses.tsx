import { Button, Group, Input, Text, Textarea } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { formatEndpoint } from '../../../electron/shared/domain/address.ts';
import { readPastedAddresses, type PastedAddress } from '../../../electron/shared/domain/pastedAddresses.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './servers.module.css';

/** How a server that was read from text is shown: `root@10.0.0.1:2222 (redis-a)`. */
export function pastedWords({ address, user, port, name }: PastedAddress): string {
  const endpoint = port === null ? address : formatEndpoint({ address, port: Number(port) });
  return `${user === null ? '' : `${user}@`}${endpoint}${name === null ? '' : ` (${name})`}`;
}

/** What {@link PasteAddresses} takes. */
export interface PasteAddressesProps {
  readonly onApply: (servers: readonly PastedAddress[]) => void;
  readonly onCancel: () => void;
}

/** A place for a list from a mail or a hosts file; says what it understands before anything is filled in. */
export function PasteAddresses({ onApply, onCancel }: PasteAddressesProps): ReactNode {
  const text = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const { servers, unread } = readPastedAddresses(typed);
  const taken = servers.slice(0, 3);
  return (
    <section className={classes['paste']} aria-label={text('window.servers.paste')}>
      <Textarea
        label={text('window.servers.paste.label')}
        description={text('window.servers.paste.hint')}
        value={typed}
        rows={4}
        // Opened to be typed into, by a button that says so.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        spellCheck={false}
        aria-describedby={id}
        classNames={{ input: classes['pasteInput'] ?? '' }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <div id={id} role="status">
        {typed.trim() === '' ? null : (
          <Text size="sm">
            {taken.length === 0
              ? text('window.servers.paste.nothing')
              : text('window.servers.paste.understood', { servers: taken.map(pastedWords).join(', ') })}
          </Text>
        )}
        {servers.length > 3 ? <Text size="sm">{text('window.servers.paste.tooMany', { count: servers.length })}</Text> : null}
        {unread.length > 0 ? <Input.Error>{text('window.servers.paste.unread', { words: unread.join(', ') })}</Input.Error> : null}
      </div>
      <Group>
        <Button
          size="xs"
          variant="outline"
          disabled={taken.length === 0}
          onClick={() => {
            onApply(taken);
          }}
        >
          {text('window.servers.paste.apply')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {text('window.servers.paste.cancel')}
        </Button>
      </Group>
    </section>
  );
}
