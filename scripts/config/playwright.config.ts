import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** End-to-end tests of the window on a real Electron: on what `npm start` opens, and on the packaged app. */
export default defineConfig({
  testDir: at('e2e'),
  outputDir: at('out/window-tests'),
  globalSetup: at('e2e/setup/openDisplay.ts'),
  // Each on a display of its own (setup/displays.ts): two cores draw two windows.
  workers: 2,
  fullyParallel: false,
  // A test that passes at the second try hides a fault.
  retries: 0,
  forbidOnly: true,
  failOnFlakyTests: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'build', testMatch: 'setup/build.setup.ts' },
    { name: 'package', testMatch: 'setup/package.setup.ts' },
    { name: 'development', testMatch: 'specs/**/*.spec.ts', dependencies: ['build'] },
    {
      name: 'packaged',
      testMatch: 'specs/**/*.spec.ts',
      // What starts from the checkout, and screens on a fake core that are built for themselves: nothing of the packaged app. The way through Windows
      // servers is the same core on slow servers; that the package brings what they need is proved by `package.setup.ts`.
      testIgnore: ['specs/checkout.spec.ts', 'specs/scenes.spec.ts', 'specs/windows.spec.ts'],
      dependencies: ['package'],
    },
    // No test, and nothing that a run of all tests should do: `npm run screenshots` asks for it.
    ...(process.env['TRIAD_HELP_PICTURES'] === '1'
      ? [{ name: 'pictures', testMatch: 'pictures/**/*.picture.ts', dependencies: ['build'] }]
      : []),
  ],
});
