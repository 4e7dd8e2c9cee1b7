import type { OfferedBuild } from '../../../electron/shared/contract/procedures.ts';
import { currentLanguage } from '../../../electron/shared/domain/language.ts';
import { textOf } from '../../widgets/useText.ts';

type Build = OfferedBuild['build'];

const LOCALES = { en: 'en-GB', pt: 'pt-PT' } as const;

/** `2028-06` as `June 2028`, `2031` as it is. */
export function monthWords(yearAndMonth: string): string {
  const [year = '', month] = yearAndMonth.split('-');
  if (month === undefined) return year;
  return new Intl.DateTimeFormat(LOCALES[currentLanguage()], { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(Number(year), Number(month) - 1, 15),
  );
}

/** Whether the last month (or year) of support is over. */
export function hasSupportEnded(ends: string, now: Date): boolean {
  const [year = '', month = '12'] = ends.split('-');
  return now.getTime() >= Date.UTC(Number(year), Number(month), 1);
}

/** A build by its name: `Redis 7.0.15`. */
export function buildName({ engine, version }: Pick<Build, 'engine' | 'version'>): string {
  return textOf(`window.redis.version.${engine}`, { version });
}

/** Who fixes security holes of a build and until when. */
export function supportWords({ engine, support }: Build, now: Date): string {
  const by = textOf(support.by === 'distribution' ? 'window.redis.support.distribution' : `window.redis.support.${engine}`);
  const until = monthWords(support.ends);
  return textOf(hasSupportEnded(support.ends, now) ? 'window.redis.support.ended' : 'window.redis.support.until', { by, until });
}

/** Whether OutSystems lists a build for sessions, and since when. */
export function outSystemsWords({ support }: Build): string {
  return support.outSystems.listed
    ? textOf('window.redis.support.listed', { since: support.outSystems.fromPlatformServer })
    : textOf('window.redis.support.notListed');
}
