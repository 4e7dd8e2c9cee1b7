import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** What the built window weighs, in bytes. */
export interface BundleSize {
  readonly scriptBytes: number;
  readonly styleBytes: number;
  /** Of both, what is loaded for the first screen. */
  readonly firstScreenBytes: number;
}

/**
 * @param folder the built window
 * @param loadedPaths what the page loaded for its first screen
 */
export async function bundleSize(folder: string, loadedPaths: readonly string[]): Promise<BundleSize> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const bytesOf = async (extension: string): Promise<number> => {
    const files = entries.filter((entry) => extname(entry.name) === extension);
    const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  const loaded = await Promise.all([...new Set(loadedPaths)].map(async (path) => (await stat(join(folder, path))).size));
  const firstScreenBytes = loaded.reduce((sum, size) => sum + size, 0);
  return { firstScreenBytes, scriptBytes: await bytesOf('.js'), styleBytes: await bytesOf('.css') };
}
