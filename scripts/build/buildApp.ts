import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MainConfigFactory, PreloadConfigFactory, RendererConfigFactory } from 'electron-vite';
import type { InlineConfig } from 'electron-vite';
import { build } from 'vite';
import type { Plugin } from 'vite';
import desktopConfig from '../config/electron.vite.config.ts';
import { appOutput, appParts, appSourceState, isAppBuilt } from './appState.ts';
import type { AppPart } from './appState.ts';
import { bundledModules } from './bundledModules.ts';
import { collectLicences, writeLicences } from './licences.ts';
import { swapFolder } from './swapFolder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A built part of the app. */
export interface BuiltPart {
  readonly part: AppPart;
  readonly files: number;
  readonly sizeBytes: number;
}

/** Builds the desktop app unless it was built from the sources as they are now. */
export async function ensureApp(progress: (sentence: string) => void): Promise<void> {
  if (isAppBuilt(appSourceState())) return;
  progress('Building the app, because its source has changed.');
  await buildApp();
}

/**
 * Builds the desktop app into `out/main`, `out/preload` and `out/renderer`, and the licences of everything in it into
 * `resources/licences`. Safe while another process builds or runs it: made in a folder of its own, then moved folder by folder.
 */
export async function buildApp(): Promise<readonly BuiltPart[]> {
  // Before the build: a file that is edited meanwhile makes the next start build again.
  const state = appSourceState();
  const made = join(root, 'out', `app-${randomUUID()}`);
  // As its own command line sets it; the renderer's relative addresses depend on it.
  process.env['NODE_ENV_ELECTRON_VITE'] = 'production';
  try {
    await mkdir(made, { recursive: true });
    const modules = new Set<string>();
    for (const part of appParts) await build(await configOf(part, made, bundledModules(modules)));
    const licences = await collectLicences(modules, root);
    const built = await Promise.all(appParts.map((part) => describe(part, join(made, part))));
    // Whoever copies the app sees by the note that it is changing.
    await rm(appOutput.note, { force: true });
    for (const part of appParts) await swapFolder(join(made, part), join(root, 'out', part), join(made, `old-${part}`));
    await writeLicences(licences, join(root, 'resources', 'licences'));
    await writeFile(join(made, 'note'), state);
    await rename(join(made, 'note'), appOutput.note);
    return built;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** electron-vite's own `build` reads the configuration through a bundled copy beside the file, which other tools then stumble over. */
function configOf(part: AppPart, outDir: string, plugin: Plugin): Promise<object> {
  const inline: InlineConfig = { configFile: false, mode: 'production', logLevel: 'warn', plugins: [plugin], build: { outDir } };
  const place = { outDir, root };
  const { main = {}, preload = {}, renderer = {} } = desktopConfig;
  switch (part) {
    case 'main':
      return new MainConfigFactory(main, inline, place).build();
    case 'preload':
      return new PreloadConfigFactory(preload, inline, place).build();
    case 'renderer':
      return new RendererConfigFactory(renderer, inline, place).build();
  }
}

async function describe(part: AppPart, folder: string): Promise<BuiltPart> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return { part, files: files.length, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
}
