import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { bundledSpec, eventsOfLook, sampleRun } from '../artifacts/bundle/testing/sampleBundle.ts';
import { IpAddress } from '../shared/domain/address.ts';
import type { BundlePart } from '../shared/domain/configBundle.ts';
import { planCluster, type ClusterPlan } from '../shared/domain/plan.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { openChosenFiles } from '../storage/chosenFiles.ts';
import { writeConfigBundle } from '../storage/configBundle.ts';
import { zipParts } from '../storage/configBundleZip.ts';
import { openDrafts } from '../storage/drafts.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { keepPassword } from '../storage/secrets.ts';
import { chosenFilesFile, draftsFolder, generatedPasswordFile, knownHostsFile } from '../storage/triadHome.ts';
import { writeBundle } from '../storage/testing/serverBundles.ts';
import { exportConfigBundle, partsOfSpec, type ExportRequest } from './exportConfigBundle.ts';
import { compareConfigBundles, compareWithRun } from './compareConfigBundles.ts';
import { findBundle } from './findBundle.ts';
import { findPrograms, planWith } from './findPrograms.ts';
import { importConfigBundle, type ImportedBundle, type ImportRequest } from './importConfigBundle.ts';
import { apiForTest } from './window/testing/apiForTest.ts';
import { keepRun } from './window/testing/keepRun.ts';

const resources = fileURLToPath(new URL('../../resources/redis', import.meta.url));
const PASSWORD = 'the cluster "password"';

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'triad-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function planOf(spec: ClusterSpec, bundles = resources): Promise<ClusterPlan> {
  return planCluster(spec, await findBundle(spec, bundles, '/nowhere'));
}

/** A home in which a cluster was installed and validated. */
async function homeWithCluster(spec = bundledSpec(), bundles = resources): Promise<string> {
  const home = folderForTest();
  const plan = await planOf(spec, bundles);
  await keepRun(home, { workflow: 'install', at: '20260102T030405000', plan, events: eventsOfLook(plan) });
  await keepRun(home, { workflow: 'validate', at: '20260102T040405000', plan, events: eventsOfLook(plan) });
  await keepRun(home, { workflow: 'validate', at: '20260103T040405000', plan, events: eventsOfLook(plan) });
  await keepPassword(generatedPasswordFile(home, spec.name), PASSWORD, 'test');
  return home;
}

function requestFor(home: string, changes: Partial<ExportRequest> = {}): ExportRequest {
  const base = { spec: bundledSpec(), bundles: resources, triadVersion: '0.1.0', withBinaries: false, passphrase: null };
  return { ...base, home, environment: { SUDO_PASSWORD: 'sudo secret' }, ...changes };
}

/** A bundle of the cluster as a file. */
async function exported(changes: Partial<ExportRequest> = {}): Promise<string> {
  const file = join(folderForTest(), 'cluster.triad');
  await writeConfigBundle(file, await exportConfigBundle(requestFor(changes.home ?? (await homeWithCluster(changes.spec)), changes)));
  return file;
}

// Made once and cheaply: a passphrase is meant to take a while.
let sealedFile = '';
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-bundle-'));
  sealedFile = join(folder, 'sealed.triad');
  const plan = await planOf(bundledSpec());
  await keepRun(folder, { workflow: 'validate', at: '20260103T040405000', plan, events: eventsOfLook(plan) });
  await keepPassword(generatedPasswordFile(folder, 'sessions'), PASSWORD, 'test');
  await writeConfigBundle(sealedFile, await exportConfigBundle(requestFor(folder, { passphrase: 'correct horse', sealCost: 2 ** 14 })));
  return () => rmSync(folder, { recursive: true });
});

