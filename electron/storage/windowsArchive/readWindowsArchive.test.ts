import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { FailureError } from '../../shared/domain/failure.ts';
import { WINDOWS_ARCHIVE_LIMITS, type WindowsCatalogue } from '../../shared/domain/windowsArchive.ts';
import { loadWindowsCatalogue, readWindowsArchive, windowsArchiveIn, type ReadWindowsArchive } from './readWindowsArchive.ts';
import { makePe, makeRelease, makeZip, releaseFiles, releaseFolder, type MadeEntry } from './testing/windowsArchives.ts';
import { windowsBundleOf } from './windowsBundle.ts';

const VERSION = '8.2.1';
const catalogue: WindowsCatalogue = { schemaVersion: 1, about: 'of a test', oldest: '7.0.15', releases: [] };
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function written(bytes: Uint8Array, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-windows-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

async function read(bytes: Uint8Array, name = `${releaseFolder(VERSION)}.zip`, version?: string): Promise<ReadWindowsArchive> {
  return readWindowsArchive(await written(bytes, name), { catalogue, version });
}

/** How something ended: `accepted`, or the code of the failure and what it says of the part and the reason. */
async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: unknown) => {
      if (!(error instanceof FailureError)) return `threw ${String(error)}`;
      const { code, values } = error.failure;
      const said = ['part', 'name', 'kind', 'observed', 'reason'].flatMap((key) => values[key] ?? []).join(': ');
      return `${code} ${said}`.trim();
    },
  );
}

/** A release with some files changed, added, or, for null, taken away. */
function changed(files: Readonly<Record<string, Uint8Array | null>>): Buffer {
  const all = new Map(releaseFiles(VERSION));
  for (const [name, content] of Object.entries(files)) {
    if (content === null) all.delete(name);
    else all.set(name, content);
  }
  return makeRelease(VERSION, all);
}

describe('a release', () => {
  it('gives the two programs and the libraries that they need, and names what stays behind', async () => {
    const bytes = makeRelease(VERSION);
    const { archive, programs } = await read(bytes);
    expect(archive).toEqual({
      name: `${releaseFolder(VERSION)}.zip`,
      sizeBytes: bytes.length,
      sha256: sha256Of(bytes),
      distribution: 'redis-windows',
      version: VERSION,
      productVersion: null,
      licence: 'LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only',
      isListed: false,
      files: programs.map((program) => ({ name: program.name, sizeBytes: program.bytes.length, sha256: sha256Of(program.bytes) })),
      leftOut: ['README.md', 'redis.conf', 'start.bat'],
    });
    expect(programs.map(({ name }) => name)).toEqual([
      'redis-server.exe',
      'redis-cli.exe',
      'msys-2.0.dll',
      'msys-crypto-3.dll',
      'msys-ssl-3.dll',
    ]);
    for (const { name, bytes: program } of programs) expect(Buffer.from(program)).toEqual(releaseFiles(VERSION).get(name));
  });

  it('leaves the service program of the other package out, and its libraries', async () => {
    const files = { 'RedisService.exe': makePe({ imports: ['mscoree.dll'] }), 'aspnetcorev2.dll': makePe({ kind: 'library' }) };
    const { archive } = await read(changed(files));
    expect(archive.leftOut).toEqual(['README.md', 'RedisService.exe', 'aspnetcorev2.dll', 'redis.conf', 'start.bat']);
    expect(archive.files).toHaveLength(5);
  });

  it('takes a library that a program is linked with, and what that one needs', async () => {
    const server = makePe({ imports: ['msys-2.0.dll', 'Other.dll'], text: VERSION });
    const library = makePe({ kind: 'library', imports: ['third.dll'] });
    const { archive } = await read(
      changed({ 'redis-server.exe': server, 'other.dll': library, 'third.dll': makePe({ kind: 'library' }), 'fourth.dll': library }),
    );
    expect(archive.files.map(({ name }) => name)).toEqual(expect.arrayContaining(['other.dll', 'third.dll']));
    expect(archive.leftOut).toContain('fourth.dll');
  });

  it('may be called otherwise, and packed by another program, as long as its folder names the version', async () => {
    const files = Object.fromEntries([...releaseFiles(VERSION)].map(([name, content]) => [`${releaseFolder(VERSION)}/${name}`, content]));
    expect((await read(zipSync(files), 'download (1).zip')).archive.version).toBe(VERSION);
    const renamed = Object.fromEntries([...releaseFiles(VERSION)].map(([name, content]) => [`redis/${name}`, content]));
    expect((await read(zipSync(renamed), `Redis-${VERSION}-Windows-x64-msys2-with-Service.zip`)).archive.version).toBe(VERSION);
  });

  it('is known by its hash where the list has it, under its own version only', async () => {
    const bytes = makeRelease(VERSION);
    const file = await written(bytes, `${releaseFolder(VERSION)}.zip`);
    const listed = { version: VERSION, file: 'a.zip', sha256: sha256Of(bytes), source: 'https://example.net/' };
    const under = async (releases: WindowsCatalogue['releases']): Promise<boolean> =>
      (await readWindowsArchive(file, { catalogue: { ...catalogue, releases }, version: VERSION })).archive.isListed;
    expect(await under([listed])).toBe(true);
    expect(await under([{ ...listed, version: '8.2.2' }])).toBe(false);
    expect(await under([{ ...listed, sha256: sha256Of(Buffer.from('other')) }])).toBe(false);
  });
});

