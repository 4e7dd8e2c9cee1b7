import { afterAll } from 'vitest';
import { claimTestSet, type ClaimedSet } from './claimTestSet.ts';
import type { PracticeSet, UpOptions } from './practiceSet.ts';

/** The practice servers of one test file. */
export interface TestSet {
  /**
   * The set, up and with exactly this variant: plain servers where nothing is said. The first call of a file makes new servers; a later one
   * leaves them as they are if the variant is the same, and makes new ones if not. For servers that no earlier test has touched: `set.reset()`.
   */
  up(options?: UpOptions): Promise<PracticeSet>;
  /** A second set beside the first, down at first, and taken down after the file too. For tests that need more than three servers, or none at first. */
  another(): Promise<PracticeSet>;
}

const tearDownMs = 120_000;

/**
 * The practice servers of this test file: call it at the top of the file. Nothing happens before `up`; after the file they are taken down.
 * Each vitest worker has servers of its own, and so has each vitest process: where another one uses the worker's usual set, the next free is taken.
 * Sets of killed test runs are taken down on the way.
 */
export function practiceSetForTest(): TestSet {
  const claim = async (): Promise<ClaimedSet> => claimTestSet(Number(process.env['VITEST_POOL_ID'] ?? '1'));
  let claimed: Promise<ClaimedSet> | undefined;
  let isNew = true;
  afterAll(async () => {
    // A claim that failed has failed its test already.
    const held = await claimed?.catch(() => undefined);
    await held?.release();
  }, tearDownMs);
  return {
    up: async (options = {}) => {
      claimed ??= claim();
      const { set } = await claimed;
      // A login is always said, or any variant would do.
      await set.up({ login: 'key', ...options, fresh: options.fresh ?? isNew });
      isNew = false;
      return set;
    },
    another: async () => {
      claimed ??= claim();
      return (await claimed).other;
    },
  };
}
