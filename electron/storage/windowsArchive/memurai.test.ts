import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { FailureError } from '../../shared/domain/failure.ts';
import { licencePartOf, type WindowsCatalogue } from '../../shared/domain/windowsArchive.ts';
import { aboutArchive } from '../../shared/messages/aboutArchive.ts';
import { isArchivePath } from './archivePath.ts';
import { windowsArchiveIn, type ReadWindowsArchive } from './readWindowsArchive.ts';
import { MADE_MEMURAI, makeMemurai, makePe, makeZip, memuraiFiles, type MadeEntry } from './testing/windowsArchives.ts';

const catalogue: WindowsCatalogue = { schemaVersion: 1, about: 'of a test', oldest: '7.0.15', releases: [] };
const read = (bytes: Uint8Array, file = 'Memurai.zip', version?: string, hint?: string): ReadWindowsArchive =>
  windowsArchiveIn(bytes, file, { catalogue, version, hint });

/** The version that was found, or the code of the refusal with its reason. */
function outcome(bytes: Uint8Array, file?: string, version?: string, hint?: string): string {
  try {
    return read(bytes, file, version, hint).archive.version;
  } catch (error) {
    if (!(error instanceof FailureError)) return `threw ${String(error)}`;
    const { code, values } = error.failure;
    return [code, ...['name', 'observed', 'reason', 'wanted'].flatMap((key) => values[key] ?? [])].join(' ');
  }
}

/** The program folder with some files changed, added, or, for null, taken away. */
function changed(files: Readonly<Record<string, Uint8Array | null>>): Buffer {
  const all = new Map(memuraiFiles());
  for (const [name, content] of Object.entries(files)) {
    if (content === null) all.delete(name);
    else all.set(name, content);
  }
  return makeMemurai('Memurai/', all);
}

const TAKEN = ['memurai.exe', 'memurai-cli.exe', 'memurai-core.dll', 'libssl-3.dll', 'license.lic', 'license.rtf', 'loaded-by-name.dll'];
const STAYS = ['Release-Notes.txt', 'install.bat', 'installer.dll', 'memurai-check-aof.exe', 'memurai.conf'];

