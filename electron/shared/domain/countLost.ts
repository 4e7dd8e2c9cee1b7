import type { FailoverTrial } from './failover.ts';

/** Acknowledged writes lost in all trials together; null as soon as one trial's could not be read back. */
export function countLost(trials: readonly Pick<FailoverTrial, 'lostWrites'>[]): number | null {
  let lost = 0;
  for (const { lostWrites } of trials) {
    if (lostWrites === null) return null;
    lost += lostWrites;
  }
  return lost;
}
