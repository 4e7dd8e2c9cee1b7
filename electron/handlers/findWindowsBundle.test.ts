import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { FailureError } from '../shared/domain/failure.ts';
import { distributionOn, planCluster } from '../shared/domain/plan.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { specInputOfSpec } from '../shared/domain/specInput.ts';
import { MADE_MEMURAI, makeMemurai, makeRelease, releaseFolder } from '../storage/windowsArchive/testing/windowsArchives.ts';
import { findPrograms } from './findPrograms.ts';
import { findWindowsBundle, inspectWindowsArchive } from './findWindowsBundle.ts';

const bundles = fileURLToPath(new URL('../../resources/redis', import.meta.url));
const VERSION = '8.2.1';

function specWith(redis: object): ClusterSpec {
  const server = (number: number): object => ({
    name: `server-${number}`,
    address: `10.77.0.1${number}`,
    ssh: { user: 'Administrator', auth: { agent: true } },
  });
  return ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers: [1, 2, 3].map(server), redis });
}

async function release(version = VERSION): Promise<{ readonly file: string; readonly sha256: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-windows-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, `${releaseFolder(version)}.zip`);
  writeFileSync(file, makeRelease(version));
  return { file, sha256: (await inspectWindowsArchive(file, bundles)).archive.sha256 };
}

test('the programs of the archive that a specification names are planned as they are', async () => {
  const archive = await release();
  const spec = specWith({ version: VERSION, windowsArchive: archive });
  expect(ClusterSpec.parse(specInputOfSpec(spec))).toEqual(spec);
  const bundle = await findWindowsBundle(spec, bundles);
  const plan = planCluster(spec, bundle);
  expect(plan.bundle).toMatchObject({ origin: 'windowsArchive', licence: bundle.licence, sourceSha256: archive.sha256 });
  expect(plan.version).toBe(VERSION);
  expect(plan.bundle.binaries.map(({ name, sha256 }) => [name, sha256])).toEqual(bundle.files.map(({ name, sha256 }) => [name, sha256]));
});

test.each([
  ['no archive', {}, 'bundle.windows.noArchive'],
  ['nobody who vouches for it', { windowsArchive: {} }, 'bundle.windows.unproven'],
  ['another hash', { windowsArchive: { sha256: 'ab'.repeat(32) } }, 'bundle.hashMismatch'],
  ['another beginning', { windowsArchive: { useAnyway: '00000000' } }, 'bundle.windows.mistyped'],
  ['another version', { version: '8.2.2', windowsArchive: {} }, 'bundle.windows.otherVersion'],
])('a specification with %s has no programs for Windows servers', async (_, redis: { readonly windowsArchive?: object }, code) => {
  const { file } = await release();
  const spec = specWith(redis.windowsArchive === undefined ? redis : { ...redis, windowsArchive: { file, ...redis.windowsArchive } });
  await expect(findWindowsBundle(spec, bundles)).rejects.toMatchObject({ failure: { code } });
});

test('an archive of redis-windows has nothing that could be a service of its own', async () => {
  const archive = await release();
  const spec = {
    ...specWith({ version: VERSION, windowsArchive: archive }),
    windows: { defenderExclusions: 'none', service: 'own' } as const,
  };
  await expect(findWindowsBundle(spec, bundles)).rejects.toMatchObject({ failure: { code: 'bundle.windows.noOwnService' } });
});

test('a typed beginning is enough, and a list that is not there is told', async () => {
  const { file, sha256 } = await release();
  expect(await findWindowsBundle(specWith({ windowsArchive: { file, useAnyway: sha256.slice(0, 8) } }), bundles)).toMatchObject({
    trust: 'typed',
  });
  await expect(inspectWindowsArchive(file, join(file, '..'))).rejects.toMatchObject({ failure: { code: 'bundle.damaged' } });
});

test('an experimental distribution wants a yes of its own, beside the word for its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-windows-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'Memurai.zip');
  writeFileSync(file, makeMemurai());
  const { sha256 } = (await inspectWindowsArchive(file, bundles)).archive;
  const found = async (words: object): Promise<string> =>
    findWindowsBundle(specWith({ windowsArchive: { file, ...words } }), bundles).then(
      ({ distribution }) => distribution,
      (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
    );
  expect(await found({ sha256 })).toBe('bundle.windows.experimental');
  expect(await found({ sha256: 'ab'.repeat(32), experimental: 'memurai' })).toBe('bundle.hashMismatch');
  expect(await found({ experimental: 'memurai' })).toBe('bundle.windows.unproven');
  expect(await found({ sha256, experimental: 'memurai' })).toBe('memurai');
  expect(() => specWith({ windowsArchive: { file, experimental: 'redis-windows' } })).toThrow('experimental');

  const spec = specWith({ windowsArchive: { file, sha256, experimental: 'memurai' } });
  expect(ClusterSpec.parse(specInputOfSpec(spec))).toEqual(spec);
  const plan = planCluster(
    { ...spec, servers: spec.servers.map((one) => ({ ...one, platform: 'windows' })) },
    await findWindowsBundle(spec, bundles),
  );
  expect(plan).toMatchObject({ version: MADE_MEMURAI.redis, bundle: { distribution: 'memurai', licence: 'LicenseRef-Memurai' } });
  expect(distributionOn(plan, 'server-1').programs.server).toBe('memurai.exe');
});

test('Valkey and an archive for Windows servers do not go together, nor do two words for one file', () => {
  expect(() => specWith({ engine: 'valkey', windowsArchive: { file: 'a.zip' } })).toThrow('spec.windowsEngine');
  const both = { file: 'a.zip', sha256: 'ab'.repeat(32), useAnyway: 'abababab' };
  expect(() => specWith({ windowsArchive: both })).toThrow('spec.oneWord');
});

test('each kind of server gets its programs, and in a cluster of both they are of one version', async () => {
  const windows = await release();
  const home = join(windows.file, '..');
  const spec = specWith({ windowsArchive: windows });
  expect(await findPrograms(spec, ['windows', 'windows', 'windows'], bundles, home)).toMatchObject({
    linux: null,
    windows: { version: VERSION },
  });
  expect(await findPrograms(spec, ['linux', 'linux', 'linux'], bundles, home)).toMatchObject({
    linux: { version: '7.0.15' },
    windows: null,
  });
  await expect(findPrograms(spec, ['linux', 'windows', 'windows'], bundles, home)).rejects.toMatchObject({
    failure: { code: 'bundle.windows.otherVersion', values: { version: VERSION, wanted: '7.0.15' } },
  });
  const same = specWith({ windowsArchive: await release('7.0.15') });
  expect(await findPrograms(same, ['windows', 'linux', 'linux'], bundles, home)).toMatchObject({
    linux: { version: '7.0.15', origin: 'built' },
    windows: { version: '7.0.15', origin: 'windowsArchive' },
  });
});
