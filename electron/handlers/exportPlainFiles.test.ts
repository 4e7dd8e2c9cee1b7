import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { bundledSpec, eventsOfLook, sampleRun } from '../artifacts/bundle/testing/sampleBundle.ts';
import { configBundleParts } from '../artifacts/bundle/configBundleParts.ts';
import { sddlFor } from '../hosts/sddlFor.ts';
import { BUNDLE_PATHS, BUNDLED_WINDOWS_ARCHIVE, ConfigBundleManifest, type BundlePart } from '../shared/domain/configBundle.ts';
import { IpAddress } from '../shared/domain/address.ts';
import type { PlainFile } from '../shared/domain/plainExport.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { planCluster, type ClusterPlan } from '../shared/domain/plan.ts';
import { writeConfigBundle } from '../storage/configBundle.ts';
import { listBundleFiles, loadServerBundle } from '../storage/serverBundle.ts';
import { makeRelease, releaseFolder } from '../storage/windowsArchive/testing/windowsArchives.ts';
import { findPrograms, planWith } from './findPrograms.ts';
import { inspectWindowsArchive } from './findWindowsBundle.ts';
import { keepRun } from './window/testing/keepRun.ts';
import { plainFilesOfBundle, plainFilesOfSpec } from './exportPlainFiles.ts';

const resources = fileURLToPath(new URL('../../resources/redis', import.meta.url));
const build = { resourcesFolder: resources, engine: 'redis', version: '7.0.15', platform: 'linux-x64' } as const;
const here = { home: '/nowhere', bundles: resources, triadVersion: '0.1.0' };
const elsewhere = { home: '/nowhere', bundles: '/nowhere/either', triadVersion: '0.1.0' };
const spec = bundledSpec();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'triad-plain-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** The parts with another plan, and a manifest that agrees. */
function withPlan(parts: readonly BundlePart[], plan: ClusterPlan): readonly BundlePart[] {
  const bytes = new TextEncoder().encode(JSON.stringify(plan));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return parts.map((part) => {
    if (part.path === BUNDLE_PATHS.plan) return { ...part, bytes };
    if (part.path !== BUNDLE_PATHS.manifest) return part;
    const manifest = ConfigBundleManifest.parse(JSON.parse(new TextDecoder().decode(part.bytes)));
    const listed = manifest.parts.map((one) => (one.path === BUNDLE_PATHS.plan ? { ...one, sizeBytes: bytes.length, sha256 } : one));
    return { ...part, bytes: new TextEncoder().encode(JSON.stringify({ ...manifest, parts: listed })) };
  });
}

/** Places, modes and hashes: the bytes of two programs take long to compare. */
function summary(files: readonly PlainFile[]): readonly string[] {
  return files.map(({ path, bytes, mode }) => `${path} ${mode} ${createHash('sha256').update(bytes).digest('hex')}`);
}

/** A bundle of the sample cluster as a file, with a plan changed by hand where a test says so. */
async function bundleFile(options: {
  readonly hasPrograms: boolean;
  readonly change?: (plan: ClusterPlan) => ClusterPlan;
}): Promise<string> {
  const plan = planCluster(spec, await loadServerBundle(build));
  const parts = configBundleParts({
    spec,
    plan,
    runs: [sampleRun(plan, 'validate')],
    hostKeys: {},
    sealed: null,
    programs: options.hasPrograms ? await listBundleFiles(build) : [],
    triadVersion: '0.1.0',
    accessListOf: sddlFor,
  });
  const file = join(folder, `${crypto.randomUUID()}.triad`);
  await writeConfigBundle(file, options.change === undefined ? parts : withPlan(parts, options.change(plan)));
  return file;
}

test('the programs are those of the plan, with their licence', async () => {
  const files = await plainFilesOfSpec('shell', spec, here);
  const { files: programs } = await loadServerBundle(build);
  expect(files.filter(({ path }) => path.startsWith('programs/')).map(({ path, bytes }) => `${path} ${bytes.length}`)).toEqual([
    expect.stringMatching(/^programs\/LICENSE [1-9]\d+$/u),
    ...programs.map(({ name, sizeBytes }) => `programs/${name} ${sizeBytes}`).toSorted(),
  ]);
});

test('no playbook is made for servers with Windows, also where only a run has found that out', async () => {
  const servers = spec.servers.map((server, index) => (index === 1 ? { ...server, platform: 'windows' as const } : server));
  await expect(plainFilesOfSpec('ansible', { ...spec, servers }, here)).rejects.toMatchObject({
    failure: { code: 'export.onlyLinux', values: { servers: servers[1]?.name } },
  });
  const home = mkdtempSync(join(folder, 'home-'));
  const plan = planCluster({ ...spec, servers }, await loadServerBundle(build));
  const presumed = planCluster(spec, await loadServerBundle(build));
  await keepRun(home, { workflow: 'validate', plan, events: eventsOfLook(plan) });
  // A later one that has only spoken to Redis has seen no server.
  await keepRun(home, { workflow: 'validate', at: '20260202T030405000', plan: presumed });
  await expect(plainFilesOfSpec('ansible', spec, { ...here, home })).rejects.toMatchObject({ failure: { code: 'export.onlyLinux' } });
  const file = await bundleFile({ hasPrograms: false, change: () => plan });
  await expect(plainFilesOfBundle('ansible', file, here)).rejects.toMatchObject({ failure: { code: 'export.onlyLinux' } });
});

