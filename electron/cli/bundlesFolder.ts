import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the server bundles lie: where TRIAD_BUNDLES says; else two folders above the program, in `resources` of a checkout or npm package (three for
 * a console executable in the checkout that built it); else beside the console executable or in the packaged app that it came with. Where there is none, the first of these is named, so that the failure says what is missing.
 */
export function bundlesFolder(environment: NodeJS.ProcessEnv = process.env, program: string = fileURLToPath(import.meta.url)): string {
  const chosen = environment['TRIAD_BUNDLES'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const own = dirname(program);
  const usual = join(own, '..', '..', 'resources', 'redis');
  const above = ['..', join('..', '..', '..')].map((path) => join(own, path, 'resources', 'redis'));
  const places = [usual, join(own, 'redis'), join(own, '..', 'redis'), join(own, 'resources', 'redis'), ...above];
  return places.find((place) => existsSync(join(place, 'catalogue.json'))) ?? usual;
}
