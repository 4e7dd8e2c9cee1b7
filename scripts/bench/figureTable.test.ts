import { expect, it } from 'vitest';
import { resultsOf } from './figures.ts';
import { formatFigure, renderTable } from './figureTable.ts';

it('aligns figures of different length under each other', () => {
  const table = renderTable(
    resultsOf(
      new Map([
        ['install', [3600, 3400, 12_000]],
        ['roundTrips', [16]],
        ['floor', [700]],
        ['ansible', [20_000]],
      ]),
    ),
  );
  expect(table.split('\n')).toEqual([
    '                                                     rounds   median      min      max                        target  of Ansible  of floor  reached',
    '---------------------------------------------------  ------  -------  -------  -------  ----------------------------  ----------  --------  -------',
    'Triad: install, command to verified cluster               3   3.60 s   3.40 s  12.00 s  <= 4.00 s and 0.2 of Ansible        0.18      5.14      yes',
    'SSH round trips of the busiest server: install            1       16       16       16                         <= 15                             NO',
    'Floor: programs sent, six processes started, PINGed       1   700 ms   700 ms   700 ms                                     0.035      1.00',
    'Ansible                                                   1  20.00 s  20.00 s  20.00 s                                      1.00     28.57',
    '',
  ]);
});

it.each<readonly [value: number, unit: 'ms' | 'count', text: string]>([
  [999.4, 'ms', '999 ms'],
  [999.6, 'ms', '1.00 s'],
  [0, 'ms', '0 ms'],
  [1234, 'count', '1234'],
])('writes %d %s as %s', (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text);
});
