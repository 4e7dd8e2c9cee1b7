import { currentLanguage, localDecimal } from './language.ts';
import type { SlotRange } from './plan.ts';

/** Stands where there is no figure. */
export const NO_FIGURE = '–';

const COUNTS = {
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }),
  pt: new Intl.NumberFormat('pt-PT', { maximumFractionDigits: 0 }),
} as const;

/** A number with so many digits after the decimal sign of the current language: `8.1`, `8,1`. */
export function formatDecimal(value: number, digits: number): string {
  return localDecimal(value.toFixed(digits));
}

/** Milliseconds as a person says them: `240 ms`, `8.1 s`, `2 min 5 s`, `1 h 3 min`; a dash for null. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return NO_FIGURE;
  if (ms === 0) return '0 s';
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${formatDecimal(seconds, 1)} s`;
  const whole = Math.round(ms / 1000);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A range of milliseconds in one unit: `5.5–10.5 s`, `200–900 ms`. */
export function formatDurationRange(fromMs: number, toMs: number): string {
  if (toMs < 1000) return `${Math.round(fromMs)}–${Math.round(toMs)} ms`;
  return `${formatDecimal(fromMs / 1000, 1)}–${formatDecimal(toMs / 1000, 1)} s`;
}

/** A count with thousands separated: `24,310`, in Portuguese `24 310` with a space that does not break; a dash for null. */
export function formatCount(count: number | null): string {
  return count === null ? NO_FIGURE : COUNTS[currentLanguage()].format(count);
}

/** A size in 1024-based units: `256 MiB`, `9.4 MiB`, `312 B`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${formatDecimal(value, digits)} ${units[unit] ?? 'B'}`;
}

/** Slot ranges as Redis counts them, both ends included: `0–5460`, `0–99, 200`; a dash for none. */
export function formatSlots(slots: readonly SlotRange[]): string {
  if (slots.length === 0) return NO_FIGURE;
  return slots.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

/** Permission bits as `chmod` takes them: `0640`. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** A UTC time stamp for reading: `2026-03-14 23:05:12`. What is not a time stamp comes back as it is. */
export function formatUtc(iso: string): string {
  return formatInZone(iso, 'UTC').slice(0, 19);
}

/**
 * A time stamp in a zone with its distance from UTC: `2026-03-14 23:05:12 UTC+01:00`. What is not a time stamp comes back as it is;
 * an unknown zone falls back to UTC.
 */
export function formatInZone(iso: string, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const part = new Map(
    zoneFormat(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const offset = (part.get('timeZoneName') ?? 'GMT').replace('GMT', '');
  const date = [part.get('year'), part.get('month'), part.get('day')].join('-');
  const time = [part.get('hour'), part.get('minute'), part.get('second')].join(':');
  return `${date} ${time} UTC${offset === '' ? '+00:00' : offset}`;
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const form = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...form, timeZone });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.DateTimeFormat('en-US', { ...form, timeZone: 'UTC' });
    throw error;
  }
}
