import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { Network } from '../../../electron/shared/domain/address.ts';
import { useDraft } from '../../state/draft.ts';
import { FieldFrame, NOTE_LAST, type FieldProps } from '../../widgets/FieldFrame.tsx';
import { issueText } from '../../widgets/useFieldError.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './redis.module.css';

/** What {@link NetworkChips} takes. */
export interface NetworkChipsProps extends Pick<FieldProps, 'label' | 'help' | 'note'> {
  readonly networks: readonly string[];
  readonly onChange: (networks: readonly string[]) => void;
  /** Whether something stands in the field that is no network: leaving the step would lose it. */
  readonly onUnread: (isUnread: boolean) => void;
}

/** A list of networks, each with a button that takes it away. Enter, a comma or leaving the field adds what was typed; a list may be pasted. */
export function NetworkChips({ label, help, note, networks, onChange, onUnread }: NetworkChipsProps): ReactNode {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const draft = useDraft((open) => open.draft);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);

  /** Adds what can be read of a text, and leaves the rest in the field with the reason. */
  function add(given: string): void {
    const added: string[] = [];
    const left: string[] = [];
    let problem: string | null = null;
    for (const word of given.split(/[\s,;]+/u).filter((one) => one !== '')) {
      const network = Network.safeParse(word);
      if (!network.success) {
        left.push(word);
        problem = `${word}: ${issueText({ code: 'network.notCidr', values: {} }, draft)}`;
      } else if ([...networks, ...added].includes(network.data)) problem ??= text('window.redis.clients.twice', { network: network.data });
      else added.push(network.data);
    }
    setTyped(left.join(' '));
    setError(problem);
    onUnread(left.length > 0);
    if (added.length > 0) onChange([...networks, ...added]);
  }

  return (
    <FieldFrame id={id} label={label} {...(help === undefined ? {} : { help })}>
      {networks.length === 0 ? null : (
        <ul className={classes['chips']} aria-label={text('window.redis.clients.list')}>
          {networks.map((network) => (
            <li key={network} className={classes['chip']}>
              <span>{network}</span>
              <ActionIcon
                size="sm"
                aria-label={text('window.redis.clients.remove', { network })}
                onClick={() => {
                  onChange(networks.filter((one) => one !== network));
                  input.current?.focus();
                }}
              >
                <IconX size="0.875rem" aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <TextInput
          id={id}
          ref={input}
          className={classes['mono'] ?? ''}
          flex={1}
          value={typed}
          error={error}
          placeholder="10.0.8.0/24"
          autoComplete="off"
          spellCheck={false}
          description={note}
          inputWrapperOrder={NOTE_LAST}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (/[,;\s]$/u.test(value)) add(value);
            else {
              setTyped(value);
              setError(null);
              onUnread(false);
            }
          }}
          onPaste={(event) => {
            event.preventDefault();
            add(`${typed}${event.clipboardData.getData('text')}`);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(typed);
          }}
          onBlur={() => {
            if (typed !== '') add(typed);
          }}
        />
        <Button
          variant="default"
          onClick={() => {
            add(typed);
          }}
        >
          {text('window.redis.clients.add')}
        </Button>
      </Group>
    </FieldFrame>
  );
}
