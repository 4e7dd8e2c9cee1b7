import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { needsAttention } from '../../../electron/shared/domain/checkGroups.ts';
import { phaseStateOf } from '../../../electron/shared/domain/installPhases.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { formatSubject } from '../../../electron/shared/domain/subject.ts';
import { allowsToContinue } from '../../../electron/shared/domain/verdict.ts';
import { changeWords } from '../../../electron/shared/messages/changeWords.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import type { LogLine } from '../../state/logLine.ts';
import { CheckItem } from '../../widgets/CheckItem.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { useText } from '../../widgets/useText.ts';
import { phaseOfCell, type LaneCell } from './lanes.ts';
import classes from './install.module.css';

/** What the detail of a cell takes. */
export interface CellDetailProps {
  readonly record: RunRecord;
  readonly log: readonly LogLine[];
  readonly cell: LaneCell;
  readonly isGoingOn: boolean;
  readonly onClose: () => void;
}

/** A phase on a server: what broke it and what to do first, then what it did, then its log. */
export function CellDetail({ record, log, cell, isGoingOn, onClose }: CellDetailProps): ReactNode {
  const text = useText();
  const found = phaseOfCell(record, cell);
  const state = phaseStateOf(record, cell.phase, cell.server, isGoingOn);
  const title = text('window.install.detail.title', {
    phase: titleOf('phase', cell.phase),
    where: cell.server ?? text('window.install.allServers'),
  });
  const failedChecks =
    found?.failure?.code === 'check.failed'
      ? record.checks.filter(({ verdict }) => !allowsToContinue(verdict) && needsAttention(verdict))
      : [];
  const applied = record.appliedChanges.filter((one) => one.phase === cell.phase && one.server === cell.server);
  return (
    <section className={classes['detail']} aria-label={title}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {text(`window.install.state.${state}`)}
            {found === undefined || found.durationMs === null ? '' : ` · ${formatDuration(found.durationMs)}`}
          </Text>
        </div>
        <Button size="xs" variant="subtle" flex="none" onClick={onClose}>
          {text('window.install.detail.close')}
        </Button>
      </Group>
      {found === undefined || found.failure === null || found.outcome === 'aborted' ? null : <RunFailure failure={found.failure} />}
      {failedChecks.length === 0 ? null : (
        <Stack gap="xs">
          {failedChecks.map((check) => (
            <CheckItem key={`${check.id} ${formatSubject(check.subject)}`} check={check} record={record} />
          ))}
        </Stack>
      )}
      {applied.length === 0 ? null : (
        <Fold isPlain summary={text('window.install.detail.applied', { count: applied.length })}>
          <ul className={classes['list']}>
            {applied.map(({ change, outcome }) => (
              <li key={change.id}>
                {changeWords(change).title}
                {outcome.outcome === 'refused' ? (
                  <Text span c="dimmed">
                    {' '}
                    {text('window.install.refused', { evidence: outcome.evidence })}
                  </Text>
                ) : null}
              </li>
            ))}
          </ul>
        </Fold>
      )}
      <LogView lines={log} server={cell.server} phase={cell.phase} height="9rem" />
    </section>
  );
}
