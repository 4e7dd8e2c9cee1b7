/** For so long nobody looks again for a graphics processor that was missing: a week. */
export const LOOK_AGAIN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Whether Chromium is spared looking for a graphics processor: it found none not long ago (virtual machines, remote desktops). It starts a process
 * for it, which ends in vain, and page and window wait for the next one: 100 ms of each start, now and then a second.
 * @param noGpuAtMs when it found none, milliseconds since 1970, or null. A time to come is a clock that was wrong, and counts for nothing.
 */
export function isGpuKnownMissing(noGpuAtMs: number | null, nowMs: number): boolean {
  return noGpuAtMs !== null && noGpuAtMs <= nowMs && nowMs - noGpuAtMs < LOOK_AGAIN_MS;
}

/**
 * What is to be kept of it, once the first frame is there: nothing new where nobody looked.
 * @param drawing `gpu_compositing` of Electron's feature status: `enabled`, or how it is not
 */
export function noGpuAtOf(noGpuAtMs: number | null, drawing: string, nowMs: number): number | null {
  if (isGpuKnownMissing(noGpuAtMs, nowMs)) return noGpuAtMs;
  return drawing.startsWith('enabled') ? null : nowMs;
}
