import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { changeProgressOf } from '../../../electron/shared/domain/changeProgress.ts';
import { phaseStateOf } from '../../../electron/shared/domain/installPhases.ts';
import { formatCount, formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { progressKey, type LiveRun } from '../../state/runFold.ts';
import { StateSymbol } from '../../widgets/StateSymbol.tsx';
import { useText } from '../../widgets/useText.ts';
import { cellsOf, isSameCell, moveInLanes, phaseOfCell, rowsOf, type LaneCell } from './lanes.ts';
import classes from './install.module.css';

/** A phase that took less says nothing of its time: it had nothing to do. */
const LEAST_TIME_MS = 10;

/** What the lanes take. */
export interface LanesProps {
  readonly record: RunRecord;
  readonly live: LiveRun;
  readonly isGoingOn: boolean;
  readonly selected: LaneCell | null;
  readonly onSelect: (cell: LaneCell | null) => void;
}

/** Three lanes, one for each server, a row for each phase; a phase of the whole cluster stands across. Arrow keys move, Enter chooses. */
export function Lanes({ record, live, isGoingOn, selected, onSelect }: LanesProps): ReactNode {
  const text = useText();
  const table = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState({ row: 0, column: 0 });
  const servers = record.plan.servers.map(({ name }) => name);
  const rows = rowsOf(record, isGoingOn);
  const cells = rows.map((row) => cellsOf(row, servers));
  const progress = changeProgressOf(record);
  const columnIn = (row: number, column: number): number => Math.min(column, (cells[row]?.length ?? 1) - 1);
  const at = { row: Math.min(place.row, rows.length - 1), column: place.column };

  function choose(cell: LaneCell): void {
    if (phaseOfCell(record, cell) === undefined) return;
    onSelect(selected !== null && isSameCell(selected, cell) ? null : cell);
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') {
      const cell = cells[at.row]?.[columnIn(at.row, at.column)];
      event.preventDefault();
      if (cell !== undefined) choose(cell);
      return;
    }
    const next = moveInLanes(cells, at, event.key);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${columnIn(next.row, next.column)}"]`)?.focus();
  }

  return (
    // A grid, since it is operated as one: a table's own role cannot be chosen from.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
    <table ref={table} className={classes['lanes']} role="grid" aria-label={text('window.install.lanes')} onKeyDown={press}>
      <thead>
        <tr>
          <th scope="col">{text('window.install.phase')}</th>
          {record.plan.servers.map(({ name, address }) => {
            const own = progress.find(({ server }) => server === name);
            const done = (own?.done.length ?? 0) + (own?.refused.length ?? 0);
            const all = done + (own?.open.length ?? 0);
            return (
              <th key={name} scope="col">
                <span className={classes['name']}>{name}</span>
                <span className={classes['address']}>{address}</span>
                {all === 0 ? null : (
                  <>
                    <span className={classes['progress']}>
                      {text('window.install.progress', { done: formatCount(done), all: formatCount(all) })}
                    </span>
                    <span className={classes['bar']} aria-hidden>
                      <span style={{ width: `${(done / all) * 100}%` }} />
                    </span>
                  </>
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, rowIndex) => (
          <tr key={row.phase}>
            <th scope="row">{titleOf('phase', row.phase)}</th>
            {(cells[rowIndex] ?? []).map((cell, columnIndex) => (
              <Cell
                key={cell.server ?? ''}
                record={record}
                live={live}
                isGoingOn={isGoingOn}
                cell={cell}
                span={row.scope === 'cluster' ? servers.length : 1}
                isSelected={selected !== null && isSameCell(selected, cell)}
                isTabStop={rowIndex === at.row && columnIndex === columnIn(at.row, at.column)}
                place={`${rowIndex} ${columnIndex}`}
                onChoose={() => {
                  setPlace({ row: rowIndex, column: columnIndex });
                  choose(cell);
                }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps extends Pick<LanesProps, 'record' | 'live' | 'isGoingOn'> {
  readonly cell: LaneCell;
  readonly span: number;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly place: string;
  readonly onChoose: () => void;
}

function Cell({ record, live, isGoingOn, cell, span, isSelected, isTabStop, place, onChoose }: CellProps): ReactNode {
  const text = useText();
  const { phase, server } = cell;
  const state = phaseStateOf(record, phase, server, isGoingOn);
  const found = phaseOfCell(record, cell);
  const doing = live.progress.get(progressKey(phase, server));
  const words = state === 'running' && doing !== undefined ? say(doing) : text(`window.install.state.${state}`);
  const time =
    found === undefined || found.durationMs === null || found.durationMs < LEAST_TIME_MS ? null : formatDuration(found.durationMs);
  return (
    <td
      // Said aloud: what follows from the grid around it is not known to every reader.
      // eslint-disable-next-line jsx-a11y/no-redundant-roles
      role="gridcell"
      className={`${classes['cell']} ${span > 1 ? classes['across'] : ''}`}
      colSpan={span}
      data-state={state}
      data-place={place}
      tabIndex={isTabStop ? 0 : -1}
      aria-selected={isSelected}
      aria-label={text('window.install.cell', {
        phase: titleOf('phase', phase),
        where: server ?? text('window.install.allServers'),
        // All that is seen in the cell, in the same order: it is what somebody says who speaks to the machine.
        state: time === null ? words : `${words} ${time}`,
      })}
      onClick={onChoose}
    >
      <span className={classes['inner']}>
        <StateSymbol state={state} />
        <span className={classes['words']}>{state === 'waiting' ? '' : words}</span>
        {time === null ? null : (
          <>
            {' '}
            <span className={classes['time']}>{time}</span>
          </>
        )}
      </span>
    </td>
  );
}
