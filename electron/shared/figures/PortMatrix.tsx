import { Group } from '@visx/group';
import { scaleBand } from '@visx/scale';
import type { ReactElement } from 'react';
import type { MatrixCell, PortMatrix as Matrix, Reach } from '../domain/matrix.ts';
import { isBusPort, summariseMatrix } from '../domain/matrixSummary.ts';
import { formatDuration } from '../domain/reportFormat.ts';
import { ADMIN_MACHINE } from '../domain/subject.ts';
import { say } from '../messages/message.ts';
import { sayMachine } from '../messages/subjectWords.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { fitText } from './fitText.ts';
import { isSameWay, type MatrixWay } from './matrixMoves.ts';
import { ink } from './palette.ts';
import { ReachMark, REACH_MARK_SIZE, type ReachWish } from './ReachMark.tsx';
import { text } from './text.ts';

/** What {@link PortMatrix} draws. */
export interface PortMatrixProps {
  readonly id: string;
  readonly matrix: Pick<Matrix, 'cells' | 'ports' | 'servers'>;
  readonly title: string;
  /** Makes every tried way something to choose: a grid for pointer and, with the keys that its place listens to, for the keyboard. */
  readonly choice?: MatrixChoice;
  /** Closed ways that the plan is going to open: no fault now. */
  readonly toBeOpened?: (way: MatrixWay) => boolean;
}

/** How ways are chosen. The figure itself keeps no state. */
export interface MatrixChoice {
  readonly selected: MatrixWay | null;
  /** The one way that the Tab key reaches; arrow keys go on from there. */
  readonly tabStop: MatrixWay | null;
  readonly onSelect: (way: MatrixWay) => void;
}

const HEAD_COLUMN = 148;
const PORT_PITCH = 42;
const CELL_PADDING = 10;
const ROW_HEIGHT = 44;
const LEGEND_PITCH = 112;
const NOTE_PITCH = 26;
const NAME = 12.5;
const SMALL = 11;

/** Rows from, columns to; in each cell the four ports as marked squares. This machine's row stands apart: a closed port there is no fault. */
export function PortMatrix({ id, matrix, title, choice, toBeOpened }: PortMatrixProps): ReactElement {
  const { servers, ports, cells } = matrix;
  const columnWidth = ports.length * PORT_PITCH + CELL_PADDING * 2;
  const heads = servers.map((name) => fitText(name, columnWidth - CELL_PADDING * 2, NAME * 1.07, 2));
  const headHeight = Math.max(...heads.map((lines) => lines.length), 1) * 15 + 30;
  const hasAdmin = cells.some((cell) => cell.from === ADMIN_MACHINE);
  const rows = hasAdmin ? [...servers, ADMIN_MACHINE] : servers;
  const width = HEAD_COLUMN + servers.length * columnWidth;
  const bodyHeight = rows.length * ROW_HEIGHT;
  const columns = scaleBand({ domain: [...servers], range: [HEAD_COLUMN, width] });
  const lines = scaleBand({ domain: [...rows], range: [headHeight, headHeight + bodyHeight] });
  const reaches = [...new Set<Reach>(['open', ...cells.map((cell) => cell.reach)])];
  const words = summariseMatrix(matrix);
  const areAllOpened = (reach: Reach): boolean => {
    const needed = cells.filter((cell) => cell.from !== ADMIN_MACHINE && cell.reach === reach);
    return needed.length > 0 && needed.every((cell) => toBeOpened?.(cell) === true);
  };
  const notes = notesOf(matrix, toBeOpened);
  const height = headHeight + bodyHeight + 36 + notes.length * NOTE_PITCH;

  return (
    <FigureFrame
      id={id}
      width={width}
      height={height}
      title={title}
      description={[words.summary, ...words.findings.map((finding) => finding.text)].map(say).join(' ')}
      role={choice === undefined ? 'img' : 'grid'}
    >
      <text x={CELL_PADDING} y={headHeight - 9} fontSize={SMALL} fill={ink('muted')} {...hiddenIn(choice)}>
        {text('report.matrix.fromTo')}
      </text>
      {servers.map((server, index) => (
        <Group key={server} left={(columns(server) ?? 0) + CELL_PADDING} {...hiddenIn(choice)}>
          <title>{server}</title>
          {(heads[index] ?? []).map((line, at) => (
            <text key={`${at} ${line}`} x={1} y={15 + at * 15} fontSize={NAME} fontWeight={600} fill={ink('ink')}>
              {line}
            </text>
          ))}
          {ports.map((port, at) => (
            <text key={port} x={(at + 0.5) * PORT_PITCH} y={headHeight - 9} fontSize={SMALL} textAnchor="middle" fill={ink('muted')}>
              {port}
            </text>
          ))}
        </Group>
      ))}
      {rows.map((from) => (
        <Row key={from} from={from} top={lines(from) ?? 0} width={width} choice={choice}>
          {servers.map((to) => (
            <Cell
              key={to}
              left={(columns(to) ?? 0) + CELL_PADDING}
              from={from}
              to={to}
              ports={ports}
              cells={cells}
              choice={choice}
              toBeOpened={toBeOpened}
            />
          ))}
        </Row>
      ))}
      <line x1={0.5} x2={width - 0.5} y1={headHeight + bodyHeight} y2={headHeight + bodyHeight} stroke={ink('line')} />
      <Group left={CELL_PADDING} top={headHeight + bodyHeight + 14} className="triad-legend" {...hiddenIn(choice)}>
        {reaches.map((reach, index) => (
          <Group key={reach} left={index * LEGEND_PITCH}>
            <ReachMark reach={reach} wish={areAllOpened(reach) ? 'toBeOpened' : 'needed'} />
            <text x={REACH_MARK_SIZE + 6} y={13.5} fontSize={SMALL} fill={ink('muted')}>
              {text(`report.reach.${reach}`)}
              <title>{text(`report.reach.${reach}.what`)}</title>
            </text>
          </Group>
        ))}
        {notes.map(({ wish, reach }, index) => (
          <Group key={wish} top={(index + 1) * NOTE_PITCH}>
            <ReachMark reach={reach} wish={wish === 'notTried' ? 'optional' : wish} />
            <text x={REACH_MARK_SIZE + 6} y={13.5} fontSize={SMALL} fill={ink('muted')}>
              {text(`report.matrix.legend.${wish}`)}
            </text>
          </Group>
        ))}
      </Group>
    </FigureFrame>
  );
}

