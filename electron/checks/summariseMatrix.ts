import { BUS_PORT_OFFSET } from '../shared/domain/address.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import type { Message } from '../shared/domain/message.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';

type Cells = readonly MatrixCell[];

function isClosed(cell: MatrixCell): boolean {
  return cell.reach !== 'open' && cell.reach !== 'unknown';
}

function portsOf(cells: Cells): string {
  return [...new Set(cells.map((cell) => cell.port))].toSorted((a, b) => a - b).join(', ');
}

/** Takes from `rest` the cells that a pattern explains, when every cell of the pattern is closed. */
interface Pattern {
  readonly cells: Cells;
  readonly text: Message;
}

function patternsOf(between: Cells, matrix: PortMatrix): readonly Pattern[] {
  const isBus = (port: number): boolean => matrix.ports.includes(port - BUS_PORT_OFFSET);
  const buses = between.filter((cell) => isBus(cell.port));
  const data = between.filter((cell) => !isBus(cell.port));
  const to = (server: string): Cells => between.filter((cell) => cell.to === server);
  const from = (server: string): Cells => between.filter((cell) => cell.from === server);
  const { servers } = matrix;
  return [
    { cells: between, text: message('check.matrix.nothingOpen') },
    { cells: buses, text: message('check.matrix.noBus', { ports: portsOf(buses) }) },
    { cells: data, text: message('check.matrix.noData', { ports: portsOf(data) }) },
    ...servers.map((server) => ({ cells: to(server), text: message('check.matrix.nothingReaches', { to: server }) })),
    ...servers.map((server) => ({ cells: from(server), text: message('check.matrix.reachesNothing', { from: server }) })),
    ...servers.flatMap((server) => {
      const busesOf = to(server).filter((cell) => isBus(cell.port));
      return { cells: busesOf, text: message('check.matrix.busOfServer', { to: server, ports: portsOf(busesOf) }) };
    }),
    ...servers.flatMap((server) =>
      matrix.ports.map((port) => ({
        cells: to(server).filter((cell) => cell.port === port),
        text: message('check.matrix.portOfServer', { to: server, port }),
      })),
    ),
  ];
}

/** What is left after the patterns: one sentence for each directed pair, and whether the way back is open. */
function pairTexts(rest: Cells, between: Cells): readonly Message[] {
  const pairs = [...new Set(rest.map((cell) => `${cell.from} ${cell.to}`))];
  return pairs.map((pair) => {
    const cells = rest.filter((cell) => `${cell.from} ${cell.to}` === pair);
    const [first] = cells;
    const values = { from: first?.from ?? '', to: first?.to ?? '', ports: portsOf(cells) };
    const wayBack = between.filter(
      (cell) => cell.from === values.to && cell.to === values.from && cells.some((one) => one.port === cell.port),
    );
    const isOneWay = wayBack.length === cells.length && wayBack.every((cell) => cell.reach === 'open');
    return isOneWay ? message('check.matrix.oneWay', values) : message('check.matrix.pair', values);
  });
}

/**
 * A reachability matrix in a few sentences: whole rows, columns and kinds of ports first, single ways last, each closed way in exactly one sentence;
 * then what the admin's machine reaches. One sentence when everything between the servers is open.
 */
export function summariseMatrix(matrix: PortMatrix): readonly Message[] {
  const between = matrix.cells.filter((cell) => cell.from !== ADMIN_MACHINE);
  const admin = matrix.cells.filter((cell) => cell.from === ADMIN_MACHINE);
  const texts: Message[] = [];
  let rest = between.filter(isClosed);
  for (const pattern of patternsOf(between, matrix)) {
    const isWhole = pattern.cells.every(isClosed);
    const explainsMore = pattern.cells.some((cell) => rest.includes(cell));
    if (!isWhole || !explainsMore) continue;
    texts.push(pattern.text);
    rest = rest.filter((cell) => !pattern.cells.includes(cell));
  }
  texts.push(...pairTexts(rest, between));
  const untried = between.filter((cell) => cell.reach === 'unknown').length;
  if (untried > 0 || between.length === 0) texts.push(message('check.matrix.untried', { count: untried, total: between.length }));
  if (texts.length === 0) texts.push(message('check.matrix.allOpen', { count: between.length }));

  const isBus = (cell: MatrixCell): boolean => matrix.ports.includes(cell.port - BUS_PORT_OFFSET);
  const openBuses = admin.filter((cell) => isBus(cell) && cell.reach === 'open');
  const closedData = admin.filter((cell) => !isBus(cell) && isClosed(cell));
  if (closedData.length > 0) texts.push(message('check.matrix.throughSsh', { count: closedData.length }));
  if (openBuses.length > 0) texts.push(message('check.matrix.busOpenToAdmin', { count: openBuses.length }));
  return texts;
}
