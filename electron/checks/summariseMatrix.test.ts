import { describe, expect, test } from 'vitest';
import { checkTexts } from '../shared/messages/en/check.ts';
import { say } from '../shared/messages/message.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import { summariseMatrix } from './summariseMatrix.ts';
import { exampleMatrix } from './testing/exampleFacts.ts';

/** A matrix in which the ways between servers for which `isClosed` holds are filtered. */
function closing(isClosed: (cell: MatrixCell) => boolean): PortMatrix {
  return exampleMatrix((cell) => (cell.from !== 'admin' && isClosed(cell) ? 'filtered' : cell.reach));
}

const isBus = (cell: MatrixCell): boolean => cell.port > 10_000;

const ROWS: readonly { readonly name: string; readonly matrix: PortMatrix; readonly text: readonly string[] }[] = [
  { name: 'all open', matrix: exampleMatrix(), text: ['All 24 ways between the servers are open.'] },
  { name: 'all closed', matrix: closing(() => true), text: ['No server reaches any port of another.'] },
  {
    name: 'no bus',
    matrix: closing(isBus),
    text: ['The bus ports (17000, 17001) are closed between all servers: the nodes could not join.'],
  },
  {
    name: 'no data',
    matrix: closing((cell) => !isBus(cell)),
    text: ['The data ports (7000, 7001) are closed between all servers: the replicas could not copy.'],
  },
  { name: 'a whole column', matrix: closing((cell) => cell.to === 'server-3'), text: ['Nothing reaches server-3.'] },
  { name: 'a whole row', matrix: closing((cell) => cell.from === 'server-2'), text: ['server-2 reaches nothing.'] },
  {
    name: 'a server cut off both ways',
    matrix: closing((cell) => cell.to === 'server-1' || cell.from === 'server-1'),
    text: ['Nothing reaches server-1.', 'server-1 reaches nothing.'],
  },
  {
    name: 'the bus of one server',
    matrix: closing((cell) => cell.to === 'server-2' && isBus(cell)),
    text: ['The bus ports of server-2 (17000, 17001) are closed to both others.'],
  },
  {
    name: 'one port of one server',
    matrix: closing((cell) => cell.to === 'server-2' && cell.port === 7001),
    text: ['Port 7001 of server-2 is closed to both others.'],
  },
  {
    name: 'one direction only',
    matrix: closing((cell) => cell.from === 'server-1' && cell.to === 'server-2' && isBus(cell)),
    text: ['server-1 does not reach server-2 on 17000, 17001, while server-2 reaches server-1.'],
  },
  {
    name: 'both directions of a pair',
    matrix: closing((cell) => [cell.from, cell.to].toSorted().join() === 'server-1,server-2' && cell.port === 17_000),
    text: ['server-1 does not reach server-2 on 17000.', 'server-2 does not reach server-1 on 17000.'],
  },
  {
    name: 'a column and one way more',
    matrix: closing((cell) => cell.to === 'server-3' || (cell.from === 'server-1' && cell.to === 'server-2' && cell.port === 7000)),
    text: ['Nothing reaches server-3.', 'server-1 does not reach server-2 on 7000, while server-2 reaches server-1.'],
  },
  {
    name: 'some not tried',
    matrix: exampleMatrix((cell) => (cell.from === 'server-1' && cell.to === 'server-2' ? 'unknown' : cell.reach)),
    text: ['4 of 24 ways between the servers were not tried.'],
  },
  {
    name: 'nothing measured',
    matrix: { measuredOn: 'listeners', ports: [], servers: [], cells: [] },
    text: ['0 of 0 ways between the servers were not tried.'],
  },
  {
    name: 'what the admin reaches',
    matrix: exampleMatrix((cell) => (cell.from === 'admin' ? (isBus(cell) ? 'open' : 'refused') : cell.reach)),
    text: [
      'All 24 ways between the servers are open.',
      '6 data ports are closed to this machine: Triad goes through SSH.',
      '6 bus ports are open to this machine, although it is not of the cluster.',
    ],
  },
];

describe('a matrix in words', () => {
  test.each(ROWS)('$name', ({ matrix, text }) => {
    expect(summariseMatrix(matrix).map(say)).toEqual(text);
  });

  test('every sentence is reached', () => {
    const said = new Set(ROWS.flatMap(({ matrix }) => summariseMatrix(matrix).map((one) => one.code)));
    expect(Object.keys(checkTexts).filter((code) => code.startsWith('check.matrix.') && !said.has(code))).toEqual([]);
  });
});
