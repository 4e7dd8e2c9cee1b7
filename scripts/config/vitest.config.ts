import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LiveOrder } from './liveOrder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const liveTests = '**/*.live.test.{ts,tsx}';

export default defineConfig({
  root,
  test: {
    root,
    // A test that passes at the second try hides a fault; a hanging one must end before the run's own limit.
    retry: 0,
    allowOnly: false,
    sequence: { sequencer: LiveOrder },
    // Conditions are awaited, not timed: on a machine that is busy with other things a report alone takes longer than the kit's one second.
    expect: { poll: { timeout: 4000 } },
    coverage: {
      provider: 'v8',
      include: ['electron/**/*.{ts,tsx}', 'renderer/**/*.{ts,tsx}', 'scripts/**/*.{ts,mjs}'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['electron/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: [liveTests, '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'window',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
          setupFiles: [`${root}renderer/testing/browserParts.ts`],
          // The style sheets of the kit are not what these tests look at, and reading them takes longer than the tests.
          css: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'live',
          environment: 'node',
          include: ['electron', 'scripts', 'e2e'].map((folder) => `${folder}/${liveTests}`),
          exclude: ['**/node_modules/**'],
          // Real servers boot and nodes time out in here. Each worker has practice servers of its own. One keeps half a core busy, or nearly a whole
          // one where the servers run Wine (`liveOrder.ts` mixes them): two workers leave a third of two cores idle, three next to nothing.
          pool: 'forks',
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          environment: 'node',
          include: ['e2e/**/*.long.test.ts'],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
