import { afterEach, describe, expect, it } from 'vitest';
import { switchLanguage } from './language.ts';
import {
  formatBytes,
  formatCount,
  formatDecimal,
  formatDuration,
  formatDurationRange,
  formatInZone,
  formatMode,
  formatSlots,
  formatUtc,
} from './reportFormat.ts';

describe('numbers as a person reads them', () => {
  it.each([
    [null, '–'],
    [0, '0 s'],
    [0.4, '0 ms'],
    [240, '240 ms'],
    [999.6, '1.0 s'],
    [8100, '8.1 s'],
    [59_940, '59.9 s'],
    [59_990, '1 min 0 s'],
    [125_400, '2 min 5 s'],
    [3_780_000, '1 h 3 min'],
    [-5000, '−5.0 s'],
  ])('%s ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  it('gives a range one unit', () => {
    expect(formatDurationRange(5500, 10_500)).toBe('5.5–10.5 s');
    expect(formatDurationRange(200, 900)).toBe('200–900 ms');
  });

  it('separates thousands, and names sizes in 1024s', () => {
    expect(formatCount(24_310)).toBe('24,310');
    expect(formatCount(null)).toBe('–');
    expect([0, 312, 9_856_614, 256 * 1024 ** 2, 1024 ** 4].map((bytes) => formatBytes(bytes))).toEqual([
      '0 B',
      '312 B',
      '9.4 MiB',
      '256 MiB',
      '1 TiB',
    ]);
  });

  it('writes slots with both ends, and modes as chmod takes them', () => {
    expect(formatSlots([{ first: 0, last: 5460 }])).toBe('0–5460');
    expect(
      formatSlots([
        { first: 0, last: 99 },
        { first: 200, last: 200 },
      ]),
    ).toBe('0–99, 200');
    expect(formatSlots([])).toBe('–');
    expect(formatMode(0o640)).toBe('0640');
  });
});

describe('numbers in Portuguese', () => {
  afterEach(() => {
    switchLanguage('en');
  });

  it('have a decimal comma, and a space between thousands that does not break', () => {
    switchLanguage('pt');
    expect(formatDuration(8100)).toBe('8,1 s');
    expect(formatDurationRange(5500, 10_500)).toBe('5,5–10,5 s');
    expect(formatBytes(9_856_614)).toBe('9,4 MiB');
    expect(formatDecimal(0.25, 2)).toBe('0,25');
    expect(formatCount(24_310)).toBe('24\u{a0}310');
  });
});

describe('times', () => {
  it.each([
    ['2026-03-14T22:05:12.345Z', 'UTC', '2026-03-14 22:05:12 UTC+00:00'],
    ['2026-07-14T23:30:00.000Z', 'Europe/Lisbon', '2026-07-15 00:30:00 UTC+01:00'],
    ['2026-01-01T00:00:00.000Z', 'America/Sao_Paulo', '2025-12-31 21:00:00 UTC-03:00'],
    ['2026-03-14T22:05:12.345Z', 'Mars/Olympus', '2026-03-14 22:05:12 UTC+00:00'],
    ['not a time', 'UTC', 'not a time'],
  ])('%s in %s is %s', (at, zone, words) => {
    expect(formatInZone(at, zone)).toBe(words);
  });

  it('are short in UTC', () => {
    expect(formatUtc('2026-03-14T22:05:12.345Z')).toBe('2026-03-14 22:05:12');
  });
});
