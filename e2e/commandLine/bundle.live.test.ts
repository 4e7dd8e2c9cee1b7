import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const work = mkdtempSync(join(tmpdir(), 'triad-bundle-e2e-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const bundle = join(work, 'cluster.triad');
const elsewhere = { TRIAD_HOME: join(work, 'other-home') };
let set: PracticeSet;
let spec = '';

/** The result of a command of bundles with `--json`: its last line. */
async function bundled(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown> & { code: number | null }> {
  const { code, stdout } = await triad.run(['bundle', ...args, '--json'], { env });
  return { ...(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Record<string, unknown>), code };
}

/** Everything in a bundle, unpacked by another program than Triad. */
function unpacked(file: string): string {
  const folder = mkdtempSync(join(work, 'unpacked-'));
  // Python's, which every Debian has.
  execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
  return folder;
}

test('export validates, changes nothing on the servers, and holds no secret', async () => {
  set = await servers.up();
  spec = triad.spec(set);
  const failover = set.servers[0]?.name ?? '';
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--failover-test', failover, '--json']))).toEqual(passedRun);
  const before = await serverSnapshots(set);
  const written = await bundled(['export', '--spec', spec, '--out', bundle, '--with-binaries']);
  expect(written).toMatchObject({ type: 'bundle', code: 0, verdict: 'pass' });
  expect(await serverSnapshots(set)).toEqual(before);

  const folder = unpacked(bundle);
  const password = readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim();
  const { stdout: auth } = await set.run(1, 'cat /opt/triad/*/auth.conf; sha256sum /opt/triad/*/auth.conf | cut -c1-64');
  expect(auth).toContain(password);
  const secrets = [password, auth.trim().split('\n').at(-1) ?? '', ...Object.values(set.spec().environment)].filter(
    (one) => one.length > 4,
  );
  expect(secrets.length).toBeGreaterThan(1);
  for (const secret of secrets)
    expect(() => execFileSync('grep', ['-rlF', '-e', secret, folder], { encoding: 'utf8' })).toThrow(
      expect.objectContaining({ status: 1 }),
    );

  // What it says of the servers is so.
  const { stdout: conf } = await set.run(2, 'cat /opt/triad/*/7000.conf');
  const name = set.servers[1]?.name ?? '';
  expect(readFileSync(join(folder, 'servers', name, 'files', 'opt', 'triad', set.place.prefix, '7000.conf'), 'utf8')).toBe(conf);
  const { stdout: ids } = await set.run(2, "cut -d' ' -f1 /var/lib/triad/*/7000/nodes.conf | grep -E '^[0-9a-f]{40}$' | sort");
  const nodes = JSON.parse(readFileSync(join(folder, 'nodes.json'), 'utf8')) as { nodes: { redisId: string }[] };
  expect(
    `${nodes.nodes
      .map(({ redisId }) => redisId)
      .toSorted()
      .join('\n')}\n`,
  ).toBe(ids);
  expect(readFileSync(join(folder, 'servers', name, 'nodes-7000.conf'), 'utf8')).toContain('myself,');
  const { stdout: program } = await set.run(3, 'sha256sum /opt/triad/bin/*/redis-server | cut -c1-64');
  expect(readFileSync(join(folder, 'programs.json'), 'utf8')).toContain(program.trim());
});

test('from the last validation it is the same file again, byte for byte', async () => {
  const again = join(work, 'again.triad');
  const written = await bundled(['export', '--spec', spec, '--out', again, '--with-binaries', '--from-last']);
  expect(written).toMatchObject({ code: 0, verdict: 'pass' });
  expect(Buffer.compare(readFileSync(again), readFileSync(bundle))).toBe(0);
});

test('verify, inspect and diff tell what is in it', async () => {
  expect(await bundled(['verify', bundle])).toMatchObject({ code: 0, cluster: set.place.prefix });
  const shown = await triad.run(['bundle', 'inspect', bundle]);
  expect(shown.code).toBe(0);
  for (const words of [...set.servers.map(({ address }) => `${address}:7001`), 'validate  pass', 'install  pass', 'SHA256:'])
    expect(shown.stdout).toContain(words);
  expect(await bundled(['diff', bundle, bundle])).toMatchObject({ code: 0, differences: [] });
  expect(await bundled(['diff', bundle, '--spec', spec])).toMatchObject({ code: 0, differences: [] });
  const other = triad.spec(set, (edited) => (edited.redis['nodeTimeoutMs'] = 4321));
  const told = await triad.run(['bundle', 'diff', bundle, '--spec', other]);
  expect(told.code).toBe(1);
  expect(told.stdout).toContain('+cluster-node-timeout 4321');
});

test('a damaged bundle is refused by every command, and nothing is written', async () => {
  const damaged = join(work, 'damaged.triad');
  const bytes = readFileSync(bundle);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
  writeFileSync(damaged, bytes);
  const untouched = { TRIAD_HOME: join(work, 'untouched') };
  for (const args of [
    ['verify', damaged],
    ['inspect', damaged],
    ['diff', bundle, damaged],
    ['import', damaged],
  ])
    expect(await bundled(args, untouched)).toMatchObject({ code: 2, failure: { code: 'configBundle.damaged' } });
  // Compiled code of the program itself is kept by Node, whatever the command.
  const kept = execFileSync('find', [untouched.TRIAD_HOME, '-path', '*/cache', '-prune', '-o', '-type', 'f', '-print'], {
    encoding: 'utf8',
  });
  expect(kept).toBe('');
});

test("imported on another admin's machine, it goes on from there: validated with no question about host keys, and exported as it was", async () => {
  const done = await triad.run(['bundle', 'import', bundle], { env: elsewhere });
  expect(done.code).toBe(0);
  const specFile = join(elsewhere.TRIAD_HOME, 'clusters', set.place.prefix, 'spec.yaml');
  expect(done.stdout).toContain(`triad validate --spec ${specFile}`);
  const before = await serverSnapshots(set);
  expect(runVerdict(await triad.run(['validate', '--spec', specFile, '--json'], { env: elsewhere }))).toEqual(passedRun);
  expect(await serverSnapshots(set)).toEqual(before);
  const again = join(work, 'from-there.triad');
  expect(await bundled(['export', '--spec', specFile, '--out', again, '--from-last'], elsewhere)).toMatchObject({ code: 0 });
  const { differences } = (await bundled(['diff', bundle, again])) as unknown as { differences: { path: string }[] };
  const paths = differences.map(({ path }) => path).filter((path) => !path.startsWith('redis/'));
  // Validated anew: another run, and a later look at the same nodes.
  expect(paths.filter((path) => path !== 'nodes.json' && !path.startsWith('runs/'))).toEqual([]);
});

test('validate --bundle needs nothing but the file: it judges the cluster, and tells which server is not as it was', async () => {
  const nowhere = { TRIAD_HOME: join(work, 'validating-home') };
  const passed = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  expect(passed).toMatchObject({ code: 0, stderr: '' });
  expect(passed.stdout).toContain('Servers and nodes are those of the bundle.');
  const { stdout: name } = await set.run(2, 'hostname');
  await set.run(2, 'hostname renamed');
  const told = await triad.run(['validate', '--bundle', bundle, '--json'], { env: nowhere });
  await set.run(2, `hostname ${name}`);
  expect(told.code).toBe(0);
  expect(told.result.verdict).toBe('pass');
  expect(told.stderr).toContain('+  "hostName": "renamed"');
  // In the report as well, as a check of its own; so is a file, with its lines.
  const judged = (checks: typeof told.result.checks): readonly string[] =>
    checks
      .filter(({ id, verdict }) => id.endsWith('.asInBundle') && verdict !== 'pass')
      .map(({ id, subject, evidence }) => `${id} ${subject}: ${evidence}`);
  expect(judged(told.result.checks)).toEqual([expect.stringContaining('+  "hostName": "renamed"')]);
  const file = `/opt/triad/${set.place.prefix}/7000.conf`;
  await set.run(3, `cp -p ${file} /root/kept.conf && sed -i 's/^loglevel .*/loglevel verbose/' ${file}`);
  const drifted = await triad.run(['validate', '--bundle', bundle], { env: nowhere });
  expect(drifted.stdout).toMatch(/\n +-loglevel verbose\n +\+loglevel notice\n/u);
  expect(drifted.stdout).toContain(`+++ b/servers/${set.place.servers[2]?.name ?? ''}/files${file}`);
  await set.run(3, `cp -p /root/kept.conf ${file} && rm /root/kept.conf`);
  const both = await triad.run(['validate', '--bundle', bundle, '--spec', spec, '--json'], { env: nowhere });
  expect(both).toMatchObject({ code: 2, result: { failure: { code: 'usage.invalid' } } });
});

test('validate --bundle logs in with a key of this machine where the one that the bundle names is not here', async () => {
  const nowhere = { TRIAD_HOME: join(work, 'other-key-home') };
  const [gone, here] = [join(work, 'gone'), join(work, 'key-of-this-machine')];
  const original = triad.spec(set);
  const keyOf = ({ ssh }: { ssh: Record<string, unknown> }): { privateKeyFile: string } => ssh['auth'] as { privateKeyFile: string };
  // A bundle from an admin whose key lies elsewhere.
  const foreign = triad.spec(set, ({ servers: all }) => {
    for (const server of all) {
      copyFileSync(keyOf(server).privateKeyFile, here);
      copyFileSync(here, gone);
      chmodSync(here, 0o600);
      keyOf(server).privateKeyFile = gone;
    }
  });
  const foreignBundle = join(work, 'foreign.triad');
  expect(await bundled(['export', '--spec', foreign, '--out', foreignBundle, '--from-last'])).toMatchObject({ code: 0 });
  rmSync(gone);
  const refused = await triad.run(['validate', '--bundle', foreignBundle, '--json'], { env: nowhere });
  expect(refused.result.failure).toMatchObject({ code: 'ssh.keyUnreadable', remedy: expect.stringContaining('--private-key') as unknown });
  const passed = await triad.run(['validate', '--bundle', foreignBundle, '--private-key', here], { env: nowhere });
  expect(passed).toMatchObject({ code: 0, stderr: '' });
  expect(passed.stdout).toContain('Servers and nodes are those of the bundle.');
  const misplaced = await triad.run(['validate', '--spec', original, '--private-key', here, '--json'], { env: nowhere });
  expect(misplaced).toMatchObject({ code: 2, result: { failure: { code: 'usage.invalid' } } });
});

test('a sealed password opens with its passphrase on a machine that has never seen the cluster', async () => {
  const sealed = join(work, 'sealed.triad');
  const passphrase = { BUNDLE_PASSPHRASE: 'correct horse battery staple' };
  expect(
    await bundled(['export', '--spec', spec, '--out', sealed, '--from-last', '--seal-with-env', 'BUNDLE_PASSPHRASE'], passphrase),
  ).toMatchObject({ code: 0 });
  const third = { TRIAD_HOME: join(work, 'third-home') };
  const wrong = { ...third, BUNDLE_PASSPHRASE: 'another' };
  const open = ['import', sealed, '--open-with-env', 'BUNDLE_PASSPHRASE'];
  expect(await bundled(open, wrong)).toMatchObject({ code: 2, failure: { code: 'configBundle.wrongPassphrase' } });
  expect(await bundled(open, { ...third, ...passphrase })).toMatchObject({ code: 0, hasPassword: true });
  const kept = (home: string): string => readFileSync(join(home, 'clusters', set.place.prefix, 'redis-password'), 'utf8');
  expect(kept(third.TRIAD_HOME)).toBe(kept(triad.home));
});

test('the commands of the README build the same cluster by hand, on bare servers', async () => {
  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  const folder = unpacked(bundle);
  const programs = join(folder, 'programs');
  execFileSync('sh', [
    '-c',
    `mkdir "$1" && for gz in "$2"/redis/*/*/*.gz; do name=\${gz##*/}; gzip -dc "$gz" >"$1/\${name%.gz}"; done`,
    'sh',
    programs,
    folder,
  ]);
  const blocks = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/```sh\n(.*?)```/gsu)].map((found) => found[1] ?? '');
  expect(blocks).toHaveLength(5);
  const password = readFileSync(join(triad.home, 'clusters', set.place.prefix, 'redis-password'), 'utf8').trim();
  const archive = join(dirname(folder), 'hand.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', folder, '--exclude=redis', '.']);
  const packed = readFileSync(archive);
  for (const [index, number] of ([1, 2, 3] as const).entries()) {
    const script = `mkdir -p /tmp/hand && cd /tmp/hand && export PROGRAMS=/tmp/hand/programs PASSWORD='${password}'\n${blocks[index] ?? ''}`;
    await set.run(number, 'rm -rf /tmp/hand; mkdir -p /tmp/hand; tar -xz -C /tmp/hand', { input: packed });
    const done = await set.run(number, script);
    expect(`${done.code} ${done.stderr}`).toMatch(/^0 /u);
  }
  const joined = await set.run(1, `export PASSWORD='${password}'\n${blocks[3] ?? ''}`);
  expect(`${joined.code} ${joined.stderr}`).toMatch(/^0 /u);
  for (const number of [1, 2, 3] as const) await set.run(number, 'rm -rf /tmp/hand');
  // Triad finds what it would have made itself: nothing differs, and everything is proved.
  await expect
    .poll(async () => runVerdict(await triad.run(['validate', '--spec', spec, '--json'])), { timeout: 60_000, interval: 2000 })
    .toEqual(passedRun);
});
