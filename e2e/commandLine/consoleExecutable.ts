import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole, ownTarget } from '../../scripts/build/buildConsole.ts';
import { root } from '../../scripts/check/program.ts';

/** Where this checkout keeps the server bundles. */
export const bundlesOfCheckout = join(root, 'resources', 'redis');

/** Builds the console executable into a folder of its own, with the server bundles beside it as a release has them; its path. */
export async function buildConsoleInto(folder: string): Promise<string> {
  const { file } = await buildConsole(ownTarget(), folder);
  symlinkSync(bundlesOfCheckout, join(folder, 'redis'));
  return file;
}
