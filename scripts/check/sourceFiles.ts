import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of this checkout that hold its own code. */
export const sourceFolders = ['electron', 'renderer', 'scripts', 'e2e'] as const;

const sourceName = /\.(?:[cm]?ts|tsx|[cm]?js|jsx)$/u;

/**
 * Every file of the project's own code as it is on disk, so that a tool which saw fewer can be caught.
 * @param root the checkout
 * @returns paths relative to it, with forward slashes, sorted.
 */
export function sourceFiles(root: string): readonly string[] {
  return existingFolders(root)
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && sourceName.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/')),
    )
    .filter((file) => !file.includes('/node_modules/'))
    .toSorted();
}

/** @returns those of the source folders that exist by now. */
export function existingFolders(root: string): readonly string[] {
  return sourceFolders.filter((folder) => existsSync(join(root, folder)));
}
