const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/**
 * An amount of memory or disk for a person: `512 MB`, `7.6 GB`. Steps of 1024, as `maxMemory` in the specification and redis.conf count.
 * Rounded down, so that an amount below a limit never reads like the limit itself.
 */
export function sizeText(sizeBytes: number): string {
  let rest = sizeBytes;
  let step = 0;
  while (rest >= 1024 && step < UNITS.length - 1) {
    rest /= 1024;
    step += 1;
  }
  const shown = rest < 10 && step > 0 ? Math.floor(rest * 10) / 10 : Math.floor(rest);
  return `${shown} ${UNITS[step] ?? ''}`;
}

/** What is lacking, for a person: like {@link sizeText}, but rounded up to whole megabytes or gigabytes, so that whoever gives so much has given enough. */
export function neededText(sizeBytes: number): string {
  const step = sizeBytes > 1024 ** 3 ? 1024 ** 3 : 1024 ** 2;
  return sizeText(Math.ceil(sizeBytes / step) * step);
}
