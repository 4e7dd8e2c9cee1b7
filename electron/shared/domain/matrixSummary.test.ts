import { describe, expect, test } from 'vitest';
import { exampleMatrix } from '../../checks/testing/exampleFacts.ts';
import { say } from '../messages/message.ts';
import type { MatrixCell, PortMatrix } from './matrix.ts';
import { MATRIX_VALUES, summariseMatrix } from './matrixSummary.ts';

/** A matrix in which the ways between servers for which `isClosed` holds are filtered. */
function closing(isClosed: (cell: MatrixCell) => boolean): PortMatrix {
  return exampleMatrix((cell) => (cell.from !== 'admin' && isClosed(cell) ? 'filtered' : cell.reach));
}

const isBus = (cell: MatrixCell): boolean => cell.port > 10_000;

const ROWS: readonly { readonly name: string; readonly matrix: PortMatrix; readonly text: readonly string[] }[] = [
  { name: 'all open', matrix: exampleMatrix(), text: [] },
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
    text: [],
  },
  {
    name: 'what the admin reaches',
    matrix: exampleMatrix((cell) => (cell.from === 'admin' ? (isBus(cell) ? 'open' : 'refused') : cell.reach)),
    text: [
      '6 data ports are closed to this computer: Triad goes through SSH.',
      '6 bus ports are open to this computer, so others may reach them too; the bus asks for no password.',
    ],
  },
];

describe('a matrix in words', () => {
  test.each(ROWS)('$name', ({ matrix, text }) => {
    const findings = summariseMatrix(matrix).findings.filter(({ verdict }) => verdict !== 'pass');
    expect(findings.map((finding) => say(finding.text))).toEqual(text);
  });

  test('counts the ways between the servers, and those from this computer not', () => {
    const summaryOf = (matrix: PortMatrix): unknown => {
      const { summary, openWays, ways } = summariseMatrix(matrix);
      return [say(summary), openWays, ways];
    };
    expect(summaryOf(exampleMatrix())).toEqual(['All 24 ways between the servers are open.', 24, 24]);
    expect(summaryOf(closing(isBus))).toEqual(['12 of 24 ways between the servers are open.', 12, 24]);
    expect(summaryOf({ ...exampleMatrix(), cells: [] })).toEqual(['No way between the servers was tried.', 0, 0]);
  });

  test('calls a closed way a failure, an untried one unknown, a bus port that this computer reaches a warning, and SSH no fault', () => {
    const reachOf = ({ from, to, port, reach }: MatrixCell): MatrixCell['reach'] => {
      if (from === 'admin') return port > 10_000 ? 'open' : 'refused';
      if (to === 'server-3') return 'filtered';
      return from === 'server-1' ? 'unknown' : reach;
    };
    expect(summariseMatrix(exampleMatrix(reachOf)).findings.map(({ verdict, text }) => [verdict, text.code])).toEqual([
      ['fail', 'matrix.nothingReaches'],
      ['unknown', 'matrix.untried'],
      ['skipped', 'matrix.throughSsh'],
      ['warn', 'matrix.busOpenToAdmin'],
    ]);
    expect(summariseMatrix(exampleMatrix()).findings).toEqual([{ verdict: 'pass', text: { code: 'matrix.adminReaches', values: {} } }]);
  });

  test('every sentence is reached', () => {
    const said = ROWS.flatMap(({ matrix }) => {
      const { summary, findings } = summariseMatrix(matrix);
      return [summary, ...findings.map(({ text }) => text)].map(({ code }) => code);
    });
    expect([...new Set(said)].toSorted()).toEqual(Object.keys(MATRIX_VALUES).toSorted());
  });
});
