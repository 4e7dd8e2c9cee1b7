import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type EditableSpec } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const work = mkdtempSync(join(tmpdir(), 'triad-bundle-windows-'));
beforeAll(async () => void (await ensureHelper(() => undefined)));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const bundle = join(work, 'cluster.triad');
const numbers = [1, 2, 3] as const;
let set: PracticeSet;
let spec = '';

/** As an administrator writes it who leaves it to Triad what the servers run on. */
const unsaid = (edited: EditableSpec): void => {
  for (const server of edited.servers) Reflect.deleteProperty(server, 'platform');
};

async function bundled(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await triad.run(['bundle', ...args, '--json'], { env });
  return { ...(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Record<string, unknown>), code, stderr };
}

/** Everything in a zip, unpacked by another program than Triad. */
function unpacked(file: string): string {
  const folder = mkdtempSync(join(work, 'unpacked-'));
  execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
  return folder;
}

test('an export finds out what the servers run on, and holds every file, the programs and no secret', async () => {
  set = await servers.up({ windows: true, password: 'abcDEF123456' });
  spec = triad.spec(set, unsaid);
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  expect(await bundled(['export', '--spec', spec, '--out', bundle, '--with-binaries'])).toMatchObject({ code: 0, type: 'bundle' });
  const folder = unpacked(bundle);
  const password = readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim();
  expect(() => execFileSync('grep', ['-rlF', '-e', password, folder], { encoding: 'utf8' })).toThrow(
    expect.objectContaining({ status: 1 }),
  );
  const node = join('Triad', 'nodes', set.place.prefix, '7000');
  const name = set.servers[1]?.name ?? '';
  for (const file of ['redis.conf', 'service.ini'])
    expect(readFileSync(join(folder, 'servers', name, 'files', 'C', node, file), 'utf8')).toBe(
      readFileSync(join(set.windows(2).driveC, node, file), 'utf8'),
    );
  expect(readFileSync(join(folder, 'servers', name, 'nodes-7000.conf'), 'utf8')).toContain('myself,');
  const { file: archive } = set.windowsArchive();
  expect(readFileSync(join(folder, 'redis', 'windows-archive.zip')).equals(readFileSync(archive))).toBe(true);
  expect(readdirSync(join(folder, 'redis')).toSorted()).toEqual(['triad-service.exe', 'windows-archive.zip']);
});

