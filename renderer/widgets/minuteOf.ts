import { formatInZone } from '../../electron/shared/domain/reportFormat.ts';

/** A time stamp to the minute, where the admin is: `2026-03-14 23:05`. */
export function minuteOf(iso: string): string {
  return formatInZone(iso, new Intl.DateTimeFormat().resolvedOptions().timeZone).slice(0, 16);
}