async function imported(home: string, file: string, changes: Partial<ImportRequest> = {}): Promise<ImportedBundle> {
  return importConfigBundle({
    file,
    home,
    passphrase: null,
    privateKeyFile: null,
    drafts: openDrafts(draftsFolder(home)),
    files: await openChosenFiles(chosenFilesFile(home)),
    withKnownHosts: async (work) => work(await openKnownHosts(knownHostsFile(home))),
    ...changes,
  });
}

/** Every file below a folder with its content. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name), 'utf8') : '']),
  );
}

test('two exports of the same are the same bytes; the last run of each kind is in them, and no secret', async () => {
  const home = await homeWithCluster();
  const parts = await exportConfigBundle(requestFor(home));
  expect(Buffer.compare(zipParts(parts), zipParts(await exportConfigBundle(requestFor(home))))).toBe(0);
  expect(parts.map(({ path }) => path).filter((path) => path.startsWith('runs/'))).toEqual([
    'runs/20260102T030405000Z-install/events.ndjson',
    'runs/20260103T040405000Z-validate/events.ndjson',
  ]);
  const all = parts.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('\n');
  for (const secret of [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), 'sudo secret']) expect(all).not.toContain(secret);
});

test('a secret that got into a part by whatever way keeps the bundle from being made', async () => {
  const home = await homeWithCluster();
  const { failure } = await exportConfigBundle(requestFor(home, { environment: { SUDO_PASSWORD: 'Debian GNU/Linux 12' } })).then(
    () => expect.fail('was exported'),
    (error: unknown) => error as { readonly failure: { readonly code: string; readonly values: object } },
  );
  expect(failure).toMatchObject({
    code: 'configBundle.holdsSecret',
    values: { part: expect.stringMatching(/^(?:runs|servers)\//u) as unknown },
  });
});

test('without a validation there is no bundle, and without a password nothing to seal', async () => {
  const home = folderForTest();
  await expect(exportConfigBundle(requestFor(home))).rejects.toMatchObject({ failure: { code: 'configBundle.noValidation' } });
  const plan = await planOf(bundledSpec());
  await keepRun(home, { workflow: 'validate', plan, events: eventsOfLook(plan) });
  await expect(exportConfigBundle(requestFor(home, { passphrase: 'correct horse' }))).rejects.toMatchObject({
    failure: { code: 'configBundle.nothingToSeal' },
  });
  expect((await exportConfigBundle(requestFor(home))).length).toBeGreaterThan(20);
});

test('what was found before the cluster was taken away is no part of it', async () => {
  const home = await homeWithCluster();
  const plan = await planOf(bundledSpec());
  await keepRun(home, { workflow: 'remove', at: '20260104T040405000', plan });
  await expect(exportConfigBundle(requestFor(home))).rejects.toMatchObject({ failure: { code: 'configBundle.noValidation' } });
  await keepRun(home, { workflow: 'validate', at: '20260105T040405000', plan, events: eventsOfLook(plan) });
  const paths = (await exportConfigBundle(requestFor(home))).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('runs/'))).toEqual(['runs/20260105T040405000Z-validate/events.ndjson']);
});

test('an import brings specification, host keys, runs and a draft that Home shows; a second one changes nothing', async () => {
  const file = await exported();
  const { home, reopen } = await apiForTest();
  const done = await imported(home, file);
  expect(done.newRuns).toEqual(['20260102T030405000Z-install', '20260103T040405000Z-validate']);
  expect(done.absentFiles).toEqual(['/home/ana/.ssh/id']);
  expect(done.hasPassword).toBe(false);
  const known = await openKnownHosts(knownHostsFile(home));
  expect(known.keyOf({ address: '10.77.0.12', port: 22 })?.type).toBe('ssh-ed25519');
  const window = await reopen();
  expect(await window.procedures['home.list'](undefined)).toMatchObject([
    { draftId: done.draft.id, name: 'sessions', runs: [{ workflow: 'validate', verdict: 'pass' }, { workflow: 'install' }] },
  ]);
  const before = contentsOf(home);
  expect((await imported(home, file)).newRuns).toEqual([]);
  expect(contentsOf(home)).toEqual(before);
  // And from there it is exported as it was, but for the place of what is another on every machine.
  const again = await exportConfigBundle(requestFor(home, { spec: done.content.spec, environment: {} }));
  expect(Buffer.compare(readFileSync(file), zipParts(again))).toBe(0);
});

test("the window opens a bundle's file as it opens a specification", async () => {
  const file = await exported();
  const { api, platform } = await apiForTest();
  platform.answers.push(file);
  const draft = await api.procedures['drafts.open'](undefined);
  expect(draft).toMatchObject({ name: 'sessions', reached: 'report', runs: { validate: '20260103T040405000Z-validate' } });
  platform.answers.push(file);
  expect((await api.procedures['drafts.open'](undefined))?.id).toBe(draft?.id);
});

test('a private key of this machine takes the place of the one that the bundle names', async () => {
  const key = join(folderForTest(), 'key');
  writeFileSync(key, 'a key');
  const done = await imported(folderForTest(), await exported(), { privateKeyFile: key });
  expect(done.absentFiles).toEqual([]);
  expect(readFileSync(done.specFile, 'utf8')).toContain(`privateKeyFile: ${key}`);
});

test('a sealed password is opened into the file that Triad keeps, by its passphrase alone', async () => {
  const file = sealedFile;
  expect(readFileSync(file).includes(PASSWORD)).toBe(false);
  const home = folderForTest();
  await expect(imported(home, file, { passphrase: 'wrong horse' })).rejects.toMatchObject({
    failure: { code: 'configBundle.wrongPassphrase' },
  });
  expect(contentsOf(home)).toEqual({});
  expect((await imported(home, file, { passphrase: 'correct horse' })).hasPassword).toBe(true);
  const kept = generatedPasswordFile(home, 'sessions');
  expect(readFileSync(kept, 'utf8')).toBe(`${PASSWORD}\n`);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  await expect(imported(home, await exported(), { passphrase: 'correct horse' })).rejects.toMatchObject({
    failure: { code: 'configBundle.notSealed' },
  });
});

test.each<[string, string, (home: string) => Promise<unknown>]>([
  [
    'another host key',
    'configBundle.hostKeyDiffers',
    async (home) => {
      const known = await openKnownHosts(knownHostsFile(home));
      await known.accept({ address: '10.77.0.13', port: 22 }, { type: 'ssh-ed25519', fingerprint: `SHA256:${'b'.repeat(43)}` });
    },
  ],
  [
    'another cluster of the name',
    'configBundle.otherCluster',
    async (home) => {
      const { servers, ...spec } = bundledSpec();
      const elsewhere = servers.map((server) => ({ ...server, address: IpAddress.parse(`${server.address}9`) }));
      await keepRun(home, { workflow: 'install', plan: await planOf({ ...spec, servers: elsewhere }) });
    },
  ],
  [
    'a run of the same id that says something else',
    'configBundle.runDiffers',
    async (home) => keepRun(home, { workflow: 'validate', at: '20260103T040405000', plan: await planOf(bundledSpec()) }),
  ],
  [
    'another password',
    'configBundle.passwordDiffers',
    async (home) => keepPassword(generatedPasswordFile(home, 'sessions'), 'other', 'test'),
  ],
  [
    'a folder that cannot be written',
    'storage.unwritable',
    async (home) => {
      // The draft is written last: all others must go again.
      writeFileSync(join(home, 'drafts'), 'no folder');
      return Promise.resolve();
    },
  ],
])('nothing is written where the home has %s', async (_, code, prepare) => {
  const file = sealedFile;
  const home = folderForTest();
  await prepare(home);
  const before = contentsOf(home);
  await expect(imported(home, file, { passphrase: 'correct horse' })).rejects.toMatchObject({ failure: { code } });
  expect(contentsOf(home)).toEqual(before);
});

test('an edited specification of an earlier import is kept beside the new one', async () => {
  const home = folderForTest();
  const { specFile } = await imported(home, await exported());
  const edited = readFileSync(specFile, 'utf8').replace('nodeTimeoutMs: 5000', 'nodeTimeoutMs: 8000');
  writeFileSync(specFile, edited);
  await imported(home, await exported());
  expect(readFileSync(`${specFile}.before-import`, 'utf8')).toBe(edited);
  expect(readFileSync(specFile, 'utf8')).toContain('nodeTimeoutMs: 5000');
});

test('programs that a bundle brings are found where Triad does not come with them', async () => {
  const bundles = folderForTest();
  await writeBundle(bundles, { engine: 'redis', version: '7.9.9', platform: 'linux-x64' });
  const spec = { ...bundledSpec(), redis: { ...bundledSpec().redis, version: '7.9.9' } };
  const home = await homeWithCluster(spec, bundles);
  const file = await exported({ home, spec, bundles, withBinaries: true });
  const elsewhere = folderForTest();
  await expect(findBundle(spec, resources, elsewhere)).rejects.toMatchObject({ failure: { code: 'bundle.missing' } });
  await imported(elsewhere, file);
  expect(await planOf(spec, bundles)).toEqual(planCluster(spec, await findBundle(spec, resources, elsewhere)));
});

test("the admin's own archive comes along and is found at its new place", async () => {
  const bundles = folderForTest();
  const { own } = await ownArchive(bundles);
  const base = bundledSpec();
  const spec = { ...base, redis: { ...base.redis, archive: own } };
  const home = await homeWithCluster(spec);
  const file = await exported({ home, spec, withBinaries: true });
  rmSync(own.file);
  const elsewhere = folderForTest();
  const done = await imported(elsewhere, file);
  expect(done.absentFiles).toEqual(['/home/ana/.ssh/id']);
  expect(readFileSync(done.specFile, 'utf8')).toContain(join(elsewhere, 'clusters', 'sessions', 'redis-archive.tar.gz'));
});

test('an archive for Windows servers comes along beside the programs for Linux, and is found at its new place', async () => {
  const file = join(folderForTest(), 'Redis-8.2.1-Windows-x64-msys2.zip');
  writeFileSync(file, 'the archive');
  const base = bundledSpec();
  const spec = { ...base, redis: { ...base.redis, windowsArchive: { file, useAnyway: 'abcdef01' } } };
  const bundle = await exported({ home: await homeWithCluster(spec), spec, withBinaries: true });
  rmSync(file);
  const elsewhere = folderForTest();
  const done = await imported(elsewhere, bundle);
  const place = join(elsewhere, 'clusters', 'sessions', 'redis-windows.zip');
  expect(readFileSync(place, 'utf8')).toBe('the archive');
  expect(readFileSync(done.specFile, 'utf8')).toContain(`windowsArchive:\n    file: ${place}\n    useAnyway: abcdef01\n`);
  expect(done.draft.redis.windowsArchive).toMatchObject({ file: { name: 'redis-windows.zip' }, published: '', typed: 'abcdef01' });
  // Without the programs it is named as what is not there.
  const without = await imported(folderForTest(), await exported({ home: await homeWithCluster(spec), spec }));
  expect(without.absentFiles).toContain(file);
});

/** A cluster on three Windows servers with Memurai. */
async function memuraiSpec(windows: ClusterSpec['windows']): Promise<ClusterSpec> {
  const { makeMemurai, MADE_MEMURAI } = await import('../storage/windowsArchive/testing/windowsArchives.ts');
  const { createHash } = await import('node:crypto');
  const file = join(folderForTest(), 'Memurai.zip');
  const bytes = makeMemurai();
  writeFileSync(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const base = bundledSpec();
  return {
    ...base,
    servers: base.servers.map((server) => ({ ...server, platform: 'windows' as const })),
    redis: { ...base.redis, version: MADE_MEMURAI.redis, windowsArchive: { file, sha256, experimental: 'memurai' } },
    windows,
  };
}

test.each<readonly [service: 'own' | undefined, brings: readonly string[]]>([
  ['own', ['redis/windows-archive.zip']],
  [undefined, ['redis/triad-service.exe', 'redis/windows-archive.zip']],
])('with Memurai and windows.service %s the bundle brings %j, and its README says that they are sold', async (service, brings) => {
  const spec = await memuraiSpec({ defenderExclusions: 'none', ...(service === undefined ? {} : { service }) });
  const home = folderForTest();
  const plan = planWith(spec, await findPrograms(spec, ['windows', 'windows', 'windows'], resources, home));
  await keepRun(home, { workflow: 'validate', at: '20260103T040405000', plan, events: eventsOfLook(plan) });
  const readmeOf = (parts: readonly BundlePart[]): string =>
    new TextDecoder().decode(parts.find(({ path }) => path === 'README.md')?.bytes);
  const parts = await exportConfigBundle(requestFor(home, { spec, withBinaries: true }));
  expect(parts.map(({ path }) => path).filter((path) => path.startsWith('redis/'))).toEqual(brings);
  expect(readmeOf(parts)).toContain('holds Memurai, and the licence file that lay beside it');
  expect(readmeOf(await exportConfigBundle(requestFor(home, { spec })))).not.toContain('Commercial');
});

async function ownArchive(folder: string): Promise<{ readonly own: { readonly file: string; readonly sha256: string } }> {
  const { makeElf, makeTarGz } = await import('../storage/testing/serverBundles.ts');
  const { createHash } = await import('node:crypto');
  const members = ['redis-server', 'redis-cli'].map((name) => ({ name, content: makeElf({ text: `${name} 7.0.15` }) }));
  const bytes = makeTarGz(members);
  const file = join(folder, 'own.tar.gz');
  writeFileSync(file, bytes);
  return { own: { file, sha256: createHash('sha256').update(bytes).digest('hex') } };
}

test('a bundle is compared with a specification in what follows from one', async () => {
  const parts = new Map((await exportConfigBundle(requestFor(await homeWithCluster()))).map(({ path, bytes }) => [path, bytes] as const));
  const same = await partsOfSpec(bundledSpec(), null, requestFor('/nowhere'));
  expect(compareConfigBundles(parts, same, { onlyFromPlan: true })).toEqual([]);
  const base = bundledSpec();
  const other = await partsOfSpec({ ...base, redis: { ...base.redis, persistence: 'rdb' } }, null, requestFor('/nowhere'));
  const paths = compareConfigBundles(parts, other, { onlyFromPlan: true }).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['plan.json', 'spec.yaml', 'servers/server-1/files/opt/triad/sessions/7000.conf']));
});

test('what a later run saw is compared in what identifies servers and nodes, as far as it saw them', async () => {
  const file = await exported();
  const plan = await planOf(bundledSpec());
  const { record } = sampleRun(plan, 'validate');
  expect(await compareWithRun(file, record)).toEqual([]);
  const facts = record.facts
    .filter(({ server }) => server !== 'server-3')
    .map((one) => (one.server === 'server-2' ? { ...one, machineId: 'another', memoryAvailableBytes: 1 } : { ...one, at: 'later' }));
  const view = record.views.after;
  const turned = view === null ? null : { ...view, at: 'later', views: view.views.map((one) => ({ ...one, role: 'master' as const })) };
  const [only, ...others] = await compareWithRun(file, { ...record, facts, views: { before: null, after: turned } });
  expect(others).toEqual([]);
  expect(only).toMatchObject({ path: 'servers/server-2/facts.json', kind: 'differs' });
  expect(only?.diff).toContain('-  "machineId": "machine-2",\n+  "machineId": "another",\n');
});