/** A colour that does not go with the outcome alone, shown by one of the marks that have it. */
interface LegendNote {
  readonly wish: Exclude<ReachWish, 'needed'> | 'notTried';
  /** Null: not tried. */
  readonly reach: Reach | null;
}

/** What the legend says of marks that are grey, or amber, although the same outcome is a fault, or fine, between servers. */
function notesOf({ cells, ports, servers }: PortMatrixProps['matrix'], toBeOpened: PortMatrixProps['toBeOpened']): readonly LegendNote[] {
  const admin = cells.filter(({ from, reach }) => from === ADMIN_MACHINE && reach !== 'unknown');
  const isBus = ({ port }: MatrixCell): boolean => isBusPort({ ports }, port);
  const found = [
    { wish: 'toBeOpened', cell: cells.find((cell) => cell.reach !== 'open' && toBeOpened?.(cell) === true) },
    { wish: 'optional', cell: admin.find((cell) => cell.reach !== 'open') },
    { wish: 'unwanted', cell: admin.find((cell) => cell.reach === 'open' && isBus(cell)) },
  ] as const;
  const sources = admin.length > 0 ? servers.length : servers.length - 1;
  const notes: LegendNote[] = found.flatMap(({ wish, cell }) => (cell === undefined ? [] : [{ wish, reach: cell.reach }]));
  return cells.length < servers.length * sources * ports.length ? [...notes, { wish: 'notTried', reach: null }] : notes;
}

/** What only labels is not for those who operate the grid by its cells: each of them says everything itself. */
function hiddenIn(choice: MatrixChoice | undefined): { readonly 'aria-hidden'?: true } {
  return choice === undefined ? {} : { 'aria-hidden': true };
}

interface RowProps {
  readonly choice: MatrixChoice | undefined;
  readonly from: string;
  readonly top: number;
  readonly width: number;
  readonly children: readonly ReactElement[];
}

function Row({ from, top, width, choice, children }: RowProps): ReactElement {
  const isAdmin = from === ADMIN_MACHINE;
  const lines = fitText(isAdmin ? text('report.matrix.admin') : from, HEAD_COLUMN - CELL_PADDING * 2, NAME, 2);
  const firstLine = ROW_HEIGHT / 2 + 4.5 - (lines.length - 1) * 7;
  return (
    <Group top={top} {...(choice === undefined ? {} : { role: 'row' })}>
      {isAdmin && <rect x={0.5} width={width - 1} height={ROW_HEIGHT} fill={ink('surface')} />}
      <line x1={0.5} x2={width - 0.5} y1={0} y2={0} stroke={ink(isAdmin ? 'edge' : 'line')} />
      {lines.map((line, index) => (
        <text
          key={`${index} ${line}`}
          x={CELL_PADDING}
          y={firstLine + index * 14}
          fontSize={NAME}
          fontWeight={isAdmin ? 400 : 600}
          fill={ink(isAdmin ? 'muted' : 'ink')}
          {...hiddenIn(choice)}
        >
          {line}
        </text>
      ))}
      {children}
    </Group>
  );
}

