import { BUS_PORT_OFFSET } from './address.ts';
import type { MatrixCell, PortMatrix } from './matrix.ts';
import { ADMIN_MACHINE } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** For each sentence about a matrix, the values that its text in the catalogue names. */
export const MATRIX_VALUES = {
  'matrix.allOpen': ['count'],
  'matrix.someOpen': ['open', 'count'],
  'matrix.noneTried': [],
  'matrix.nothingOpen': [],
  'matrix.noBus': ['ports'],
  'matrix.noData': ['ports'],
  'matrix.nothingReaches': ['to'],
  'matrix.reachesNothing': ['from'],
  'matrix.busOfServer': ['to', 'ports'],
  'matrix.portOfServer': ['to', 'port'],
  'matrix.pair': ['from', 'to', 'ports'],
  'matrix.oneWay': ['from', 'to', 'ports'],
  'matrix.untried': ['count', 'total'],
  'matrix.adminReaches': [],
  'matrix.throughSsh': ['count'],
  'matrix.busOpenToAdmin': ['count'],
} as const;

type MatrixCode = keyof typeof MATRIX_VALUES;

/** A sentence about a matrix, as data: a `Message` whose code is one of {@link MATRIX_VALUES}. */
export interface MatrixSentence {
  readonly code: MatrixCode;
  readonly values: Record<string, string | number>;
}

/** What a matrix means. */
export interface MatrixSummary {
  /** The count. */
  readonly summary: MatrixSentence;
  readonly findings: readonly { readonly verdict: Verdict; readonly text: MatrixSentence }[];
  /** Ways between servers, without those from the admin's machine. */
  readonly openWays: number;
  readonly ways: number;
}

type Cells = readonly MatrixCell[];
type Measured = Pick<PortMatrix, 'cells' | 'ports' | 'servers'>;

function sentence<Code extends MatrixCode>(
  code: Code,
  values: { readonly [Name in (typeof MATRIX_VALUES)[Code][number]]: string | number },
): MatrixSentence {
  return { code, values };
}

/** Whether a port of a matrix is the bus port of another of its ports. */
export function isBusPort(matrix: { readonly ports: readonly number[] }, port: number): boolean {
  return matrix.ports.includes(port - BUS_PORT_OFFSET);
}

function isClosed(cell: MatrixCell): boolean {
  return cell.reach !== 'open' && cell.reach !== 'unknown';
}

function portsOf(cells: Cells): string {
  return [...new Set(cells.map((cell) => cell.port))].toSorted((a, b) => a - b).join(', ');
}

/** What is said when every one of these cells is closed. */
interface Pattern {
  readonly cells: Cells;
  readonly text: MatrixSentence;
}

function patternsOf(between: Cells, matrix: Measured): readonly Pattern[] {
  const { servers } = matrix;
  const isBus = (cell: MatrixCell): boolean => isBusPort(matrix, cell.port);
  const buses = between.filter(isBus);
  const data = between.filter((cell) => !isBus(cell));
  const to = (server: string): Cells => between.filter((cell) => cell.to === server);
  const from = (server: string): Cells => between.filter((cell) => cell.from === server);
  return [
    { cells: between, text: sentence('matrix.nothingOpen', {}) },
    { cells: buses, text: sentence('matrix.noBus', { ports: portsOf(buses) }) },
    { cells: data, text: sentence('matrix.noData', { ports: portsOf(data) }) },
    ...servers.map((server) => ({ cells: to(server), text: sentence('matrix.nothingReaches', { to: server }) })),
    ...servers.map((server) => ({ cells: from(server), text: sentence('matrix.reachesNothing', { from: server }) })),
    ...servers.map((server) => {
      const busesOf = to(server).filter(isBus);
      return { cells: busesOf, text: sentence('matrix.busOfServer', { to: server, ports: portsOf(busesOf) }) };
    }),
    ...servers.flatMap((server) =>
      matrix.ports.map((port) => ({
        cells: to(server).filter((cell) => cell.port === port),
        text: sentence('matrix.portOfServer', { to: server, port }),
      })),
    ),
  ];
}

/** What is left after the patterns: one sentence for each directed pair, and whether the way back is open. */
function pairSentences(rest: Cells, between: Cells): readonly MatrixSentence[] {
  const pairs = [...new Set(rest.map((cell) => `${cell.from} ${cell.to}`))];
  return pairs.map((pair) => {
    const cells = rest.filter((cell) => `${cell.from} ${cell.to}` === pair);
    const [first] = cells;
    const values = { from: first?.from ?? '', to: first?.to ?? '', ports: portsOf(cells) };
    const wayBack = between.filter(
      (cell) => cell.from === values.to && cell.to === values.from && cells.some((one) => one.port === cell.port),
    );
    const isOneWay = wayBack.length === cells.length && wayBack.every((cell) => cell.reach === 'open');
    return sentence(isOneWay ? 'matrix.oneWay' : 'matrix.pair', values);
  });
}

/** Each closed way in exactly one sentence: all of a kind, whole rows and columns first, single ways last. */
function closedSentences(between: Cells, matrix: Measured): readonly MatrixSentence[] {
  const texts: MatrixSentence[] = [];
  let rest = between.filter(isClosed);
  for (const { cells, text } of patternsOf(between, matrix)) {
    if (!cells.every(isClosed) || !cells.some((cell) => rest.includes(cell))) continue;
    texts.push(text);
    rest = rest.filter((cell) => !cells.includes(cell));
  }
  return [...texts, ...pairSentences(rest, between)];
}

function countSentence(open: number, count: number): MatrixSentence {
  if (count === 0) return sentence('matrix.noneTried', {});
  return open === count ? sentence('matrix.allOpen', { count }) : sentence('matrix.someOpen', { open, count });
}

/** What this machine reaches. A data port that is closed to it is no failure: everything then goes through SSH. Nothing here dials a bus port. */
function adminFindings(admin: Cells, matrix: Measured): MatrixSummary['findings'] {
  const data = admin.filter((cell) => !isBusPort(matrix, cell.port));
  const closed = data.filter(isClosed).length;
  const buses = admin.filter((cell) => isBusPort(matrix, cell.port) && cell.reach === 'open').length;
  const isDirect = data.length > 0 && data.every((cell) => cell.reach === 'open');
  return [
    ...(isDirect ? [{ verdict: 'pass' as const, text: sentence('matrix.adminReaches', {}) }] : []),
    ...(closed > 0 ? [{ verdict: 'skipped' as const, text: sentence('matrix.throughSsh', { count: closed }) }] : []),
    ...(buses > 0 ? [{ verdict: 'warn' as const, text: sentence('matrix.busOpenToAdmin', { count: buses }) }] : []),
  ];
}

/** A reachability matrix in a few sentences: the count, then what is closed, what was not tried, and last what the admin's machine reaches. */
export function summariseMatrix(matrix: Measured): MatrixSummary {
  const between = matrix.cells.filter((cell) => cell.from !== ADMIN_MACHINE);
  const ways = between.length;
  const openWays = between.filter((cell) => cell.reach === 'open').length;
  const untried = between.filter((cell) => cell.reach === 'unknown').length;
  return {
    summary: countSentence(openWays, ways),
    findings: [
      ...closedSentences(between, matrix).map((text) => ({ verdict: 'fail' as const, text })),
      ...(untried > 0 ? [{ verdict: 'unknown' as const, text: sentence('matrix.untried', { count: untried, total: ways }) }] : []),
      ...adminFindings(
        matrix.cells.filter((cell) => cell.from === ADMIN_MACHINE),
        matrix,
      ),
    ],
    openWays,
    ways,
  };
}
