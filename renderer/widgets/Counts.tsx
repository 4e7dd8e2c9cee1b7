import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { needsAttention, URGENCY, type VerdictCount } from '../../electron/shared/domain/checkGroups.ts';
import { useText } from './useText.ts';
import { VerdictMark } from './VerdictMark.tsx';

/** How many checks have which verdict, worst first: symbols with words. What was skipped is left out. */
export function Counts({ counts }: { readonly counts: VerdictCount }): ReactNode {
  const text = useText();
  const shown = URGENCY.filter((verdict) => counts[verdict] > 0 && (needsAttention(verdict) || verdict === 'pass'));
  return (
    <Group component="span" gap="sm" wrap="wrap" fz="sm">
      {shown.map((verdict) => (
        <VerdictMark key={verdict} verdict={verdict} label={text(`report.counted.${verdict}`, { count: counts[verdict] })} />
      ))}
    </Group>
  );
}
