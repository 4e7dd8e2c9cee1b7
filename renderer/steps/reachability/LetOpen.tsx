import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../widgets/useText.ts';
import type { WhoOpens } from './checkFindings.ts';
import { FixForMe } from './FixForMe.tsx';

/** What {@link LetOpen} takes. */
export interface LetOpenProps {
  readonly who: WhoOpens;
  readonly server: string;
  readonly onLetOpen: (() => Promise<void>) | null;
}

/** Who opens a closed way, in words; with the button where the plan may and does not yet. */
export function LetOpen({ who, server, onLetOpen }: LetOpenProps): ReactNode {
  const text = useText();
  if (who.kind === 'plan') return <Text>{text('window.reachability.opens.plan', { server })}</Text>;
  if (who.kind === 'somebodyElse') return <Text>{text('window.reachability.opens.somebodyElse', { server })}</Text>;
  return (
    <FixForMe
      label={text('window.reachability.letOpen')}
      what={text('window.reachability.letOpen.what', { firewall: who.firewall, server })}
      onFix={onLetOpen}
    />
  );
}
