import { BUS_PORT_OFFSET } from '../domain/address.ts';
import type { MatrixCell, PortMatrix, Reach } from '../domain/matrix.ts';
import { ADMIN_MACHINE } from '../domain/subject.ts';
import type { Verdict } from '../domain/verdict.ts';
import { text } from './text.ts';

/** What the cells of a matrix mean; of a whole row or column that fails, one sentence instead of many. */
export interface MatrixWords {
  readonly summary: string;
  readonly findings: readonly { readonly verdict: Verdict; readonly text: string }[];
  /** Ways between servers, without those from the admin's machine. */
  readonly openWays: number;
  readonly ways: number;
}

type Finding = MatrixWords['findings'][number];

/** Puts a matrix into words: first the count, then what fails, widest failure first, and last what this machine reaches. */
export function describeMatrix(matrix: Pick<PortMatrix, 'cells' | 'ports' | 'servers'>): MatrixWords {
  const between = matrix.cells.filter((cell) => cell.from !== ADMIN_MACHINE);
  const admin = matrix.cells.filter((cell) => cell.from === ADMIN_MACHINE);
  const open = between.filter((cell) => cell.reach === 'open').length;
  return {
    summary: summaryOf(open, between.length),
    findings: [
      ...failuresBetween(matrix, between),
      ...busFinding(admin.filter((cell) => isBusPort(matrix, cell.port))),
      ...adminFinding(admin.filter((cell) => !isBusPort(matrix, cell.port))),
    ],
    openWays: open,
    ways: between.length,
  };
}

/** Whether a port of a matrix is the bus port of another of its ports. */
export function isBusPort(matrix: { readonly ports: readonly number[] }, port: number): boolean {
  return matrix.ports.includes(port - BUS_PORT_OFFSET);
}

function summaryOf(open: number, count: number): string {
  if (count === 0) return text('report.matrix.summary.none');
  if (open === count) return text('report.matrix.summary.open', { count });
  if (count - open === 1) return text('report.matrix.summary.oneClosed', { open, count });
  return text('report.matrix.summary.closed', { open, count, closed: count - open });
}

function failuresBetween(matrix: Pick<PortMatrix, 'ports' | 'servers'>, cells: readonly MatrixCell[]): readonly Finding[] {
  const findings: Finding[] = [];
  const told = new Set<MatrixCell>();
  /** Tells a whole row or column when at least two machines are on its other side and nothing in it is open. */
  const tell = (whole: readonly MatrixCell[], others: (cell: MatrixCell) => string, words: (reach: string) => string): void => {
    const isWhole = new Set(whole.map((cell) => others(cell))).size >= 2 && whole.every((cell) => cell.reach !== 'open');
    if (!isWhole || whole.every((cell) => told.has(cell))) return;
    whole.forEach((cell) => told.add(cell));
    findings.push({ verdict: verdictOf(whole), text: words(reachWords(whole)) });
  };
  const from = (cell: MatrixCell): string => cell.from;
  const to = (cell: MatrixCell): string => cell.to;
  for (const server of matrix.servers)
    tell(
      cells.filter((cell) => cell.to === server),
      from,
      (reach) => text('report.matrix.receivesNothing', { server, reach }),
    );
  for (const server of matrix.servers)
    tell(
      cells.filter((cell) => cell.from === server),
      to,
      (reach) => text('report.matrix.reachesNothing', { server, reach }),
    );
  for (const port of matrix.ports) {
    const onPort = cells.filter((cell) => cell.port === port);
    for (const server of matrix.servers)
      tell(
        onPort.filter((cell) => cell.to === server),
        from,
        (reach) => text('report.matrix.receivesNothingOn', { server, port, reach }),
      );
    for (const server of matrix.servers)
      tell(
        onPort.filter((cell) => cell.from === server),
        to,
        (reach) => text('report.matrix.reachesNothingOn', { server, port, reach }),
      );
  }
  for (const cell of cells)
    if (cell.reach !== 'open' && !told.has(cell))
      findings.push({
        verdict: verdictOf([cell]),
        text: text('report.matrix.way', { from: cell.from, to: cell.to, port: cell.port, reach: text(`report.reach.${cell.reach}`) }),
      });
  return findings;
}

/** Nothing on this machine ever dials a bus port: one that is open to it is open to more than the peers. */
function busFinding(cells: readonly MatrixCell[]): readonly Finding[] {
  return cells.some((cell) => cell.reach === 'open') ? [{ verdict: 'warn', text: text('report.matrix.adminBus') }] : [];
}

/** A port of this machine that is closed is no failure: everything then goes through SSH. */
function adminFinding(cells: readonly MatrixCell[]): readonly Finding[] {
  const open = cells.filter((cell) => cell.reach === 'open').length;
  const count = cells.length;
  if (count === 0) return [];
  if (open === count) return [{ verdict: 'pass', text: text('report.matrix.adminAll') }];
  if (open === 0) return [{ verdict: 'skipped', text: text('report.matrix.adminNone') }];
  return [{ verdict: 'skipped', text: text('report.matrix.adminSome', { open, count }) }];
}

function verdictOf(cells: readonly MatrixCell[]): Verdict {
  return cells.every((cell) => cell.reach === 'unknown') ? 'unknown' : 'fail';
}

function reachWords(cells: readonly MatrixCell[]): string {
  const reaches: readonly Reach[] = [...new Set(cells.map((cell) => cell.reach))];
  return reaches.map((reach) => text(`report.reach.${reach}`)).join(', ');
}
