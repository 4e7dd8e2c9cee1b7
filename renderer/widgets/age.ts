import { currentLanguage } from '../../electron/shared/domain/language.ts';
import { formatTimeOfDay } from '../../electron/shared/domain/timeOfDay.ts';
import { message, say } from '../../electron/shared/messages/message.ts';

const UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago something was, in the reader's language: `3 days ago`, `há 3 dias`. `iso` is UTC; what is no time stamp comes back as it is. */
export function formatAge(iso: string, nowMs: number): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const elapsedMs = Math.max(0, nowMs - at);
  for (const [unit, lengthMs] of UNITS) if (elapsedMs >= lengthMs) return words.format(-Math.floor(elapsedMs / lengthMs), unit);
  return words.format(0, 'minute');
}

/** A moment in words, where the admin is: today the time alone (`at 14:32:05`), else with its day (`on 21 November 2026 at 14:32:05`). */
export function momentWords(iso: string, nowMs: number): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = formatTimeOfDay(iso);
  if (at.toDateString() === new Date(nowMs).toDateString()) return say(message('window.moment.today', { time }));
  const day = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  return say(message('window.moment.day', { day, time }));
}

function locale(): string {
  return currentLanguage() === 'pt' ? 'pt-PT' : 'en-GB';
}
