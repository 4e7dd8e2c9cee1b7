import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { call } from '../bridge/client.ts';
import { useText } from './useText.ts';

/** How long the button says that it has copied, in milliseconds. */
const TOLD_MS = 2000;

/** What a copy button takes. */
export interface CopyButtonProps {
  /** What is copied; a function is asked when it is pressed, for what is long or changes. */
  readonly value: string | (() => string | Promise<string>);
  /** What it copies, as the button's words. */
  readonly label: string;
  /** An icon alone; the words are its name and tooltip. */
  readonly isCompact?: boolean;
  readonly isDisabled?: boolean;
}

/** Copies through the core, which alone may use the clipboard, and says whether that worked. */
export function CopyButton({ value, label, isCompact = false, isDisabled = false }: CopyButtonProps): ReactNode {
  const text = useText();
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => {
      setState('ready');
    }, TOLD_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);

  async function copy(): Promise<void> {
    try {
      await call('app.copy', typeof value === 'string' ? value : await value());
      setState('copied');
    } catch {
      setState('failed');
    }
  }

  const Symbol = { ready: IconCopy, copied: IconCheck, failed: IconX }[state];
  const words = { ready: label, copied: text('window.copy.done'), failed: text('window.copy.failed') }[state];
  const press = (): void => {
    void copy();
  };
  return isCompact ? (
    <Tooltip label={words}>
      <ActionIcon aria-label={words} onClick={press} disabled={isDisabled}>
        <Symbol size="1rem" aria-hidden />
      </ActionIcon>
    </Tooltip>
  ) : (
    <Button
      variant="default"
      size="xs"
      leftSection={<Symbol size="1rem" aria-hidden />}
      onClick={press}
      disabled={isDisabled}
      aria-live="polite"
    >
      {words}
    </Button>
  );
}
