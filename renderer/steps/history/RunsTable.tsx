import { Button, Checkbox, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../../electron/shared/contract/procedures.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { useText } from '../../widgets/useText.ts';
import { RunStanding } from './RunStanding.tsx';
import classes from './history.module.css';

/** Kept runs as rows; without `onOpen` and `onMark` they can only be looked at. */
export function RunsTable({
  entries,
  marked = [],
  label,
  onMark,
  onOpen,
}: {
  readonly entries: readonly HistoryEntry[];
  readonly marked?: readonly string[];
  readonly label?: string;
  readonly onMark?: (runs: readonly string[]) => void;
  readonly onOpen?: (runId: string) => void;
}): ReactNode {
  const text = useText();
  const name = label ?? text('window.history.title');
  return (
    // Scrolls by itself where it is too wide, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['scrolled']} role="region" aria-label={name} tabIndex={0}>
      <table className={classes['table']} aria-label={name}>
        <thead>
          <tr>
            {onMark === undefined ? null : <th scope="col">{text('window.history.choose')}</th>}
            <th scope="col">{text('window.history.when')}</th>
            <th scope="col">{text('window.history.what')}</th>
            <th scope="col">{text('window.history.verdict')}</th>
            <th scope="col">{text('window.history.took')}</th>
            <th scope="col">{text('window.history.who')}</th>
            {onOpen === undefined ? null : (
              <th scope="col">
                <VisuallyHidden>{text('window.history.open')}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{entries.map(rowOf)}</tbody>
      </table>
    </div>
  );

  function rowOf(entry: HistoryEntry): ReactNode {
    const { runId, workflow, startedAt, finishedAt, trials, operator, adminMachine } = entry;
    const what = text(`window.report.workflow.${workflow}`);
    const when = minuteOf(startedAt);
    const outages = trials.map(({ server, outageMs }) => `${server} ${formatDuration(outageMs)}`).join(', ');
    const isMarked = marked.includes(runId);
    const goesOn = entry.isActive || entry.isElsewhere === true;
    return (
      <tr key={runId} data-marked={isMarked}>
        {onMark === undefined ? null : (
          <td>
            {finishedAt === null ? null : (
              <Checkbox
                size="xs"
                checked={isMarked}
                aria-label={text('window.history.chooseOf', { what, when })}
                onChange={() => {
                  onMark(isMarked ? marked.filter((one) => one !== runId) : [...marked, runId]);
                }}
              />
            )}
          </td>
        )}
        <td className={classes['when']}>
          <time dateTime={startedAt} title={startedAt}>
            {when}
          </time>
        </td>
        <th scope="row">
          {what}
          {outages === '' ? null : <div className={classes['aside']}>{text('window.history.outages', { outages })}</div>}
        </th>
        <td>
          <RunStanding entry={entry} />
        </td>
        <td className={classes['took']}>{finishedAt === null ? '' : formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}</td>
        <td className={classes['who']}>{whoOf(operator, adminMachine)}</td>
        {onOpen === undefined ? null : (
          <td className={classes['open']}>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={text(goesOn ? 'window.history.watchOf' : 'window.history.openOf', { what, when })}
              onClick={() => {
                onOpen(runId);
              }}
            >
              {text(goesOn ? 'window.history.watch' : 'window.history.open')}
            </Button>
          </td>
        )}
      </tr>
    );
  }

  function whoOf(operator: string, machine: string): string {
    if (operator === '') return text('window.history.unknown');
    return machine === '' || operator.includes('@') ? operator : text('window.history.by', { operator, machine });
  }
}
