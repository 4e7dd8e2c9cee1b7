import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../out/screenshots', import.meta.url));

/** The two schemes that every screen is looked at in. */
export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/**
 * Sets something in the main process that may be set twice. The inspector holds on to the promise of an answer only weakly: where the main process
 * collects garbage just then, what was asked is done, but the answer is lost and Playwright reports an error.
 */
async function setInMain(set: () => Promise<unknown>): Promise<void> {
  try {
    await set();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('promise was garbage collected')) throw error;
    await set();
  }
}

/** Makes the whole app light or dark, as the system would. */
export async function useScheme(app: ElectronApplication, scheme: Scheme): Promise<void> {
  await setInMain(() =>
    app.evaluate(({ nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted;
    }, scheme),
  );
}

/** Sets the inner size of the window, in pixels. */
export async function useSize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await setInMain(() =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), { width, height }),
  );
}

/** Sets the size of the text, 1 being the ordinary one. */
export async function useZoom(app: ElectronApplication, zoom: number): Promise<void> {
  await setInMain(() =>
    app.evaluate(({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor), zoom),
  );
}

/** Writes what the window shows into `out/screenshots/<project>/<name>.png`, with every animation at its end. */
export async function shoot(window: Page, name: string): Promise<void> {
  await window.screenshot({ path: `${folder}/${test.info().project.name}/${name}.png`, animations: 'disabled' });
}
