import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { findBuild, ServerCatalogue } from '../../../electron/shared/domain/catalogue.ts';
import { ensureBundle, resourcesFolder } from '../../redis/ensureBundle.ts';
import { buildOnce, recipeHash } from '../baseSystem.ts';
import type { Progress } from '../hostTools.ts';
import { PracticeError } from '../practiceError.ts';
import { practiceMemuraiVersion } from './host/redisPrograms.ts';
import { compileMemuraiPrograms, compileRedisPrograms, ensureCompiler, memuraiLibrary, programSources } from './windowsLayer.ts';

/** A zip with Redis for Windows, as an admin brings one. */
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

// As in the program folder of Memurai. All .exe files are one program, which looks at its own name.
const memuraiFolder = 'Memurai';
const memuraiPrograms = ['memurai', 'memurai-cli', 'memurai-check-aof', 'memurai-check-rdb'];
const memuraiTexts: Readonly<Record<string, string>> = {
  'memurai.conf': '# Practice only.\nport 6379\n',
  'license.lic': 'Practice only: without this file beside it the stand-in for Memurai does not start.\n',
  'Release-Notes.txt': 'Practice only: stand-ins that start the Linux Redis.\n',
  'install-service.bat': 'memurai.exe --service-install memurai.conf\r\n',
};

const packing = 2;
/** The earliest moment that a zip can hold, so that the same parts give the same bytes. */
const fixedMoment = new Date(1980, 0, 1);

/** The version that a practice archive has where nobody says another: the one that Triad installs on Linux servers, so that mixed sets have one version. */
export function defaultArchiveVersion(): string {
  return catalogue().default.version;
}

/**
 * The archive of one version in the form of the releases of redis-windows, made once and then found in the cache. Its bytes depend on nothing but the sources
 * and the compiler.
 */
export async function preparePracticeArchive(progress: Progress, version = defaultArchiveVersion()): Promise<PracticeArchive> {
  return prepare(progress, version, {
    name: `Redis-${version}-Windows-x64-msys2`,
    recipe: ['windows-redis', JSON.stringify(texts), ...programs, ...libraries],
    make: makeArchive,
  });
}

/** The same for a program folder of Memurai with its licence file; `version` is that of the Redis behind it. */
export async function preparePracticeMemurai(progress: Progress, version = defaultArchiveVersion()): Promise<PracticeArchive> {
  return prepare(progress, version, {
    name: `Memurai-${practiceMemuraiVersion}`,
    recipe: ['windows-memurai', practiceMemuraiVersion, JSON.stringify(memuraiTexts), ...memuraiPrograms],
    make: makeMemurai,
  });
}

/** What differs between the two kinds of archive. */
interface ArchiveForm {
  /** Of the file, without `.zip`. */
  readonly name: string;
  /** What decides which bytes come out, beside the programs' sources; the first names the kind. */
  readonly recipe: readonly [kind: string, ...string[]];
  /** Compiles in an empty folder, and says what goes into the zip. */
  readonly make: (name: string, version: string, folder: string) => Promise<ReadonlyMap<string, Uint8Array>>;
}

async function prepare(progress: Progress, version: string, { name, recipe, make }: ArchiveForm): Promise<PracticeArchive> {
  await ensureLinuxPrograms(version, progress);
  await ensureCompiler(progress);
  const [kind, ...rest] = recipe;
  const key = `${kind}-${version}-${recipeHash([packing.toString(), ...rest, ...programSources()])}`;
  const built = await buildOnce(key, `the practice archive of Redis ${version} for Windows (${name})`, async (target) => {
    const folder = join(target, 'programs');
    mkdirSync(folder);
    writeFileSync(join(target, `${name}.zip`), packed(await make(name, version, folder)));
    rmSync(folder, { recursive: true });
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

async function makeArchive(top: string, version: string, folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  await compileRedisPrograms(version, folder);
  const program = readFileSync(join(folder, 'redis-server.exe'));
  const library = readFileSync(join(folder, 'msys-2.0.dll'));
  return inFolder(top, [
    ...programs.map((name): File => [`${name}.exe`, program]),
    ...libraries.map((name): File => [`${name}.dll`, library]),
    ...textFiles(texts),
  ]);
}

async function makeMemurai(_: string, version: string, folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  await compileMemuraiPrograms(version, folder);
  const program = readFileSync(join(folder, 'memurai.exe'));
  return inFolder(memuraiFolder, [
    ...memuraiPrograms.map((name): File => [`${name}.exe`, program]),
    [memuraiLibrary, readFileSync(join(folder, memuraiLibrary))],
    ...textFiles(memuraiTexts),
  ]);
}

type File = readonly [name: string, bytes: Uint8Array];

function textFiles(files: Readonly<Record<string, string>>): readonly File[] {
  return Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]);
}

function inFolder(top: string, files: readonly File[]): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map(([name, bytes]) => [`${top}/${name}`, bytes]));
}

function packed(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(
    Object.fromEntries([...files].map(([path, bytes]): [string, Zippable[string]] => [path, [bytes, { mtime: fixedMoment, level: 6 }]])),
  );
}

function catalogue(): ServerCatalogue {
  return ServerCatalogue.parse(JSON.parse(readFileSync(join(resourcesFolder, 'catalogue.json'), 'utf8')));
}
