import { copyFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the gallery of `renderer/app/testing` into a folder, as an app that Electron can open: one sandboxed window on the page alone, whose
 * core is a fake inside of it. No part of the app.
 */
export async function buildGallery(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'renderer/app/testing'),
    // Opened as files.
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    // As the app is built: React's development half would draw every screen twice.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      minify: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: { input: join(root, 'renderer/app/testing/gallery.html') },
    },
  });
  await rename(join(folder, 'gallery.html'), join(folder, 'index.html'));
  await copyFile(join(root, 'scripts/bench/app/bare/main.cjs'), join(folder, 'main.cjs'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'gallery', version: '1.0.0', main: './main.cjs' }));
}
