import { describe, expect, it } from 'vitest';
import { formatTimeOfDay, laterBy } from './timeOfDay.ts';

describe('formatTimeOfDay', () => {
  it('shows the time where the admin is', () => {
    expect(formatTimeOfDay('2026-03-14T22:05:12.300Z', 'Europe/Lisbon')).toBe('22:05:12');
    expect(formatTimeOfDay('2026-07-14T23:05:12.300Z', 'Europe/Lisbon')).toBe('00:05:12');
  });

  it('leaves what is no time as it is', () => {
    expect(formatTimeOfDay('soon')).toBe('soon');
    expect(laterBy('soon', 5)).toBe('soon');
  });
});

describe('laterBy', () => {
  it('adds milliseconds', () => {
    expect(laterBy('2026-03-14T22:05:12.300Z', 1700)).toBe('2026-03-14T22:05:14.000Z');
  });
});
