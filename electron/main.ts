// Composition root of the desktop app: one CommonJS file in `out/main`, what is not needed for the first paint in chunks beside it.
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { startShell } from './shell/startShell.ts';
import { triadHome } from './storage/triadHome.ts';

// Dozens of calls of one run listen to its signal at the same time, which is no leak; Node warns from the eleventh on.
setMaxListeners(100);

/** The checkout, or the archive in a package. */
const root = join(import.meta.dirname, '..', '..');
/** What lies beside the archive in a package, and in the checkout's own folder otherwise. */
const resources = app.isPackaged ? process.resourcesPath : join(root, 'resources');
const home = triadHome();
const icon = join(resources, 'icons', '256x256.png');

startShell({
  home,
  preload: join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
  renderer: join(import.meta.dirname, '..', 'renderer'),
  // Windows and macOS have it in the program; Linux shows what the window brings.
  icon: process.platform === 'linux' && existsSync(icon) ? icon : null,
  appId: 'app.triad.desktop',
  loadCore: async (platform, openFile) => {
    const { createWindowApi } = await import('./handlers/window/createWindowApi.ts');
    return createWindowApi(platform, {
      home,
      bundles: join(resources, 'redis'),
      triadVersion: app.getVersion(),
      isPackaged: app.isPackaged,
      checkout: app.isPackaged ? null : root,
      environment: process.env,
      licences: () => readFile(join(resources, 'licences', 'third-party.txt'), 'utf8'),
      openFile,
    });
  },
  loadTexts: async () => (await import('./shared/messages/pt/index.ts')).pt,
});
