import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatAge, momentWords } from './age.ts';
import { useNow } from './useNow.ts';
import { useText } from './useText.ts';

/** What {@link SeenAt} takes; time stamps are UTC. */
export interface SeenAtProps {
  readonly at: string;
  /** When the oldest part was seen, where some of it was kept from an earlier look. */
  readonly oldest?: string | undefined;
  /** From which machine it was seen. */
  readonly from?: string | undefined;
}

/**
 * When something was looked at: the time, and how long ago that is. Stands beside every finding of a run that is over, which else reads as if it
 * were so now. The time in UTC is its tip.
 */
export function SeenAt({ at, oldest, from }: SeenAtProps): ReactNode {
  const text = useText();
  const nowMs = useNow();
  const values = { moment: momentWords(at, nowMs), age: formatAge(at, nowMs) };
  const seen = from === undefined ? text('window.seen', values) : text('window.seen.from', { ...values, from });
  return (
    <Text size="sm" c="dimmed">
      <time dateTime={at} title={at}>
        {seen}
      </time>
      {oldest === undefined || oldest >= at ? null : (
        <>
          {' '}
          <time dateTime={oldest} title={oldest}>
            {text('window.seen.oldest', { age: formatAge(oldest, nowMs) })}
          </time>
        </>
      )}
    </Text>
  );
}

/** That one result was kept from an earlier look, and when that was. */
export function KeptFrom({ at }: { readonly at: string }): ReactNode {
  const text = useText();
  const nowMs = useNow();
  return (
    <Text span size="sm" c="dimmed">
      <time dateTime={at} title={at}>
        {text('window.seen.kept', { moment: momentWords(at, nowMs), age: formatAge(at, nowMs) })}
      </time>
    </Text>
  );
}
