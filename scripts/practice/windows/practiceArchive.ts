import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { findBuild, ServerCatalogue } from '../../../electron/shared/domain/catalogue.ts';
import { ensureBundle, resourcesFolder } from '../../redis/ensureBundle.ts';
import { buildOnce, recipeHash } from '../baseSystem.ts';
import type { Progress } from '../hostTools.ts';
import { PracticeError } from '../practiceError.ts';
import { compileRedisPrograms, ensureCompiler, programSources } from './windowsLayer.ts';

/** A zip in the form of the releases of redis-windows. */
export interface PracticeArchive {
  readonly file: string;
  readonly sha256: string;
  readonly version: string;
}

// As in the msys2 zips of redis-windows. All .exe files are one program, which looks at its own name; all .dll files are one library.
const programs = ['redis-server', 'redis-cli', 'redis-sentinel', 'redis-benchmark', 'redis-check-aof', 'redis-check-rdb'];
const libraries = ['msys-2.0', 'msys-crypto-3', 'msys-ssl-3', 'msys-gcc_s-seh-1', 'msys-stdc++-6'];
const texts: Readonly<Record<string, string>> = {
  'redis.conf': '# Practice only.\nbind 127.0.0.1\nport 6379\n',
  'sentinel.conf': '# Practice only.\nport 26379\n',
  'start.bat': 'redis-server.exe redis.conf\r\n',
  'README.md':
    '# Practice only\nThese programs are stand-ins: they start the Linux programs of the same version on a practice Windows server, and nothing elsewhere.\n',
};

const packing = 2;
/** The earliest moment that a zip can hold, so that the same parts give the same bytes. */
const fixedMoment = new Date(1980, 0, 1);

/** The version that a practice archive has where nobody says another: the one that Triad installs on Linux servers, so that mixed sets have one version. */
export function defaultArchiveVersion(): string {
  return catalogue().default.version;
}

/** The archive of one version, made once and then found in the cache. Its bytes depend on nothing but the sources and the compiler. */
export async function preparePracticeArchive(progress: Progress, version = defaultArchiveVersion()): Promise<PracticeArchive> {
  await ensureLinuxPrograms(version, progress);
  await ensureCompiler(progress);
  const name = `Redis-${version}-Windows-x64-msys2`;
  const key = `windows-redis-${version}-${recipeHash([packing.toString(), JSON.stringify(texts), ...programs, ...libraries, ...programSources()])}`;
  const built = await buildOnce(key, `the practice archive of Redis ${version} for Windows`, async (target) => {
    writeFileSync(join(target, `${name}.zip`), await makeArchive(name, version, join(target, 'programs')));
  });
  const file = join(built.folder, `${name}.zip`);
  return { file, version, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

/** Makes sure that the Linux programs are there which the archive's programs start. */
async function ensureLinuxPrograms(version: string, progress: Progress): Promise<void> {
  const found = findBuild(catalogue(), { engine: 'redis', version, platform: 'linux-x64' });
  if (found?.built !== 'here')
    throw new PracticeError(`There is no Redis ${version} to put behind a practice archive: take one that "npm run redis" makes.`);
  await ensureBundle(found, progress);
}

async function makeArchive(top: string, version: string, folder: string): Promise<Uint8Array> {
  mkdirSync(folder);
  await compileRedisPrograms(version, folder);
  const program = readFileSync(join(folder, 'redis-server.exe'));
  const library = readFileSync(join(folder, 'msys-2.0.dll'));
  const files: Zippable = {};
  const add = (name: string, bytes: Uint8Array): void => {
    files[`${top}/${name}`] = [bytes, { mtime: fixedMoment, level: 6 }];
  };
  for (const name of programs) add(`${name}.exe`, program);
  for (const name of libraries) add(`${name}.dll`, library);
  for (const [name, text] of Object.entries(texts)) add(name, Buffer.from(text));
  rmSync(folder, { recursive: true });
  return zipSync(files);
}

function catalogue(): ServerCatalogue {
  return ServerCatalogue.parse(JSON.parse(readFileSync(join(resourcesFolder, 'catalogue.json'), 'utf8')));
}
