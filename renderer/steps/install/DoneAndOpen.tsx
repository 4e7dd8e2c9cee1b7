import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Change } from '../../../electron/shared/domain/change.ts';
import { changeProgressOf } from '../../../electron/shared/domain/changeProgress.ts';
import { formatCount } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { changeWords } from '../../../electron/shared/messages/changeWords.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { cutShort } from './lanes.ts';
import classes from './install.module.css';

/** What a run that did not reach its end did on each server, and what it did not. */
export function DoneAndOpen({ record }: { readonly record: RunRecord }): ReactNode {
  const text = useText();
  const progress = changeProgressOf(record);
  const counts = (done: number, open: number): string => {
    const values = { done: formatCount(done), open: formatCount(open) };
    if (done + open === 0) return text('window.install.open.countsNothing');
    if (open === 0) return text('window.install.open.countsAll', values);
    return done === 0 ? text('window.install.open.countsNone', values) : text('window.install.open.counts', values);
  };
  if (record.plannedChanges.length === 0) return <Text>{text('window.install.open.nothingPlanned')}</Text>;
  return (
    <section aria-labelledby="install-done">
      <Title order={2} id="install-done" mb="xs">
        {text('window.install.open.title')}
      </Title>
      {progress.map(({ server, done, refused, open }) => (
        <Fold
          key={server}
          summary={
            <Group component="span" justify="space-between" gap="sm">
              <Text span fw={600}>
                {server}
              </Text>
              <VerdictMark
                verdict={open.length === 0 ? 'pass' : done.length === 0 ? 'skipped' : 'warn'}
                label={counts(done.length + refused.length, open.length)}
              />
            </Group>
          }
        >
          <Stack gap="sm">
            <ChangeList title={text('window.install.open.open')} changes={open} />
            <ChangeList title={text('window.install.open.done')} changes={done} />
            <ChangeList title={text('window.install.open.refused')} changes={refused} />
          </Stack>
        </Fold>
      ))}
      {cutShort(record).length === 0 ? null : (
        <Text mt="xs">
          {text('window.install.open.cutShort', {
            phases: cutShort(record)
              .map((phase) => titleOf('phase', phase))
              .join(', '),
          })}
        </Text>
      )}
      <Text mt="xs">
        {record.clusterCommands.length === 0
          ? text('window.install.open.noCommands')
          : text('window.install.open.commands', { count: formatCount(record.clusterCommands.length) })}
      </Text>
    </section>
  );
}

function ChangeList({ title, changes }: { readonly title: string; readonly changes: readonly Change[] }): ReactNode {
  if (changes.length === 0) return null;
  return (
    <div>
      <Text fw={500}>{title}</Text>
      <ul className={classes['list']}>
        {changes.map((change) => (
          <li key={change.id}>{changeWords(change).title}</li>
        ))}
      </ul>
    </div>
  );
}