test('servers with Windows get the programs of the archive and the one of Triad; without an archive, or with IPv6, there are no files', async () => {
  const archive = join(folder, `${releaseFolder(spec.redis.version ?? '7.0.15')}.zip`);
  writeFileSync(archive, makeRelease(spec.redis.version ?? '7.0.15'));
  const { sha256 } = (await inspectWindowsArchive(archive, resources)).archive;
  // Nobody has said a platform: the programs tell.
  const windows: ClusterSpec = { ...spec, redis: { ...spec.redis, windowsArchive: { file: archive, sha256 } } };
  const paths = (await plainFilesOfSpec('shell', windows, here)).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('programs/'))).toEqual(
    expect.arrayContaining([
      'programs/windows/redis-server.exe',
      expect.stringMatching(/^programs\/windows\/triad-service-[0-9a-f]{8}\.exe$/u),
    ]),
  );
  expect(paths).not.toContain('programs/redis-server');
  const mixed: ClusterSpec = {
    ...windows,
    servers: windows.servers.map((server, index) => ({ ...server, platform: index === 1 ? 'windows' : 'linux' })),
  };
  const both = (await plainFilesOfSpec('shell', mixed, here)).map(({ path }) => path);
  expect(both).toEqual(expect.arrayContaining(['programs/redis-server', 'programs/windows/redis-server.exe', 'programs/LICENSE']));
  // Also under the name that it has there: it is on record on the servers.
  const brought = join(folder, 'mixed.triad');
  const plan = planWith(mixed, await findPrograms(mixed, ['linux', 'windows', 'linux'], resources, '/nowhere'));
  const parts = configBundleParts({
    spec: mixed,
    plan,
    runs: [],
    hostKeys: {},
    sealed: null,
    programs: [{ path: BUNDLED_WINDOWS_ARCHIVE, bytes: readFileSync(archive) }],
    triadVersion: '0.1.0',
    accessListOf: sddlFor,
  });
  await writeConfigBundle(brought, parts);
  const named = summary(await plainFilesOfSpec('shell', mixed, here));
  rmSync(archive);
  expect(summary(await plainFilesOfBundle('shell', brought, here))).toEqual(named);
  const refused = (changed: ClusterSpec): Promise<unknown> => plainFilesOfSpec('shell', changed, here);
  await expect(refused({ ...mixed, redis: spec.redis })).rejects.toMatchObject({ failure: { code: 'bundle.windows.noArchive' } });
  const far = mixed.servers.map((server, index) => (index === 0 ? { ...server, address: IpAddress.parse('fd00::1') } : server));
  await expect(refused({ ...mixed, servers: far })).rejects.toMatchObject({ failure: { code: 'spec.windowsIpv6' } });
});

test('nothing is made of a cluster that was found: its layout is not what would be built', async () => {
  await expect(plainFilesOfSpec('shell', { ...spec, adopted: { nodes: [] } }, here)).rejects.toMatchObject({
    failure: { code: 'spec.notInstalledByTriad' },
  });
});

test('a bundle gives what its specification gives: with the programs that are here, and with its own where there are none', async () => {
  const wanted = summary(await plainFilesOfSpec('ansible', spec, here));
  expect(summary(await plainFilesOfBundle('ansible', await bundleFile({ hasPrograms: false }), here))).toEqual(wanted);
  const withPrograms = await bundleFile({ hasPrograms: true });
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('triad-export-')).length;
  expect(summary(await plainFilesOfBundle('ansible', withPrograms, elsewhere))).toEqual(wanted);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('triad-export-'))).toHaveLength(before);
});

test('where other programs are here than the bundle names, nothing is made of it', async () => {
  const change = (plan: ClusterPlan): ClusterPlan => ({
    ...plan,
    bundle: { ...plan.bundle, binaries: plan.bundle.binaries.map((binary) => ({ ...binary, sha256: 'ab'.repeat(32) })) },
  });
  const file = await bundleFile({ hasPrograms: false, change });
  await expect(plainFilesOfBundle('shell', file, here)).rejects.toMatchObject({
    failure: { code: 'export.otherPrograms', values: { expected: 'ab'.repeat(32) } },
  });
});

test('what a bundle says in its plan gets into no script: only its specification, which is parsed strictly', async () => {
  const evil = '/opt/$(touch /tmp/evil)';
  const change = (plan: ClusterPlan): ClusterPlan => ({
    ...plan,
    folders: { ...plan.folders, bin: evil, install: evil },
    nodes: plan.nodes.map((node) => ({ ...node, unit: evil, id: evil })),
  });
  const file = await bundleFile({ hasPrograms: false, change });
  expect(summary(await plainFilesOfBundle('shell', file, here))).toEqual(summary(await plainFilesOfSpec('shell', spec, here)));
});

test('programs that are nowhere are named', async () => {
  await expect(plainFilesOfSpec('shell', spec, elsewhere)).rejects.toMatchObject({ failure: { code: 'bundle.missing' } });
});