const SERVER = makePe({ imports: ['msys-2.0.dll'], text: VERSION });
const ROOT = releaseFolder(VERSION);
const whole: readonly MadeEntry[] = [...releaseFiles(VERSION)].map(([name, content]) => ({ name: `${ROOT}/${name}`, content }));
const andMore = (...more: readonly MadeEntry[]): Buffer => makeZip([...whole, ...more]);
const NOTHING: readonly [Uint8Array, Uint8Array] = [Buffer.alloc(0), Buffer.alloc(0)];
const UNICODE_PATH = Buffer.from('757005000100000000', 'hex');
const ZIP64 = Buffer.from('0100080000000000000000000000', 'hex').subarray(0, 12);
const zeros = Buffer.alloc(8 * 1024 ** 2);

describe('a hostile archive is refused:', () => {
  it.each<readonly [what: string, bytes: Uint8Array, outcome: string]>([
    ['a way out', andMore({ name: `${ROOT}/../evil.dll` }), 'a name that could lead out of a folder'],
    ['an absolute name', andMore({ name: '/etc/passwd' }), 'a name that could lead out of a folder'],
    ['a drive', andMore({ name: 'C:/evil.dll' }), 'a name that could lead out of a folder'],
    ['a drive without slash', andMore({ name: 'C:evil.dll' }), 'a name that could lead out of a folder'],
    ['a share', andMore({ name: '//server/share/evil.dll' }), 'a name that could lead out of a folder'],
    ['backslashes', andMore({ name: `${ROOT}\\..\\evil.dll` }), 'a name that could lead out of a folder'],
    ['one backslash', andMore({ name: `${ROOT}\\evil.dll` }), 'a name that could lead out of a folder'],
    ['a stream of NTFS', andMore({ name: `${ROOT}/redis-server.exe:evil` }), 'a name that could lead out of a folder'],
    ['a dot at the end', andMore({ name: `${ROOT}/redis-server.exe.` }), 'a name that could lead out of a folder'],
    ['a blank at the end', andMore({ name: `${ROOT}/redis-server.exe ` }), 'a name that could lead out of a folder'],
    ['a zero byte', andMore({ name: `${ROOT}/redis-server.exe\0.txt` }), 'a name that could lead out of a folder'],
    ['a folder that leads out', andMore({ name: `${ROOT}/../` }), 'a name that could lead out of a folder'],
    ['an empty name', andMore({ name: '' }), 'a name that could lead out of a folder'],
    ['a link', andMore({ name: `${ROOT}/link`, attributes: 0o120_777 * 0x1_0000 }), 'a link, a volume or a device'],
    ['a device', andMore({ name: `${ROOT}/device`, attributes: 0o020_600 * 0x1_0000 }), 'a link, a volume or a device'],
    [
      'a folder that says it is a file',
      andMore({ name: `${ROOT}/sub/`, attributes: 0o100_644 * 0x1_0000 }),
      'a link, a volume or a device',
    ],
    ['a file that says it is a folder', andMore({ name: `${ROOT}/sub`, attributes: 0x10, madeBy: 0 }), 'a link, a volume or a device'],
    ['a folder with content', andMore({ name: `${ROOT}/sub/`, content: Buffer.from('x') }), 'a link, a volume or a device'],
    ['a volume', andMore({ name: `${ROOT}/volume`, attributes: 0x08, madeBy: 0 }), 'a link, a volume or a device'],
    ['the same name twice', andMore({ name: `${ROOT}/redis-server.exe`, content: SERVER }), 'the same name twice'],
    ['two names that Windows takes for one', andMore({ name: `${ROOT}/REDIS-SERVER.EXE`, content: SERVER }), 'the same name twice'],
    ['a folder called like a file', andMore({ name: `${ROOT}/redis-server.exe/` }), 'the same name twice'],
    ['encrypted', andMore({ name: `${ROOT}/secret`, flags: 1 }), 'it is encrypted'],
    ['sizes behind the content', andMore({ name: `${ROOT}/stream`, flags: 8 }), 'packed in a way that no release is'],
    ['another compression', andMore({ name: `${ROOT}/lzma`, method: 14 }), 'packed in a way that no release is'],
    [
      'too many',
      makeZip(Array.from({ length: WINDOWS_ARCHIVE_LIMITS.parts + 1 }, (_, index) => ({ name: `${ROOT}/${index}` }))),
      '201 parts, more than 200',
    ],
    ['a large part', andMore({ name: `${ROOT}/large`, sizeBytes: WINDOWS_ARCHIVE_LIMITS.partBytes + 1 }), 'more than 200 MiB'],
    [
      'large together',
      andMore(
        { name: `${ROOT}/one`, sizeBytes: WINDOWS_ARCHIVE_LIMITS.partBytes, packed: Buffer.alloc(2 * 1024 ** 2) },
        { name: `${ROOT}/two`, sizeBytes: WINDOWS_ARCHIVE_LIMITS.partBytes },
      ),
      'more than 300 MiB',
    ],
    ['a bomb that says so', andMore({ name: `${ROOT}/bomb`, content: zeros }), 'it unpacks to far more than it should'],
    [
      'a bomb that lies',
      andMore({ name: `${ROOT}/bomb`, content: zeros.subarray(0, 9), packed: deflateRawSync(zeros) }),
      'its content is not the one that was packed',
    ],
    ['another name before the content', andMore({ name: `${ROOT}/one`, localName: `${ROOT}/two` }), 'its parts do not lie'],
    ['a second name in Unicode', andMore({ name: `${ROOT}/one`, extra: [NOTHING[0], UNICODE_PATH] }), 'its parts do not lie'],
    ['sizes of zip64', andMore({ name: `${ROOT}/one`, extra: [ZIP64, ZIP64] }), 'its parts do not lie'],
    [
      'a broken extra field',
      andMore({ name: `${ROOT}/one`, extra: [Buffer.from('5554ff0000', 'hex'), NOTHING[1]] }),
      'its parts do not lie',
    ],
    [
      'something before it',
      Buffer.concat([makeZip([]).subarray(0, 0), Buffer.from('PK\u{3}\u{4}'), makeRelease(VERSION)]),
      'its parts do not lie',
    ],
    ['something behind it', Buffer.concat([makeRelease(VERSION), Buffer.from('x')]), 'its end is missing'],
    ['cut off', makeRelease(VERSION).subarray(0, 900), 'its end is missing'],
  ])('%s', async (_, bytes, reason) => {
    const said = await outcome(read(bytes));
    expect(said).toMatch(/^bundle\.windows\.(?:damaged|unsafe) /u);
    expect(said).toContain(reason);
  });

  it('larger than any release', async () => {
    const file = await written(Buffer.alloc(0), 'large.zip');
    await truncate(file, WINDOWS_ARCHIVE_LIMITS.archiveBytes + 1);
    expect(await outcome(readWindowsArchive(file, { catalogue, version: undefined }))).toBe('bundle.windows.unreadable more than 300 MiB');
  });
});

