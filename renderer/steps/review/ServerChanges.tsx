import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Change } from '../../../electron/shared/domain/change.ts';
import { byKind, countActions } from '../../../electron/shared/domain/changeAction.ts';
import { keptThings, type KeptThing } from '../../../electron/shared/domain/keptThings.ts';
import { SERVICE_USER } from '../../../electron/shared/domain/plan.ts';
import { formatCount } from '../../../electron/shared/domain/reportFormat.ts';
import type { ServerFacts } from '../../../electron/shared/domain/server.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { ChangeRow, Sign } from './ChangeRow.tsx';
import classes from './review.module.css';

/** What the tree of a server takes. */
export interface ServerChangesProps {
  readonly server: string;
  readonly address: string;
  readonly changes: readonly Change[];
  /** What was found there, or undefined where nobody could look. */
  readonly facts: ServerFacts | undefined;
  /** Whether the kinds of changes are open at first. */
  readonly isOpen: boolean;
}

/** Everything that is done on one server, by kind; below it what is there already and stays as it is. */
export function ServerChanges({ server, address, changes, facts, isOpen }: ServerChangesProps): ReactNode {
  const text = useText();
  const kept = facts === undefined ? [] : keptThings(facts, changes, SERVICE_USER);
  return (
    <Fold
      isOpenAtFirst={changes.length > 0}
      summary={
        <Group component="span" justify="space-between" gap="sm">
          <span>
            <Text span fw={600}>
              {server}
            </Text>{' '}
            <Text span c="dimmed">
              {address}
            </Text>
          </span>
          <ActionCounts changes={changes} kept={kept.length} />
        </Group>
      }
    >
      {changes.length === 0 ? <Text>{text('window.review.asPlanned')}</Text> : null}
      {byKind(changes).map((group) => (
        <Fold
          key={group.kind}
          isPlain
          isOpenAtFirst={isOpen}
          summary={
            <Group component="span" gap="sm">
              <Text span fw={500}>
                {text(`window.review.kind.${group.kind}`)}
              </Text>
              <ActionCounts changes={group.changes} kept={0} />
            </Group>
          }
        >
          {group.changes.map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </Fold>
      ))}
      {kept.length === 0 ? null : (
        <Fold
          isPlain
          summary={
            <Group component="span" gap="sm">
              <Text span fw={500}>
                {text('window.review.kept')}
              </Text>
              <ActionCounts changes={[]} kept={kept.length} />
            </Group>
          }
        >
          <KeptList things={kept} />
        </Fold>
      )}
    </Fold>
  );
}

/** How much is added, changed, removed and kept: signs, numbers and words. */
export function ActionCounts({ changes, kept }: { readonly changes: readonly Change[]; readonly kept: number }): ReactNode {
  const text = useText();
  const counts = { ...countActions(changes), kept };
  const shown = (['added', 'changed', 'removed', 'kept'] as const).filter((action) => counts[action] > 0);
  return (
    <span className={classes['counts']}>
      {shown.map((action) => (
        <span key={action}>
          <Sign action={action} /> {text(`window.review.counted.${action}`, { count: formatCount(counts[action]) })}
        </span>
      ))}
    </span>
  );
}

function KeptList({ things }: { readonly things: readonly KeptThing[] }): ReactNode {
  const text = useText();
  return (
    <ul className={classes['list']}>
      {things.map(({ kind, name }) => (
        <li key={`${kind} ${name}`}>
          <Sign action="kept" />
          <span>
            {name} <span className={classes['detail']}>{text(`window.review.keptKind.${kind}`)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
