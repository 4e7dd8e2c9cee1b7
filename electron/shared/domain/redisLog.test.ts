import { expect, test } from 'vitest';
import { likelyZone, zoneFrom } from './redisLog.ts';

const LINES = ['1:M 23 Nov 2026 17:56:20.099 * Marking', '1:M 23 Nov 2026 17:56:21.500 * Last', '   a banner'];
const written = (hours: number, minutes: number): number => Date.UTC(2026, 10, 23, hours, minutes, 21);

test.each([
  ['UTC', written(17, 56), 0],
  ['Kathmandu', written(12, 11), 345],
  ['New York', written(22, 56), -300],
])('the zone of a log is what its last line is ahead of the moment at which it was written: %s', (_name, modifiedMs, minutes) => {
  expect(zoneFrom(LINES, modifiedMs)).toBe(minutes);
});

test('a file that something else has written to tells no zone, nor does one without a line', () => {
  expect(zoneFrom(LINES, written(18, 2))).toBeNull();
  expect(zoneFrom(LINES, null)).toBeNull();
  expect(zoneFrom(['a banner'], written(17, 56))).toBeNull();
});

test('where minutes may be wrong, a file that was written to a little later still tells its zone', () => {
  expect(likelyZone(LINES, written(12, 16))).toBe(345);
  expect(likelyZone(LINES, written(23, 3))).toBe(-300);
  expect([likelyZone(LINES, null), likelyZone(['a banner'], written(17, 56))]).toEqual([0, 0]);
});
