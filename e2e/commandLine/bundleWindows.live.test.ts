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

/**
 * The verdict of a run, made again while nothing but the clocks is open: where all processors of this machine are busy, they cannot be compared closely enough.
 */
async function verdictOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  for (;;) {
    const run = await triad.run([...args, '--json'], { env });
    const isOpen = ({ verdict }: { readonly verdict: string }): boolean => ['fail', 'unknown', 'passWithoutTolerance'].includes(verdict);
    const open = run.result.checks.filter(isOpen);
    if (open.length === 0 || open.some(({ id }) => id !== 'server.clock')) return runVerdict(run);
  }
}

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
  expect(await verdictOf(['install', '--spec', spec, '--yes'])).toEqual(passedRun);
  expect(await bundled(['export', '--spec', spec, '--out', bundle, '--with-binaries'])).toMatchObject({ code: 0, type: 'bundle' });
  const folder = unpacked(bundle);
  const password = readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim();
  expect(() => execFileSync('grep', ['-rlF', '-e', password, folder], { encoding: 'utf8' })).toThrow(
    expect.objectContaining({ status: 1 }),
  );
  const cluster = join('Triad', 'nodes', set.place.prefix);
  const name = set.servers[1]?.name ?? '';
  for (const file of [join('7000', 'redis.conf'), join('settings', '7000', 'service.ini')])
    expect(readFileSync(join(folder, 'servers', name, 'files', 'C', cluster, file), 'utf8')).toBe(
      readFileSync(join(set.windows(2).driveC, cluster, file), 'utf8'),
    );
  expect(readFileSync(join(folder, 'servers', name, 'nodes-7000.conf'), 'utf8')).toContain('myself,');
  const { file: archive } = set.windowsArchive();
  expect(readFileSync(join(folder, 'redis', 'windows-archive.zip')).equals(readFileSync(archive))).toBe(true);
  expect(readdirSync(join(folder, 'redis')).toSorted()).toEqual(['triad-service.exe', 'windows-archive.zip']);
}, 400_000);

test('verify, inspect, diff and import know it, and a playbook is refused in words that lead on', async () => {
  expect(await bundled(['verify', bundle])).toMatchObject({ code: 0, cluster: set.place.prefix });
  expect(await bundled(['diff', bundle, '--spec', spec])).toMatchObject({ code: 0, differences: [] });
  const shown = await triad.run(['bundle', 'inspect', bundle]);
  expect(shown.stdout).toContain('windows-archive.zip');
  const elsewhere = { TRIAD_HOME: join(work, 'other-home') };
  expect((await triad.run(['bundle', 'import', bundle], { env: elsewhere })).code).toBe(0);
  const specFile = join(elsewhere.TRIAD_HOME, 'clusters', set.place.prefix, 'spec.yaml');
  expect(readFileSync(specFile, 'utf8')).toContain('platform: windows');
  expect(await verdictOf(['validate', '--spec', specFile], elsewhere)).toEqual(passedRun);
  for (const source of [
    ['--bundle', bundle],
    ['--spec', spec],
  ]) {
    const refused = await triad.run(['export', '--as', 'ansible', '--out', join(work, 'plain'), ...source]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('triad export --as shell');
  }
});

test('Redis alone tells of it, on a machine that has never seen its servers and on one that has', async () => {
  const env = { CLUSTER_PASSWORD: readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim() };
  const file = triad.spec(set, (edited) => {
    unsaid(edited);
    edited.redis['passwordEnv'] = 'CLUSTER_PASSWORD';
    for (const server of edited.servers) server.ssh['auth'] = { privateKeyFile: '/nowhere/key' };
  });
  for (const home of [join(work, 'redis-only-home'), triad.home]) {
    const run = await triad.run(['validate', '--redis-only', '--spec', file, '--json'], { env: { ...env, TRIAD_HOME: home } });
    const made = run.result.checks.filter(({ unmade, verdict }) => unmade === undefined && !['pass', 'skipped', 'warn'].includes(verdict));
    expect([run.result.failure, made]).toEqual([null, []]);
    expect(run.result.checks.filter(({ id, verdict }) => id === 'node.version' && verdict === 'pass')).toHaveLength(6);
  }
});

test('validate --bundle tells which server is not as it was', async () => {
  const nowhere = { TRIAD_HOME: join(work, 'validating-home') };
  expect(await verdictOf(['validate', '--bundle', bundle], nowhere)).toMatchObject({ code: 0, failure: null, bad: [] });
  const passed = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  expect(passed.stdout).toContain('Servers and nodes are those of the bundle.');
  const file = join(set.windows(3).driveC, 'Triad', 'nodes', set.place.prefix, '7000', 'redis.conf');
  const conf = readFileSync(file, 'utf8');
  writeFileSync(file, conf.replace(/^loglevel .*$/mu, 'loglevel verbose'));
  const drifted = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  writeFileSync(file, conf);
  expect(drifted.stdout).toMatch(/\n +-loglevel notice\n +\+loglevel verbose\n|\n +-loglevel verbose\n +\+loglevel notice\n/u);
  expect(drifted.stdout).toContain(`servers/${set.servers[2]?.name ?? ''}/files/C/Triad/nodes/`);
});

/**
 * Sets the access lists of the server's batch file once more, by SSH: Wine forgets those that a program on the server sets, and a practice server keeps only what
 * comes that way. So Triad compares what stands in the file with what it would set itself.
 */
async function keepAccessLists(number: 1 | 2 | 3, folder: string): Promise<void> {
  const text = readFileSync(join(folder, 'servers', set.servers[number - 1]?.name ?? '', 'install.cmd'), 'utf8');
  const lists = [...text.matchAll(/^(?:call :(?:own|kept)|%HELPER% acl) (\S+) "([^"]+)"/gmu)].map(
    ([, path = '', list = '']) => `${path}\t${list}`,
  );
  expect(lists.length).toBeGreaterThan(20);
  const [, helper = ''] = /^(\S+triad-service-\S+\.exe) install /mu.exec(text) ?? [];
  const { code, stdout } = await set.ssh(number, `${helper} acl -`, { input: `${lists.join('\n')}\n\n` });
  expect(`${code} ${stdout}`).toMatch(/^0 /u);
}