/** What a reader takes from an archive. */
function taken({ archive, programs }: ReadWindowsArchive): string {
  const hash = createHash('sha256').update(JSON.stringify([archive.version, archive.leftOut]));
  for (const { name, bytes } of programs) hash.update(name).update(bytes);
  return hash.digest('hex');
}

test('a byte that was flipped anywhere is noticed, or changes nothing that is taken', () => {
  const folder = releaseFolder(VERSION);
  const files = [...releaseFiles(VERSION)].filter(([name]) => /server|cli|2\.0/u.test(name));
  const small = new Map(
    files.map(([name]) => [
      name,
      makePe({ kind: name.endsWith('.dll') ? 'library' : 'program', imports: ['msys-2.0.dll'], text: VERSION }),
    ]),
  );
  const bytes = makeZip([{ name: `${folder}/` }, ...[...small].map(([name, content]) => ({ name: `${folder}/${name}`, content }))]);
  const takenFrom = (archive: Uint8Array): string => {
    try {
      return taken(windowsArchiveIn(archive, 'small.zip', { catalogue, version: undefined }));
    } catch (error) {
      return error instanceof FailureError && error.failure.code.startsWith('bundle.windows.') ? 'refused' : String(error);
    }
  };
  const before = takenFrom(bytes);
  expect(before).toMatch(/^[0-9a-f]{64}$/u);
  const seen = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += 1)
    for (const mask of [1, 0x80, 0xff]) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ mask;
      const said = takenFrom(damaged);
      seen.set(said, (seen.get(said) ?? 0) + 1);
    }
  expect([...seen.keys()].toSorted()).toEqual([before, 'refused'].toSorted());
  // Moments, owners, and what nobody reads.
  expect(seen.get('refused')).toBeGreaterThan(bytes.length * 2);
});

