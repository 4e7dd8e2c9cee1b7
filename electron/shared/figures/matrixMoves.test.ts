import { describe, expect, it } from 'vitest';
import { sampleMatrix } from '../../report/testing/sampleParts.ts';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { firstWay, moveInMatrix, type MatrixWay } from './matrixMoves.ts';

const matrix = sampleMatrix(samplePlan());
const way = (from: string, to: string, port: number): MatrixWay => ({ from, to, port });

describe('moveInMatrix', () => {
  it('begins with the first way of the first row', () => {
    expect(firstWay(matrix)).toEqual(way('server-1', 'server-2', 7000));
    expect(firstWay({ ...matrix, cells: [] })).toBeNull();
  });

  it.each([
    ['ArrowRight', way('server-1', 'server-2', 17_001), way('server-1', 'server-3', 7000)],
    ['ArrowLeft', way('server-1', 'server-3', 7000), way('server-1', 'server-2', 17_001)],
    ['ArrowRight', way('server-1', 'server-3', 17_001), way('server-1', 'server-3', 17_001)],
    ['ArrowLeft', way('server-1', 'server-2', 7000), way('server-1', 'server-2', 7000)],
    ['Home', way('server-2', 'server-3', 17_000), way('server-2', 'server-1', 7000)],
    ['End', way('server-2', 'server-1', 7000), way('server-2', 'server-3', 17_001)],
    // Over the place where a server would reach itself.
    ['ArrowDown', way('server-1', 'server-2', 7000), way('server-3', 'server-2', 7000)],
    ['ArrowUp', way('server-3', 'server-2', 7000), way('server-1', 'server-2', 7000)],
    // Nobody tries a bus port from the admin's machine.
    ['ArrowDown', way('server-3', 'server-2', 7000), way('admin', 'server-2', 7000)],
    ['ArrowDown', way('server-3', 'server-2', 17_000), way('server-3', 'server-2', 17_000)],
  ])('%s from %o', (key, at, to) => {
    expect(moveInMatrix(matrix, at, key)).toEqual(to);
  });

  it('leaves other keys alone', () => {
    expect(moveInMatrix(matrix, way('server-1', 'server-2', 7000), 'a')).toBeNull();
  });
});
