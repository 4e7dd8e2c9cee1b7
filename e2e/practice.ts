import { test as base } from './electronApp.ts';
import { claimTestSet, type ClaimedSet } from '../scripts/practice/claimTestSet.ts';
import type { PracticeSet, UpOptions } from '../scripts/practice/practiceSet.ts';

/** Test workers of vitest claim the first sets; those of the window come after them. */
const FIRST_WORKER = 9;

/** Window tests with practice servers: claimed once for the worker, and taken down at its end. */
export const test = base.extend<{ readonly servers: (options?: UpOptions) => Promise<PracticeSet> }, { readonly claimed: ClaimedSet }>({
  claimed: [
    // Playwright reads the names of fixtures from this pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, info) => {
      const claimed = await claimTestSet(FIRST_WORKER + info.parallelIndex);
      await use(claimed);
      await claimed.release();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  servers: async ({ claimed }, use) => {
    await use(async (options = {}) => {
      // New ones for every test: none may find what another has left.
      await claimed.set.up({ login: 'key', ...options, fresh: true });
      return claimed.set;
    });
    await claimed.set.unblock();
  },
});

export { expect } from './electronApp.ts';
