import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CheckResult } from '../../../electron/shared/domain/check.ts';
import { formatSubject } from '../../../electron/shared/domain/subject.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';

/** What a check is called here: ways by their ends, because one title holds for all of them. */
function nameOf({ id, subject }: CheckResult): string {
  return subject.kind === 'pair' ? formatSubject(subject) : titleOf('check', id);
}

/** Checks that could not be made because servers cannot be reached, by their names: each of them as a panel would say nothing else. */
export function NotMade({ checks, servers }: { readonly checks: readonly CheckResult[]; readonly servers: readonly string[] }): ReactNode {
  const text = useText();
  const names = [...new Set(checks.map(nameOf))];
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <VerdictMark verdict="unknown" isCompact />
      <div>
        <Text fw={600}>{text('window.reachability.notMade', { count: checks.length, servers: listNames(servers) })}</Text>
        <Text size="sm">{names.join(', ')}</Text>
      </div>
    </Group>
  );
}
