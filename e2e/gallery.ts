// The gallery of the window's screens on a real Electron: one bare window, and in it one screen after the other on a fake core.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { buildGallery } from '../scripts/build/buildGallery.ts';
import { findRuntime } from '../scripts/electron/runtime.ts';
import { sandboxArguments } from '../scripts/electron/sandboxArguments.ts';
import { environment } from './electronApp.ts';
import { appsUnderTest } from './setup/appsUnderTest.ts';

/** The window on the gallery. */
export interface Gallery {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** The names of all scenes. */
  readonly scenes: readonly string[];
  /** Shows a scene and waits until it can be looked at. */
  readonly show: (scene: string) => Promise<void>;
  /** What the page reported on its console as an error since it was asked last. */
  readonly errors: () => readonly string[];
}

/** Playwright's test with the gallery, which is built and opened once for all tests of a file. */
export const test = base.extend<object, { readonly gallery: Gallery }>({
  gallery: [
    // Playwright reads the names of what a fixture takes from an object pattern, also where it takes nothing.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await mkdir(appsUnderTest().scratch, { recursive: true });
      const folder = await mkdtemp(join(appsUnderTest().scratch, 'gallery-'));
      await buildGallery(folder);
      const { executable } = await findRuntime(() => undefined);
      const app = await _electron.launch({
        executablePath: executable,
        args: [...sandboxArguments(() => undefined), `--user-data-dir=${join(folder, 'profile')}`, folder],
        env: environment(),
        colorScheme: null,
      });
      try {
        await use(await galleryOf(app, pathToFileURL(join(folder, 'index.html')).href));
      } finally {
        await app.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect } from '@playwright/test';

async function galleryOf(app: ElectronApplication, page: string): Promise<Gallery> {
  const window = await app.firstWindow();
  const errors: string[] = [];
  window.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  window.on('pageerror', ({ message }) => errors.push(message));
  await window.goto(page);
  const links = window.getByRole('link');
  await links.first().waitFor();
  return {
    app,
    window,
    scenes: await links.allTextContents(),
    show: async (scene) => {
      await window.goto(`${page}?scene=${scene}`);
      await window.locator('body[data-ready]').waitFor();
      await rest(window);
    },
    errors: () => errors.splice(0),
  };
}

/** Waits for what has an end: pictures, fonts, and the way in of a dialog; then for a frame with all of it. */
async function rest(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const ends = (animation: Animation): boolean => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    await Promise.all(
      document
        .getAnimations()
        .filter(ends)
        .map(async ({ finished }) => finished.catch(() => undefined)),
    );
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
