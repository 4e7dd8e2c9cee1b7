import { expect, it } from 'vitest';
import { memoryNeedOf, memoryRoomOf, mostMemoryFor } from './memoryNeed.ts';

const GIB = 1024 ** 3;

it('doubles the need of the processes while they save', () => {
  expect(memoryNeedOf(2, GIB)).toEqual({ fullBytes: 2 * GIB, savingBytes: 4 * GIB });
});

it('tells whether a server has room for both, for the data only, or for neither', () => {
  const need = memoryNeedOf(2, GIB);
  expect([4 * GIB, 4 * GIB - 1, 2 * GIB, 2 * GIB - 1].map((bytes) => memoryRoomOf(need, bytes))).toEqual([
    'enough',
    'tight',
    'tight',
    'tooLittle',
  ]);
});

it('names the most that leaves room for a save', () => {
  const most = mostMemoryFor(2, 7.5 * GIB);
  expect(most).toBe('1920mb');
  expect(memoryRoomOf(memoryNeedOf(2, 1920 * 1024 ** 2), 7.5 * GIB)).toBe('enough');
  expect(memoryRoomOf(memoryNeedOf(2, 1921 * 1024 ** 2), 7.5 * GIB)).toBe('tight');
});
