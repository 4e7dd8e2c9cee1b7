import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDraft } from '../state/draft.ts';
import { useSession } from '../state/session.ts';
import { Empty } from './Empty.tsx';
import { useText } from './useText.ts';

/** What stands in a step while there is no specification yet: `title` says what is not there, and the button leads to the open fields. */
export function OpenFields({ title }: { readonly title: string }): ReactNode {
  const text = useText();
  const reading = useDraft((open) => open.reading);
  const revealEmpty = useDraft((open) => open.revealEmpty);
  const goTo = useSession((session) => session.goTo);
  const step = !reading.ok && reading.issues.some(({ path }) => path.startsWith('servers')) ? 'servers' : 'redis';
  return (
    <Empty title={title} lead={text('window.placement.open.lead')}>
      <Button
        variant="default"
        onClick={() => {
          revealEmpty();
          goTo(step);
        }}
      >
        {text(`window.placement.open.${step}`)}
      </Button>
    </Empty>
  );
}