test('verify, inspect, diff and import know it, and plain exports are refused in words that lead on', async () => {
  expect(await bundled(['verify', bundle])).toMatchObject({ code: 0, cluster: set.place.prefix });
  expect(await bundled(['diff', bundle, '--spec', spec])).toMatchObject({ code: 0, differences: [] });
  const shown = await triad.run(['bundle', 'inspect', bundle]);
  expect(shown.stdout).toContain('windows-archive.zip');
  const elsewhere = { TRIAD_HOME: join(work, 'other-home') };
  expect((await triad.run(['bundle', 'import', bundle], { env: elsewhere })).code).toBe(0);
  const specFile = join(elsewhere.TRIAD_HOME, 'clusters', set.place.prefix, 'spec.yaml');
  expect(readFileSync(specFile, 'utf8')).toContain('platform: windows');
  expect(runVerdict(await triad.run(['validate', '--spec', specFile, '--json'], { env: elsewhere }))).toEqual(passedRun);
  for (const source of [
    ['--bundle', bundle],
    ['--spec', spec],
  ]) {
    const refused = await triad.run(['export', '--as', 'shell', '--out', join(work, 'plain'), ...source]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('triad bundle export');
  }
});

test('validate --bundle tells which server is not as it was', async () => {
  const nowhere = { TRIAD_HOME: join(work, 'validating-home') };
  const passed = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  expect(passed).toMatchObject({ code: 0, stderr: '' });
  expect(passed.stdout).toContain('Servers and nodes are those of the bundle.');
  const file = join(set.windows(3).driveC, 'Triad', 'nodes', set.place.prefix, '7000', 'redis.conf');
  const conf = readFileSync(file, 'utf8');
  writeFileSync(file, conf.replace(/^loglevel .*$/mu, 'loglevel verbose'));
  const drifted = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  writeFileSync(file, conf);
  expect(drifted.stdout).toMatch(/\n +-loglevel notice\n +\+loglevel verbose\n|\n +-loglevel verbose\n +\+loglevel notice\n/u);
  expect(drifted.stdout).toContain(`servers/${set.servers[2]?.name ?? ''}/files/C/Triad/nodes/`);
});

test('its batch files build the same cluster by hand, on bare Windows servers', async () => {
  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  const folder = unpacked(bundle);
  const [top = ''] = readdirSync(unpacked(join(folder, 'redis', 'windows-archive.zip')));
  const archive = unpacked(join(folder, 'redis', 'windows-archive.zip'));
  renameSync(join(archive, top), join(folder, 'programs'));
  cpSync(join(folder, 'redis', 'triad-service.exe'), join(folder, 'programs', 'triad-service.exe'));
  const password = readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim();
  const blocks = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/```bat\n(.*?)\n```/gsu)].map((found) => found[1] ?? '');
  expect(blocks).toHaveLength(5);
  const run = async (number: 1 | 2 | 3, line: string): Promise<string> => {
    const { driveC } = set.windows(number);
    const lines = ['@echo off', 'cd /d C:\\hand', 'set PROGRAMS=C:\\hand\\programs', `set PASSWORD=${password}`, `call ${line}`];
    writeFileSync(join(driveC, 'hand', 'go.cmd'), lines.map((one) => `${one}\r\n`).join(''));
    const { code, stdout, stderr } = await set.ssh(number, 'C:\\hand\\go.cmd', { timeoutMs: 180_000 });
    return `${code} ${stdout} ${stderr}`;
  };
  for (const number of numbers) cpSync(folder, join(set.windows(number).driveC, 'hand'), { recursive: true });
  for (const number of numbers) expect(await run(number, blocks[number - 1] ?? '')).toMatch(/^0 /u);
  expect(await run(1, blocks[3] ?? '')).toMatch(/^0 /u);
  for (const number of numbers) rmSync(join(set.windows(number).driveC, 'hand'), { recursive: true });
  // Triad finds what it would have made itself, and everything is proved.
  await expect
    .poll(async () => runVerdict(await triad.run(['validate', '--spec', spec, '--json'])), { timeout: 60_000, interval: 2000 })
    .toEqual(passedRun);
  // Only the password is written in other words, and what the server was like before is not known. Access lists that a program on the server has set are
  // forgotten by Wine: practice servers keep those alone that came by SSH.
  const { events } = await triad.run(['plan', '--spec', spec, '--json']);
  const changes = events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes : []));
  const written = changes
    .filter((change) => change.kind === 'file' && change.action !== 'permissions')
    .map(({ id }) => id.split('\\').at(-1));
  expect([...new Set(written)].toSorted()).toEqual(['auth.conf', 'auth.txt', 'before.json']);
  const kinds = new Set(changes.map(({ kind }) => kind));
  expect([...kinds].filter((kind) => !['file', 'folder', 'binary'].includes(kind))).toEqual([]);
});

test('a program that is not the one of the bundle is refused before anything is made', async () => {
  const [name = ''] = set.servers.map((server) => server.name);
  const { driveC } = set.windows(1);
  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  cpSync(unpacked(bundle), join(driveC, 'hand'), { recursive: true });
  cpSync(join(driveC, 'windows', 'system32', 'cmd.exe'), join(driveC, 'hand', 'programs', 'triad-service.exe'));
  const lines = ['@echo off', 'set PROGRAMS=C:\\hand\\programs', 'set PASSWORD=x', `call C:\\hand\\servers\\${name}\\install.cmd`];
  writeFileSync(join(driveC, 'hand', 'go.cmd'), lines.map((one) => `${one}\r\n`).join(''));
  const { code, stdout } = await set.ssh(1, 'C:\\hand\\go.cmd');
  expect(code).toBe(1);
  expect(stdout).toContain('is not the program of this bundle');
  expect(readdirSync(driveC)).not.toContain('Triad');
});
