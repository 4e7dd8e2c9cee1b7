import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../out/screenshots', import.meta.url));

/** The two schemes that every screen is looked at in. */
export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/** Makes the whole app light or dark, as the system would. */
export async function useScheme(app: ElectronApplication, scheme: Scheme): Promise<void> {
  await app.evaluate(({ nativeTheme }, wanted) => {
    nativeTheme.themeSource = wanted;
  }, scheme);
}

/** Sets the inner size of the window, in pixels. */
export async function useSize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
}

/** Writes what the window shows into `out/screenshots/<project>/<name>.png`, with every animation at its end. */
export async function shoot(window: Page, name: string): Promise<void> {
  await window.screenshot({ path: `${folder}/${test.info().project.name}/${name}.png`, animations: 'disabled' });
}