/** A text as a pattern that fits it alone. */
const patternOf = (expected: string | RegExp): RegExp =>
  typeof expected === 'string' ? new RegExp(`^${expected.replaceAll(/[.()\\]/gu, String.raw`\$&`)}$`, 'u') : expected;

describe('what is no release is refused with the reason:', () => {
  it.each<readonly [what: string, bytes: Uint8Array, outcome: string | RegExp]>([
    ['an installer of Memurai', Buffer.from('d0cf11e0a1b11ae1'.padEnd(2000, '0'), 'hex'), 'bundle.windows.memurai'],
    ['a tar.gz', gzipSync('text'), 'bundle.windows.notZip a gzip (tar.gz)'],
    ['a 7z', Buffer.from('377abcaf271c0004', 'hex'), 'bundle.windows.notZip a 7z archive'],
    ['a RAR', Buffer.from('Rar!\u{1A}\u{7}'), 'bundle.windows.notZip a RAR archive'],
    ['a program', makePe(), 'bundle.windows.notZip a program'],
    ['a text', Buffer.from('<html>404</html>'), 'bundle.windows.notZip something else'],
    ['nothing', Buffer.alloc(0), 'bundle.windows.notZip something else'],
    ['an empty zip', makeZip([]), /refused there is no redis-server\.exe in it/u],
    ['Cygwin by its library', changed({ 'cygwin1.dll': makePe({ kind: 'library' }) }), /refused its programs are built for Cygwin/u],
    [
      'Cygwin by what it needs',
      changed({ 'redis-server.exe': makePe({ imports: ['cygwin1.dll'], text: VERSION }) }),
      /refused its programs are built for Cygwin/u,
    ],
    [
      'the port of tporadowski, which has no folder',
      makeZip([{ name: 'redis-server.exe', content: makePe() }, { name: 'EventLog.dll' }, { name: 'redis.windows.conf' }]),
      /refused it is the port by MSOpenTech and tporadowski/u,
    ],
    [
      'the build of zkteco',
      makeZip([{ name: 'r/redis-server.exe', content: makePe() }, { name: 'r/install_redis.cmd' }]),
      /refused it is the build by zkteco/u,
    ],
    ['Garnet', makeZip([{ name: 'net8.0/GarnetServer.exe', content: makePe() }]), /refused it is Garnet/u],
    ['Valkey', makeZip([{ name: 'v/valkey-server.exe', content: makePe() }]), /refused it is Valkey/u],
    ['parts of Memurai', makeZip([{ name: 'm/memurai-cli.exe', content: makePe() }]), /refused it has parts of Memurai/u],
    ['the sources of Redis', makeZip([{ name: 'redis-8.2.1/src/server.c' }]), /refused there is no redis-server\.exe/u],
    [
      'another compiler',
      changed({ 'redis-server.exe': makePe({ imports: ['KERNEL32.dll'], text: VERSION }) }),
      /refused its redis-server\.exe is not linked/u,
    ],
    [
      'no folder',
      makeZip([...releaseFiles(VERSION)].map(([name, content]) => ({ name, content }))),
      /refused its files do not lie in one folder/u,
    ],
    ['two folders', andMore({ name: 'other/file' }), /refused its files do not lie in one folder/u],
    [
      'two servers',
      andMore({ name: `${ROOT}/sub/redis-server.exe`, content: SERVER }),
      /refused there is more than one redis-server\.exe/u,
    ],
    [
      'a server below',
      makeZip(whole.map((entry) => ({ ...entry, name: entry.name.replace(ROOT, `${ROOT}/bin`) }))),
      'bundle.windows.missing redis-server.exe',
    ],
    ['no client', changed({ 'redis-cli.exe': null }), 'bundle.windows.missing redis-cli.exe'],
    ['no runtime', changed({ 'msys-2.0.dll': null }), 'bundle.windows.missing msys-2.0.dll'],
    ['a library of the runtime gone', changed({ 'msys-crypto-3.dll': null }), 'bundle.windows.missing msys-crypto-3.dll'],
    [
      'a server of 32 bits',
      changed({ 'redis-server.exe': makePe({ machine: 0x01_4c, text: VERSION }) }),
      'bundle.windows.wrongMachine redis-server.exe: x86, program',
    ],
    [
      'a library for ARM',
      changed({ 'msys-ssl-3.dll': makePe({ machine: 0xaa_64, kind: 'library' }) }),
      'bundle.windows.wrongMachine msys-ssl-3.dll: arm64, library',
    ],
    [
      'a library in the place of the client',
      changed({ 'redis-cli.exe': makePe({ kind: 'library' }) }),
      /wrongMachine redis-cli\.exe: x64, library/u,
    ],
    [
      'a script in the place of the server',
      changed({ 'redis-server.exe': Buffer.from('@echo off') }),
      /wrongMachine redis-server\.exe: no program of Windows/u,
    ],
  ])('%s', async (_, bytes, expected) => {
    expect(await outcome(read(bytes))).toMatch(patternOf(expected));
  });

  it('a file that is not there, and a folder', async () => {
    const file = await written(Buffer.alloc(0), 'a.zip');
    const request = { catalogue, version: undefined };
    expect(await outcome(readWindowsArchive(`${file}.gone`, request))).toMatch(/^bundle\.windows\.unreadable .*ENOENT/u);
    expect(await outcome(readWindowsArchive(join(file, '..'), request))).toBe('bundle.windows.unreadable it is no ordinary file');
  });
});

