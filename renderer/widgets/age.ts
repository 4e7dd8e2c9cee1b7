import { currentLanguage } from '../../electron/shared/domain/language.ts';

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
  const words = new Intl.RelativeTimeFormat(currentLanguage() === 'pt' ? 'pt-PT' : 'en', { numeric: 'auto' });
  const elapsedMs = Math.max(0, nowMs - at);
  for (const [unit, lengthMs] of UNITS) if (elapsedMs >= lengthMs) return words.format(-Math.floor(elapsedMs / lengthMs), unit);
  return words.format(0, 'minute');
}
