// Builds triad-service.exe with Debian's mingw-w64, every time to the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTools, type Progress } from '../practice/hostTools.ts';
import { mustRun } from '../practice/runCommand.ts';
import { BuildError } from '../redis/buildError.ts';

/** Where the helper's source, licence, record and build lie. */
export const helperFolder = fileURLToPath(new URL('../../resources/windows-service', import.meta.url));

/** The program that is uploaded to Windows servers; `ensureHelper` makes it. */
export const helperFile = join(helperFolder, 'build', 'triad-service.exe');

/** The committed file with the program's SHA-256, and of what and by what it was built. */
export const recordFile = join(helperFolder, 'triad-service.sha256');

const sourceFolder = join(helperFolder, 'source');
const stampFile = join(helperFolder, 'build', 'source.sha256');
const compiler = 'x86_64-w64-mingw32-gcc';
const compilerPackage = 'gcc-mingw-w64-x86-64';

const warnings = [
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wshadow',
  '-Wvla',
  '-Wformat=2',
  '-Wundef',
  '-Wstrict-prototypes',
  '-Wmissing-prototypes',
];
const hardening = ['-D_FORTIFY_SOURCE=2', '-fstack-protector-strong', '-Wl,--dynamicbase,--nxcompat,--high-entropy-va'];
/** Neither times nor folders of the building machine, and nothing that has to be installed beside the program. */
const sameEverywhere = ['-Wl,--no-insert-timestamp', '-static', '-s'];
/** Only what every process of Windows has at hand already (its KnownDLLs): any other would be looked for beside the program first. */
const libraries = ['-lws2_32', '-ladvapi32', '-lpsapi', '-lntdll'];

/** What a build was made of and by. */
export interface HelperRecord {
  /** Of triad-service.exe, lower-case hex. */
  readonly sha256: string;
  /** Of all source files with their names and the compiler's options. */
  readonly sourceSha256: string;
  /** What the compiler says of itself, with the version of its Debian package. */
  readonly compiler: string;
}

/** Installs the compiler with apt-get where it is missing. */
export function ensureCompiler(progress: Progress): Promise<void> {
  return ensureTools('Building the Windows helper needs', { [compiler]: compilerPackage }, progress);
}

function sourceNames(): readonly string[] {
  return readdirSync(sourceFolder)
    .filter((name) => /\.[ch]$/u.test(name))
    .toSorted();
}

/** Names the state of the source and of the options. */
export function sourceSha256(): string {
  const hash = createHash('sha256').update(JSON.stringify(compileOptions([])));
  for (const name of sourceNames()) hash.update(`\n${name}\n`).update(readFileSync(join(sourceFolder, name)));
  return hash.digest('hex');
}

function compileOptions(extra: readonly string[]): readonly string[] {
  return ['-std=gnu17', '-municode', '-O2', '-D_WIN32_WINNT=0x0A00', ...warnings, ...hardening, ...sameEverywhere, ...extra];
}

/** Compiles the helper out of `folder` (source files) into `target`. A PracticeError carries the compiler's last words. */
export async function compileHelper(target: string, folder = sourceFolder): Promise<void> {
  const files = sourceNames()
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name));
  const options = compileOptions([`-ffile-prefix-map=${folder}=source`]);
  await mustRun('compile the Windows helper', compiler, [...options, ...files, '-o', target, ...libraries], {
    env: { SOURCE_DATE_EPOCH: '0', TZ: 'UTC' },
  });
}

/** Compiles one C file of a test, for Wine. `unicode` where it has wmain. */
export async function compileForTest(source: string, target: string, unicode: boolean): Promise<void> {
  const options = ['-std=gnu17', '-O1', '-Wall', '-Wextra', '-static', '-s', ...(unicode ? ['-municode'] : [])];
  await mustRun(`compile ${source}`, compiler, [...options, source, '-o', target, '-lws2_32']);
}

/** SHA-256 of a file, lower-case hex. */
export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function compilerVersion(): Promise<string> {
  const said = (await mustRun('ask the compiler for its version', compiler, ['--version'])).split('\n')[0] ?? '';
  const version = await mustRun('ask for the version of the compiler', 'dpkg-query', ['-W', '-f', '${Version}', compilerPackage]);
  return `${said.trim()}, Debian ${compilerPackage} ${version.trim()}`;
}