interface CellProps {
  readonly choice: MatrixChoice | undefined;
  readonly toBeOpened: PortMatrixProps['toBeOpened'] | undefined;
  readonly left: number;
  readonly from: string;
  readonly to: string;
  readonly ports: readonly number[];
  readonly cells: readonly MatrixCell[];
}

function Cell({ left, from, to, ports, cells, choice, toBeOpened }: CellProps): ReactElement {
  const top = (ROW_HEIGHT - REACH_MARK_SIZE) / 2;
  if (from === to)
    return (
      <text
        x={left + (ports.length * PORT_PITCH) / 2}
        y={ROW_HEIGHT / 2 + 4}
        textAnchor="middle"
        fontSize={SMALL}
        fill={ink('edge')}
        aria-hidden
      >
        –
      </text>
    );
  return (
    <Group left={left} top={top}>
      {ports.map((port, index) => {
        const way = { from, to, port };
        const cell = cells.find((one) => isSameWay(one, way));
        const wish = toBeOpened?.(way) === true ? 'toBeOpened' : wishOf(from, isBusPort({ ports }, port));
        return (
          <Group
            key={port}
            left={(index + 0.5) * PORT_PITCH - REACH_MARK_SIZE / 2}
            className={`triad-reach-${cell?.reach ?? 'none'}`}
            {...(cell === undefined || choice === undefined ? {} : cellChoice(way, choice, cellTitle(from, to, port, cell)))}
          >
            <title>{cellTitle(from, to, port, cell)}</title>
            {cell !== undefined && choice !== undefined && (
              <Ring isSelected={choice.selected !== null && isSameWay(choice.selected, way)} />
            )}
            <ReachMark reach={cell?.reach ?? null} wish={wish} />
          </Group>
        );
      })}
    </Group>
  );
}

/** Attributes of a mark that can be chosen. */
interface CellChoice {
  readonly role: 'gridcell';
  readonly tabIndex: 0 | -1;
  readonly 'aria-selected': boolean;
  readonly 'aria-label': string;
  readonly 'data-way': string;
  readonly onClick: () => void;
}

/** What makes a mark a cell of a grid. `data-way` lets the place of the figure find it, to give it the focus. */
function cellChoice(way: MatrixWay, { selected, tabStop, onSelect }: MatrixChoice, label: string): CellChoice {
  const isTabStop = tabStop !== null && isSameWay(tabStop, way);
  return {
    role: 'gridcell',
    tabIndex: isTabStop ? 0 : -1,
    'aria-selected': selected !== null && isSameWay(selected, way),
    'aria-label': label,
    onClick: () => {
      onSelect(way);
    },
    'data-way': `${way.from} ${way.to} ${way.port}`,
  };
}

/** The place that a pointer may hit, and the ring around the chosen mark; the focus is drawn by a style rule on `triad-ring`. */
function Ring({ isSelected }: { readonly isSelected: boolean }): ReactElement {
  return (
    <>
      <rect x={-(PORT_PITCH - REACH_MARK_SIZE) / 2} y={-8} width={PORT_PITCH} height={REACH_MARK_SIZE + 16} fill="transparent" />
      <rect
        className="triad-ring"
        x={-4}
        y={-4}
        width={REACH_MARK_SIZE + 8}
        height={REACH_MARK_SIZE + 8}
        rx={6}
        fill={isSelected ? ink('surface') : 'none'}
        stroke={isSelected ? ink('link') : 'none'}
        strokeWidth={2}
      />
    </>
  );
}

/** Servers need every port of each other. This machine may use the data ports and has no business on the bus. */
function wishOf(from: string, isBus: boolean): ReachWish {
  if (from !== ADMIN_MACHINE) return 'needed';
  return isBus ? 'unwanted' : 'optional';
}

function cellTitle(from: string, to: string, port: number, cell: MatrixCell | undefined): string {
  const reach = cell === undefined ? text('report.matrix.notTried') : text(`report.reach.${cell.reach}`);
  return text('report.matrix.cellTitle', { from: sayMachine(from), to, port, reach, duration: formatDuration(cell?.durationMs ?? null) });
}