test('its batch files build the same cluster by hand, on bare Windows servers', async () => {
  expect(await verdictOf(['remove', '--delete-data', '--spec', spec, '--yes'])).toEqual(passedRun);
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
  for (const number of numbers) await keepAccessLists(number, folder);
  for (const number of numbers) rmSync(join(set.windows(number).driveC, 'hand'), { recursive: true });
  // Triad finds what it would have made itself, and everything is proved.
  expect(await verdictOf(['validate', '--spec', spec])).toEqual(passedRun);
  // Only the password is written in other words, and what the server was like before is not known.
  const { events } = await triad.run(['plan', '--spec', spec, '--json']);
  const changes = events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes : []));
  expect(new Set(changes.map(({ id }) => id.split('\\').at(-1)))).toEqual(new Set(['auth.conf', 'auth.txt', 'before.json']));
}, 400_000);

test('a program that is not the one of the bundle is refused before anything is made', async () => {
  const [name = ''] = set.servers.map((server) => server.name);
  const { driveC } = set.windows(1);
  expect(await verdictOf(['remove', '--delete-data', '--spec', spec, '--yes'])).toEqual(passedRun);
  rmSync(join(driveC, 'Triad'), { recursive: true, force: true });
  cpSync(unpacked(bundle), join(driveC, 'hand'), { recursive: true });
  cpSync(join(driveC, 'windows', 'system32', 'cmd.exe'), join(driveC, 'hand', 'programs', 'triad-service.exe'));
  const lines = ['@echo off', 'set PROGRAMS=C:\\hand\\programs', 'set PASSWORD=x', `call C:\\hand\\servers\\${name}\\install.cmd`];
  writeFileSync(join(driveC, 'hand', 'go.cmd'), lines.map((one) => `${one}\r\n`).join(''));
  const { code, stdout } = await set.ssh(1, 'C:\\hand\\go.cmd');
  expect(code).toBe(1);
  expect(stdout).toContain('is not the program of this bundle');
  expect(readdirSync(driveC)).not.toContain('Triad');
});
