import { expect, test } from 'vitest';
import {
  memoryAsSetting,
  mostMemoryForCommit,
  mostWindowsMemory,
  portsInRanges,
  windowsCommitNeed,
  windowsDiskNeed,
} from './windowsLimits.ts';

const GIB = 1024 ** 3;

test('two nodes of 1 GB need 5 GB of commit and 8 GB of disk', () => {
  expect(windowsCommitNeed(2, GIB)).toBe(5 * GIB);
  expect(windowsDiskNeed(2, GIB)).toBe(8 * GIB);
});

test('the most that fits is what needs no more than there is', () => {
  for (const commit of [2, 5, 7.5, 64].map((count) => count * GIB)) {
    const most = mostMemoryForCommit(2, commit);
    expect(windowsCommitNeed(2, most)).toBeLessThanOrEqual(commit);
    expect(windowsCommitNeed(2, most + 1)).toBeGreaterThan(commit - 4);
  }
  expect(mostMemoryForCommit(2, GIB / 2)).toBe(0);
  expect(memoryAsSetting(mostWindowsMemory(16 * GIB))).toBe('2785mb');
});

test('ports are found in ranges with both ends', () => {
  const ranges = [
    [7000, 7000],
    [17_001, 17_100],
  ] as const;
  expect(portsInRanges([7000, 7001, 17_000, 17_001, 17_100, 17_101], ranges)).toEqual([
    { port: 7000, range: [7000, 7000] },
    { port: 17_001, range: [17_001, 17_100] },
    { port: 17_100, range: [17_001, 17_100] },
  ]);
});