/** What the committed record says. A BuildError names what is wrong with it. */
export function readRecord(): HelperRecord {
  const text = existsSync(recordFile) ? readFileSync(recordFile, 'utf8') : '';
  const found = /^# compiler: (?<by>.+)\n# source: (?<source>[0-9a-f]{64})\n(?<exe>[0-9a-f]{64}) {2}triad-service\.exe\n$/u.exec(text);
  const { by, source, exe } = found?.groups ?? {};
  if (by === undefined || source === undefined || exe === undefined)
    throw new BuildError(`${recordFile} is not a record of a build: run "npm run windows-service -- record".`);
  return { sha256: exe, sourceSha256: source, compiler: by };
}

/** Two builds in folders of different length; a BuildError says when they differ. */
export async function buildTwice(progress: Progress): Promise<HelperRecord> {
  await ensureCompiler(progress);
  const scratch = mkdtempSync(join(tmpdir(), 'triad-service-'));
  try {
    const hashes: string[] = [];
    for (const name of ['first', join('second', 'in-a-folder-with-a-longer-name')]) {
      const folder = join(scratch, name);
      await cp(sourceFolder, join(folder, 'source'), { recursive: true });
      const target = join(folder, 'triad-service.exe');
      await compileHelper(target, join(folder, 'source'));
      hashes.push(sha256Of(target));
    }
    const [sha256 = '', second] = hashes;
    if (sha256 !== second) throw new BuildError(`Two builds of the Windows helper differ: ${sha256} and ${second ?? 'none'}.`);
    return { sha256, sourceSha256: sourceSha256(), compiler: await compilerVersion() };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes the record of a build. */
export function writeRecord(record: HelperRecord): void {
  const text = `# compiler: ${record.compiler}\n# source: ${record.sourceSha256}\n${record.sha256}  triad-service.exe\n`;
  writeFileSync(recordFile, text);
}

/** What differs between a fresh build and the record, as sentences; empty when the bytes are equal. */
export function differences(made: HelperRecord, recorded: HelperRecord): readonly string[] {
  if (made.sha256 === recorded.sha256) return [];
  if (made.sourceSha256 !== recorded.sourceSha256) return ['The source or the options changed since the record was written.'];
  if (made.compiler !== recorded.compiler) return [`The record is of another compiler: ${recorded.compiler}; here is ${made.compiler}.`];
  return [`The same source and the same compiler made other bytes: ${made.sha256}, recorded ${recorded.sha256}.`];
}

/** Why a program may not be shipped, as a sentence; null for the one whose SHA-256 is recorded. For machines that cannot build it. */
export function shippingFault(file: string, record: Pick<HelperRecord, 'sha256'>): string | null {
  if (!existsSync(file)) return 'resources/windows-service has no program: build it on Linux and copy it here.';
  const made = sha256Of(file);
  return made === record.sha256
    ? null
    : `The program for Windows servers is another one than was recorded: ${made}, recorded ${record.sha256}.`;
}

/** Makes sure that `helperFile` is there and is built of the source as it stands. */
export async function ensureHelper(progress: Progress): Promise<string> {
  const state = sourceSha256();
  if (existsSync(helperFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === `${state} ${sha256Of(helperFile)}\n`)
    return helperFile;
  await ensureCompiler(progress);
  progress('Building the Windows helper.');
  mkdirSync(join(helperFolder, 'build'), { recursive: true });
  // Beside its place and with a name of its own: another process may be building, too.
  const unfinished = `${helperFile}.${process.pid}`;
  try {
    await compileHelper(unfinished);
    renameSync(unfinished, helperFile);
  } finally {
    rmSync(unfinished, { force: true });
  }
  writeFileSync(stampFile, `${state} ${sha256Of(helperFile)}\n`);
  return helperFile;
}

/** As `ensureHelper`, and a BuildError when the program is not the recorded one: only that one may be shipped. */
export async function ensureRecordedHelper(progress: Progress): Promise<string> {
  const file = await ensureHelper(progress);
  const made = { sha256: sha256Of(file), sourceSha256: sourceSha256(), compiler: await compilerVersion() };
  const faults = differences(made, readRecord());
  if (faults.length > 0) throw new BuildError(faults.join(' '));
  return file;
}