test('the program folder gives server, client, libraries and licence files, and names what stays behind', () => {
  const bytes = makeMemurai();
  const { archive, programs } = read(bytes);
  expect(archive).toMatchObject({
    distribution: 'memurai',
    version: MADE_MEMURAI.redis,
    productVersion: MADE_MEMURAI.product,
    licence: 'LicenseRef-Memurai',
    isListed: false,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(archive.files.map(({ name }) => name)).toEqual(TAKEN);
  expect(archive.leftOut).toEqual(STAYS);
  const [server] = programs;
  expect(Buffer.from(server?.bytes ?? [])).toEqual(memuraiFiles().get('memurai.exe'));
});

test.each(['', 'tools/', 'Program Files/Memurai/'])('it is found in "%s", beside what an installer or a package has besides', (folder) => {
  const own = [...memuraiFiles()].map(([name, content]): MadeEntry => ({ name: `${folder}${name}`, content }));
  const others = ['[Content_Types].xml', '_rels/.rels', 'MemuraiDeveloper.nuspec', 'tools/x64/memurai-core.dll', 'Memurai.msi'];
  const { archive } = read(makeZip([...own, ...others.map((name) => ({ name }))]));
  expect(archive.files.map(({ name }) => name)).toEqual(TAKEN);
  expect(archive.leftOut).toEqual(expect.arrayContaining([...STAYS, 'MemuraiDeveloper.nuspec', '[Content_Types].xml']));
  expect(archive.leftOut).toHaveLength(STAYS.length + others.length);
});

test('nothing that was kept beside the programs is taken along: no key of TLS, no data, no configuration', () => {
  const kept = ['redis.key', 'server.pfx', 'dump.rdb', 'memurai-log.txt', 'users.acl'];
  const { archive } = read(changed(Object.fromEntries(kept.map((name) => [name, Buffer.from('x')]))));
  expect(archive.files.map(({ name }) => name)).toEqual(TAKEN);
  expect(archive.leftOut).toEqual(expect.arrayContaining(kept));
});

test('without a licence file it is taken as well: older ones need none, and how it is called is not known for sure', () => {
  const { archive } = read(changed({ 'license.lic': null, 'License.rtf': null }));
  expect(archive.files.map(({ name }) => name)).toEqual(TAKEN.filter((name) => !name.startsWith('license')));
});

test('a licence file with a blank in its name is refused by it: on the servers nothing would start without it', () => {
  expect(outcome(changed({ 'license.lic': null, 'My Company.lic': Buffer.from('x') }))).toContain(
    'its licence file "My Company.lic" has a character',
  );
  // An agreement is not needed there, and one in another folder is not Memurai's.
  const text = Buffer.from('x');
  const { archive } = read(changed({ 'License Agreement.rtf': text, 'other/My Company.lic': text, 'LicenseManager.exe': text }));
  expect(archive.files.map(({ name }) => name)).toEqual(TAKEN);
  expect(archive.leftOut).toEqual(expect.arrayContaining(['License Agreement.rtf', 'LicenseManager.exe', 'other/My Company.lic']));
});

test.each<readonly [name: string, expected: string | null]>([
  ['memurai.lic', 'file'],
  ['LICENSE.LIC', 'file'],
  ['license.dat', 'file'],
  ['License.rtf', 'agreement'],
  ['licence.TXT', 'agreement'],
  ['license.htm', 'agreement'],
  ['License.pdf', 'agreement'],
  ['LICENSE', 'agreement'],
  ['LicenseManager.exe', null],
  ['licensing.dll', null],
  ['redis.key', null],
])('%s is of a licence: %s', (name, expected) => {
  expect(licencePartOf(name)).toBe(expected);
});

test.each<readonly [kept: string, code: string]>([
  ['license.lic', 'windowsArchive.memurai.licenceFiles'],
  ['License.rtf', 'windowsArchive.memurai.noLicenceFile'],
])('with %s alone, what is said of the licence file is %s', (kept, code) => {
  const { archive } = read(changed({ 'license.lic': null, 'License.rtf': null, [kept]: Buffer.from('x') }));
  expect(aboutArchive(archive).map((one) => one.code)).toContain(code);
});

describe('what is not whole is refused with the reason:', () => {
  const server = memuraiFiles().get('memurai.exe') ?? new Uint8Array();
  it.each<readonly [what: string, bytes: Uint8Array, outcome: string]>([
    ['no client', changed({ 'memurai-cli.exe': null }), 'bundle.windows.missing memurai-cli.exe'],
    [
      'a server of 32 bits',
      changed({ 'memurai.exe': makePe({ machine: 0x01_4c }) }),
      'bundle.windows.wrongMachine memurai.exe x86, program',
    ],
    [
      'a library that it is linked with, for ARM',
      changed({ 'libssl-3.dll': makePe({ machine: 0xaa_64, kind: 'library' }) }),
      'bundle.windows.wrongMachine libssl-3.dll arm64, library',
    ],
    [
      'a text in the place of the server',
      changed({ 'memurai.exe': Buffer.from('@echo off') }),
      'bundle.windows.wrongMachine memurai.exe no program of Windows',
    ],
    [
      'two servers',
      makeZip(['one', 'two'].map((folder) => ({ name: `${folder}/memurai.exe`, content: server }))),
      'bundle.windows.refused there is more than one memurai.exe in it, and which is meant is not for Triad to guess',
    ],
    ['a way out', makeZip([{ name: '../memurai.exe', content: server }]), 'bundle.windows.unsafe a name that could lead out of a folder'],
  ])('%s', (_, bytes, expected) => {
    expect(outcome(bytes)).toBe(expected);
  });
});

describe('the Redis that it is like', () => {
  const untold = 'bundle.windows.refused it is Memurai, and memurai.exe does not tell of which Redis';
  it.each<readonly [told: readonly string[], file: string, wanted: string | undefined, outcome: string]>([
    [['7.4.9'], 'Memurai.zip', undefined, '7.4.9'],
    // What alone stands in the program counts more than any name.
    [['7.4.9'], 'Memurai-redis-7.2.5.zip', undefined, '7.4.9'],
    [['7.4.9'], 'Memurai.zip', '8.2.1', 'bundle.windows.otherVersion 8.2.1'],
    [['7.4.9', '7.2.5'], 'Memurai.zip', '7.2.5', '7.2.5'],
    [['7.4.9', '7.2.5'], 'Memurai-redis-7.4.9.zip', undefined, '7.4.9'],
    [['7.4.9', '7.2.5'], 'Memurai.zip', '7.0.15', untold],
    [['7.4.9', '7.2.5'], 'Memurai.zip', undefined, untold],
    [[], 'Memurai.zip', undefined, untold],
    [[], 'Memurai-redis-7.4.9.nupkg', undefined, '7.4.9'],
    [[], 'Memurai.zip', '7.4.9', '7.4.9'],
    [['x7.4.9', '7.4.9.1', '17.4.9', '5.0.14', '3.0.13'], 'Memurai.zip', '7.2.5', '7.2.5'],
    [['6.2.14'], 'Memurai.zip', undefined, 'bundle.windows.tooOld'],
  ])('is told by %j in the program, %s and %s wanted: %s', (told, file, wanted, expected) => {
    expect(outcome(makeMemurai('Memurai/', memuraiFiles(told)), file, wanted).slice(0, expected.length)).toBe(expected);
  });
});

test.each<readonly [told: readonly string[], file: string, hint: string, outcome: string]>([
  [[], 'redis-windows.zip', '7.4.9', '7.4.9'],
  [['7.4.9', '7.2.5'], 'redis-windows.zip', '7.2.5', '7.2.5'],
  [['7.4.9', '7.2.5'], 'redis-windows.zip', '7.0.15', 'bundle.windows.refused'],
  // It settles what is open, and refuses nothing: what the program or the name says counts more.
  [['7.4.9'], 'redis-windows.zip', '8.2.1', '7.4.9'],
  [[], 'Memurai-redis-7.4.9.zip', '8.2.1', '7.4.9'],
])('where %j is told in the program, and the file is called %s, the hint %s makes it %s', (told, file, hint, expected) => {
  expect(outcome(makeMemurai('Memurai/', memuraiFiles(told)), file, undefined, hint).slice(0, expected.length)).toBe(expected);
});

test.each<readonly [path: string, isOne: boolean]>([
  ['Program Files/Memurai/memurai.exe', true],
  ['[Content_Types].xml', true],
  ['_rels/.rels', true],
  ['a/../b', false],
  ['./a', false],
  ['/a', false],
  ['a//b', false],
  ['a\\b', false],
  ['C:/a', false],
  ['a.', false],
  ['a ', false],
  [' a', false],
  ['a\nb', false],
  ['a*b', false],
  ['', false],
  ['a'.repeat(201), false],
])('%j in an archive: %s', (path, isOne) => {
  expect(isArchivePath(path)).toBe(isOne);
});
