import { INSTALL_PHASES, phaseStateOf, type PhasePlace, type PhaseState } from '../../../electron/shared/domain/installPhases.ts';
import type { Failure } from '../../../electron/shared/domain/failure.ts';
import type { PhaseRecord, RunRecord } from '../../../electron/shared/domain/run.ts';

/** One cell of the lanes: a phase on a server, or on the cluster (`server: null`). */
export interface LaneCell {
  readonly phase: string;
  readonly server: string | null;
}

/** Phases that are only worth a row while they stop the run: questions that were asked before. */
const QUIET = new Set(['requireConfirmation', 'confirmChanges']);
/** Phases that change servers. */
const MAKING = new Set(['openFirewall', 'stageBinaries', 'layOutServer', 'startNodes', 'stageClient']);
const LOUD: readonly PhaseState[] = ['running', 'failed', 'aborted', 'cutOff'];

/** Whether two cells are the same. */
export function isSameCell(one: LaneCell, other: LaneCell): boolean {
  return one.phase === other.phase && one.server === other.server;
}

/** The rows of the lanes, in the order of the phases. */
export function rowsOf(record: RunRecord | null, isGoingOn: boolean): readonly PhasePlace[] {
  return INSTALL_PHASES.filter(({ phase }) => !QUIET.has(phase) || LOUD.includes(phaseStateOf(record, phase, null, isGoingOn)));
}

/** The cells of a row: one for each server, or one across all of them. */
export function cellsOf({ phase, scope }: PhasePlace, servers: readonly string[]): readonly LaneCell[] {
  return scope === 'cluster' ? [{ phase, server: null }] : servers.map((server) => ({ phase, server }));
}

/** What the record knows of a cell; undefined before it began. */
export function phaseOfCell(record: RunRecord, cell: LaneCell): PhaseRecord | undefined {
  return record.phases.findLast((one) => isSameCell(one, cell));
}

/** The cell that broke the run: the one whose failure is the run's, else the first that failed. Null where nothing failed: a stop on request breaks nothing. */
export function brokenCell(record: RunRecord): LaneCell | null {
  const failed = record.phases.filter(({ outcome }) => outcome === 'failed');
  const isRuns = (failure: Failure | null): boolean => JSON.stringify(failure) === JSON.stringify(record.failure);
  const found = failed.find(({ failure }) => isRuns(failure)) ?? failed[0];
  return found === undefined ? null : { phase: found.phase, server: found.server };
}

/** Phases that were making changes on a server when they were stopped or cut off: nobody told how far they came. */
export function cutShort(record: RunRecord): readonly string[] {
  return [
    ...new Set(
      record.phases
        .filter(({ phase, outcome }) => MAKING.has(phase) && (outcome === 'aborted' || outcome === null))
        .map(({ phase }) => phase),
    ),
  ];
}

/** The phase in which a run stands, or stood when it was cut off; null before the first. */
export function currentPhase(record: RunRecord): string | null {
  return (record.phases.findLast(({ outcome }) => outcome === null) ?? record.phases.at(-1))?.phase ?? null;
}

/**
 * Where an arrow key leads in a grid whose rows have one cell, or one for each server; null for keys that do not move. From a cell across all servers
 * the way down leads to the column that was left (`column`).
 */
export function moveInLanes(
  rows: readonly (readonly LaneCell[])[],
  at: { readonly row: number; readonly column: number },
  key: string,
): { readonly row: number; readonly column: number } | null {
  const widest = Math.max(1, ...rows.map((row) => row.length));
  const clampRow = (row: number): number => Math.min(rows.length - 1, Math.max(0, row));
  const clampColumn = (column: number): number => Math.min(widest - 1, Math.max(0, column));
  switch (key) {
    case 'ArrowUp':
      return { row: clampRow(at.row - 1), column: at.column };
    case 'ArrowDown':
      return { row: clampRow(at.row + 1), column: at.column };
    case 'ArrowLeft':
      return { row: at.row, column: clampColumn(at.column - 1) };
    case 'ArrowRight':
      return { row: at.row, column: clampColumn(at.column + 1) };
    case 'Home':
      return { row: 0, column: at.column };
    case 'End':
      return { row: rows.length - 1, column: at.column };
    default:
      return null;
  }
}
