/** Crashes in this time belong together; a page that crashes again and again is not loaded for ever. */
const TOGETHER_MS = 60_000;
const MANY = 3;

/** Tells a crash that a reload may mend from one that it does not. */
export interface CrashCount {
  /** Counts a crash. False when it is one too many: ask before trying again, after which counting begins anew. */
  isFirstOfMany(): boolean;
}

/** Makes a count with no crash in it. */
export function createCrashCount(nowMs: () => number): CrashCount {
  let times: readonly number[] = [];
  return {
    isFirstOfMany: () => {
      const now = nowMs();
      times = [...times.filter((time) => now - time < TOGETHER_MS), now];
      if (times.length <= MANY) return true;
      times = [];
      return false;
    },
  };
}
