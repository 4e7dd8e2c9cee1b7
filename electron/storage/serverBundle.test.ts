import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BundleError, listServerBundles, loadServerBundle, loadServerCatalogue } from './serverBundle.ts';
import { writeBundle } from './testing/serverBundles.ts';

const build = { engine: 'redis', version: '7.0.15', platform: 'linux-x64' } as const;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function errorOf(promise: Promise<unknown>): Promise<BundleError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof BundleError)) throw new Error('A BundleError was expected', { cause: error });
  return error;
}

describe('loadServerBundle', () => {
  it('gives both programs as they are sent, and where they come from', async () => {
    const resourcesFolder = await temporaryFolder();
    const { manifest } = await writeBundle(resourcesFolder, build);
    const bundle = await loadServerBundle({ resourcesFolder, ...build });
    const serverSha256 = manifest.programs[0]?.sha256 ?? '';

    expect(bundle).toMatchObject({
      ...build,
      origin: 'built',
      folderName: `redis-7.0.15-${serverSha256.slice(0, 8)}`,
      licence: 'BSD-3-Clause',
      sourceArchive: 'redis_7.0.15.orig.tar.gz',
      sourceSha256: 'a'.repeat(64),
      sourcePackage: 'redis 7.0.15-1',
      notes: [],
    });
    expect(bundle.files.map(({ name, mode, sha256 }) => ({ name, mode, sha256 }))).toEqual(
      manifest.programs.map(({ name, sha256 }) => ({ name, mode: 0o755, sha256 })),
    );
    expect(bundle.files.map((file) => gunzipSync(file.gzip).toString('latin1').endsWith(`${file.name} 7.0.15`))).toEqual([true, true]);
    expect(bundle.files.map((file) => file.gzipSha256)).toEqual(manifest.programs.map((program) => program.gzip.sha256));
  });

  it('says which bundle is missing', async () => {
    const resourcesFolder = await temporaryFolder();
    await writeBundle(resourcesFolder, build);
    const error = await errorOf(loadServerBundle({ resourcesFolder, ...build, version: '7.2.16' }));
    expect(error).toMatchObject({ code: 'bundle.missing', subject: 'redis 7.2.16 linux-x64', values: { version: '7.2.16' } });
  });

  it('refuses a program that was changed', async () => {
    const resourcesFolder = await temporaryFolder();
    const { folder } = await writeBundle(resourcesFolder, build);
    const file = join(folder, 'redis-server.gz');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(file, bytes);
    expect(await errorOf(loadServerBundle({ resourcesFolder, ...build }))).toMatchObject({ code: 'bundle.damaged', subject: file });
  });

  it('refuses a bundle that lacks a program', async () => {
    const resourcesFolder = await temporaryFolder();
    const { folder } = await writeBundle(resourcesFolder, build);
    await rm(join(folder, 'redis-cli.gz'));
    expect(await errorOf(loadServerBundle({ resourcesFolder, ...build }))).toMatchObject({
      code: 'bundle.damaged',
      subject: join(folder, 'redis-cli.gz'),
    });
  });

  it('refuses a manifest that is cut off, or names a path outside its folder', async () => {
    const resourcesFolder = await temporaryFolder();
    const { folder, manifest } = await writeBundle(resourcesFolder, build);
    const file = join(folder, 'manifest.json');
    const whole = JSON.stringify(manifest);
    for (const text of [whole.slice(0, 300), whole.replaceAll('redis-server.gz', '../../etc/shadow')]) {
      await writeFile(file, text);
      expect(await errorOf(loadServerBundle({ resourcesFolder, ...build }))).toMatchObject({ code: 'bundle.damaged', subject: file });
    }
  });

  it('refuses a bundle of another version in a renamed folder', async () => {
    const resourcesFolder = await temporaryFolder();
    await writeBundle(resourcesFolder, build);
    await rename(join(resourcesFolder, 'redis-7.0.15'), join(resourcesFolder, 'redis-7.2.16'));
    expect(await errorOf(loadServerBundle({ resourcesFolder, ...build, version: '7.2.16' }))).toMatchObject({ code: 'bundle.damaged' });
  });
});

describe('listServerBundles', () => {
  it('lists what lies there, and nothing else', async () => {
    const resourcesFolder = await temporaryFolder();
    const { manifest } = await writeBundle(resourcesFolder, build);
    await writeBundle(resourcesFolder, { ...build, engine: 'valkey', version: '9.1.2' });
    await writeFile(join(resourcesFolder, 'catalogue.json'), '{}');
    await mkdir(join(resourcesFolder, 'notes'));
    await mkdir(join(resourcesFolder, 'redis-7.0.15', '.linux-x64.unfinished'));
    expect(await listServerBundles(resourcesFolder)).toEqual([
      {
        ...build,
        licence: 'BSD-3-Clause',
        sourcePackage: 'redis 7.0.15-1',
        uploadBytes: manifest.programs.reduce((sum, program) => sum + program.gzip.sizeBytes, 0),
      },
      expect.objectContaining({ engine: 'valkey', version: '9.1.2' }),
    ]);
  });

  it('finds nothing where nothing is', async () => {
    expect(await listServerBundles(join(await temporaryFolder(), 'nowhere'))).toEqual([]);
  });
});

describe('loadServerCatalogue', () => {
  it('reads the one of this project', async () => {
    expect(await loadServerCatalogue('resources/redis')).toMatchObject({ default: { engine: 'redis', version: '7.0.15' } });
  });

  it.each([
    ['is not there', undefined],
    ['is no JSON', '{'],
    ['is of another form', '{"schemaVersion":2}'],
  ])('refuses one that %s', async (_what, text) => {
    const folder = await temporaryFolder();
    if (text !== undefined) await writeFile(join(folder, 'catalogue.json'), text);
    expect(await errorOf(loadServerCatalogue(folder))).toMatchObject({ code: 'bundle.damaged', subject: join(folder, 'catalogue.json') });
  });
});
