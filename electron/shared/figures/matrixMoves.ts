import type { PortMatrix } from '../domain/matrix.ts';
import { ADMIN_MACHINE } from '../domain/subject.ts';

/** One way in a matrix: from a server (or `admin`) to a server's port. */
export interface MatrixWay {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

type Measured = Pick<PortMatrix, 'cells' | 'ports' | 'servers'>;

/** Whether two ways are the same. */
export function isSameWay(one: MatrixWay, other: MatrixWay): boolean {
  return one.from === other.from && one.to === other.to && one.port === other.port;
}

/** The ways that were tried, row by row as the figure shows them: the servers, then the admin's machine. */
function rowsOf({ servers, ports, cells }: Measured): readonly (readonly MatrixWay[])[] {
  return [...servers, ADMIN_MACHINE]
    .map((from) =>
      servers.flatMap((to) =>
        ports.flatMap((port): MatrixWay[] => (cells.some((cell) => isSameWay(cell, { from, to, port })) ? [{ from, to, port }] : [])),
      ),
    )
    .filter((row) => row.length > 0);
}

/** The first way of the figure: where the keyboard enters it. Null for a matrix in which nothing was tried. */
export function firstWay(matrix: Measured): MatrixWay | null {
  return rowsOf(matrix)[0]?.[0] ?? null;
}

/**
 * Where a key of the keyboard leads: along the row, or up and down the column over the rows in which it has no way; `Home` and `End` to the ends of
 * the row. The same way at the edges, and null for keys that do not move.
 */
export function moveInMatrix(matrix: Measured, at: MatrixWay, key: string): MatrixWay | null {
  const rows = rowsOf(matrix);
  const rowIndex = rows.findIndex((row) => row.some((way) => isSameWay(way, at)));
  const row = rows[rowIndex] ?? [];
  const index = row.findIndex((way) => isSameWay(way, at));
  const inColumn = (candidates: readonly (readonly MatrixWay[])[]): MatrixWay =>
    candidates.flat().find((way) => way.to === at.to && way.port === at.port) ?? at;
  switch (key) {
    case 'ArrowLeft':
      return row[Math.max(0, index - 1)] ?? at;
    case 'ArrowRight':
      return row[index + 1] ?? at;
    case 'Home':
      return row[0] ?? at;
    case 'End':
      return row.at(-1) ?? at;
    case 'ArrowUp':
      return inColumn(rows.slice(0, Math.max(0, rowIndex)).toReversed());
    case 'ArrowDown':
      return inColumn(rows.slice(rowIndex + 1));
    default:
      return null;
  }
}
