import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Change } from '../../electron/shared/domain/change.ts';
import { planDifferences } from '../../electron/shared/domain/changeProgress.ts';
import { changeWords } from '../../electron/shared/messages/changeWords.ts';
import { useDraft } from '../state/draft.ts';
import { useRun } from '../state/runs.ts';
import { useText } from './useText.ts';
import classes from './WhatDiffers.module.css';

/** What an installation found to do that differs from what the admin has reviewed; nothing for other runs. Stands where a run asks whether to go on. */
export function WhatDiffers({ runId }: { readonly runId: string }): ReactNode {
  const text = useText();
  const plan = useDraft(({ draft }) => draft.runs.plan);
  const { record } = useRun(runId);
  const reviewed = useRun(plan).record;
  if (record === null || record.workflow !== 'install') return null;
  if (reviewed === null) return <Text>{text('window.differs.notReviewed')}</Text>;
  const differences = planDifferences(reviewed.plannedChanges, record.plannedChanges);
  const isLess = differences.every(({ added }) => added.length === 0);
  return (
    <Stack gap="sm">
      <Text>{text(isLess ? 'window.differs.less' : 'window.differs.more')}</Text>
      {differences.map(({ server, added, gone }) => (
        <div key={server}>
          <Text fw={600}>{server}</Text>
          <Changes title={text('window.differs.added')} changes={added} />
          <Changes title={text('window.differs.gone')} changes={gone} />
        </div>
      ))}
    </Stack>
  );
}

function Changes({ title, changes }: { readonly title: string; readonly changes: readonly Change[] }): ReactNode {
  if (changes.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      {/* Scrolls by itself, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={classes['list']} tabIndex={0} aria-label={title}>
        {changes.map((change) => (
          <li key={change.id}>{changeWords(change).title}</li>
        ))}
      </ul>
    </div>
  );
}