describe('the version', () => {
  const named = async (version: string, name: string, text: string, wanted?: string): Promise<string> => {
    const files = new Map(releaseFiles(version)).set('redis-server.exe', makePe({ imports: ['msys-2.0.dll'], text }));
    return outcome(read(makeRelease(version, files), name, wanted));
  };

  it.each([
    ['8.2.1', 'a.zip', '8.2.1', undefined, 'accepted'],
    ['8.2.1', 'Redis-8.2.1-Windows-x64-msys2.zip', 'redis_version:8.2.1', '8.2.1', 'accepted'],
    [
      '8.2.1',
      'Redis-8.2.0-Windows-x64-msys2.zip',
      '8.2.1',
      undefined,
      'bundle.windows.refused the folder in it is of version 8.2.1, and the file is called 8.2.0',
    ],
    ['8.2.1', 'a.zip', '8.2.10', undefined, 'bundle.windows.refused its name says version 8.2.1, and redis-server.exe does not'],
    ['8.2.1', 'a.zip', '18.2.1', undefined, 'bundle.windows.refused its name says version 8.2.1, and redis-server.exe does not'],
    ['8.2.1', 'a.zip', '8.2.1', '8.2.2', 'bundle.windows.otherVersion'],
    ['7.0.14', 'a.zip', '7.0.14', undefined, 'bundle.windows.tooOld'],
    ['7.0.15', 'a.zip', '7.0.15', undefined, 'accepted'],
    ['5.0.14', 'a.zip', '5.0.14', undefined, 'bundle.windows.tooOld'],
    [
      '8.2.1-rc1',
      'a.zip',
      '8.2.1-rc1',
      undefined,
      'bundle.windows.refused neither the file nor the folder in it names a released version, like Redis-8.2.1-Windows-x64-msys2.zip',
    ],
    [
      '8.2.1.3',
      'a.zip',
      '8.2.1.3',
      undefined,
      'bundle.windows.refused neither the file nor the folder in it names a released version, like Redis-8.2.1-Windows-x64-msys2.zip',
    ],
  ])('of the folder %s in %s with %s inside, wanted %s: %s', async (version, name, text, wanted, expected) => {
    expect(await named(version, name, text, wanted)).toBe(expected);
  });
});

describe('the bundle of an archive', () => {
  it('is made for one that somebody vouches for, and is the same every time', async () => {
    const bytes = makeRelease(VERSION);
    const archive = await read(bytes);
    const sha256 = sha256Of(bytes);
    const bundle = await windowsBundleOf(archive, 'a.zip', { sha256 });
    expect(bundle).toMatchObject({
      engine: 'redis',
      version: VERSION,
      platform: 'windows-x64',
      origin: 'windowsArchive',
      distribution: 'redis-windows',
      folderName: `redis-${VERSION}-${sha256.slice(0, 8)}`,
      licence: archive.archive.licence,
      sourceArchive: `${releaseFolder(VERSION)}.zip`,
      sourceSha256: sha256,
      sourcePackage: null,
      trust: 'published',
    });
    expect(bundle.files.map(({ name, sizeBytes, sha256: own }) => ({ name, sizeBytes, sha256: own }))).toEqual(archive.archive.files);
    expect(bundle.files.map(({ gzip }) => gunzipSync(gzip))).toEqual(archive.programs.map((program) => Buffer.from(program.bytes)));
    expect((await windowsBundleOf(archive, 'a.zip', { useAnyway: sha256.slice(0, 8).toUpperCase() })).trust).toBe('typed');
  });

  it('is refused where nobody does, where another file was meant, and where the wrong beginning was typed', async () => {
    const archive = await read(makeRelease(VERSION));
    const { sha256 } = archive.archive;
    expect(await outcome(windowsBundleOf(archive, 'a.zip', {}))).toBe('bundle.windows.unproven');
    expect(await outcome(windowsBundleOf(archive, 'a.zip', { sha256: 'ab'.repeat(32) }))).toMatch(/^bundle\.hashMismatch/u);
    expect(await outcome(windowsBundleOf(archive, 'a.zip', { useAnyway: 'abcdefgh' }))).toBe('bundle.windows.mistyped');
    // A hash that was named and differs is not outweighed by the admin's word.
    expect(await outcome(windowsBundleOf(archive, 'a.zip', { sha256: 'ab'.repeat(32), useAnyway: sha256.slice(0, 8) }))).toMatch(
      /^bundle\.hashMismatch/u,
    );
  });
});

describe('the list of known releases', () => {
  it('that comes with Triad can be read, and names no hash that nobody has verified', async () => {
    expect(await loadWindowsCatalogue('resources/redis')).toMatchObject({ oldest: '7.0.15', releases: [] });
  });

  it.each([
    ['gone', null],
    ['no JSON', '{'],
    [
      'with a short hash',
      JSON.stringify({ ...catalogue, releases: [{ version: VERSION, file: 'a.zip', sha256: 'ab', source: 'https://example.net' }] }),
    ],
    [
      'with no source that proves itself',
      JSON.stringify({
        ...catalogue,
        releases: [{ version: VERSION, file: 'a.zip', sha256: 'ab'.repeat(32), source: 'http://example.net' }],
      }),
    ],
    [
      'with the same hash twice',
      JSON.stringify({
        ...catalogue,
        releases: [0, 1].map(() => ({ version: VERSION, file: 'a.zip', sha256: 'ab'.repeat(32), source: 'https://example.net' })),
      }),
    ],
  ])('is damaged when it is %s', async (_, text) => {
    const folder = await mkdtemp(join(tmpdir(), 'triad-windows-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    if (text !== null) await writeFile(join(folder, 'windows-catalogue.json'), text);
    await expect(loadWindowsCatalogue(folder)).rejects.toMatchObject({ code: 'bundle.damaged' });
  });
});
