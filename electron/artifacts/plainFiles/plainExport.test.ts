import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { EXPORT_KINDS } from '../../shared/domain/plainExport.ts';
import { renderAuthConf } from '../authConf.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { samplePlan } from '../testing/samplePlan.ts';
import { plainExport } from './plainExport.ts';
import { PRINT_AUTH_CONF, READ_PASSWORD, scriptHead } from './shellParts.ts';
import { HOSTILE_USER, hostilePlan, sampleExport, textAt } from './testing/samplePlainExport.ts';

const plan = samplePlan();
const shell = plainExport(sampleExport({ kind: 'shell', plan }));
const ansible = plainExport(sampleExport({ kind: 'ansible', plan }));

test.each(EXPORT_KINDS)('%s: the same input gives the same bytes, sorted, listed with their hashes', (kind) => {
  const files = plainExport(sampleExport({ kind, plan }));
  expect(files).toEqual(kind === 'shell' ? shell : ansible);
  const listed = textAt(files, 'SHA256SUMS').trimEnd().split('\n');
  const own = files.slice(0, -1).map(({ path, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}`);
  expect(listed).toEqual(own);
  expect(files.slice(0, -1).map(({ path }) => path)).toEqual(
    files
      .slice(0, -1)
      .map(({ path }) => path)
      .toSorted(),
  );
});

test.each(EXPORT_KINDS)(
  '%s: every file of a server is the one that Triad puts there; the one with the password is none of them',
  (kind) => {
    const files = kind === 'shell' ? shell : ansible;
    const top = kind === 'shell' ? '' : 'files/';
    for (const { name } of plan.servers) {
      const blueprint = blueprintFor(plan, name, { password: 'the password', bundleFiles: new Map(), triadVersion: '0.1.0' });
      for (const { path, content, holdsSecret } of blueprint.files)
        expect(textAt(files, `${top}servers/${name}/files${path}`)).toBe(holdsSecret ? '' : content);
    }
    for (const { path, bytes } of files)
      expect(`${path} ${Buffer.from(bytes).toString('latin1').includes('requirepass "\\x')}`).toBe(`${path} false`);
  },
);

test('what can be run is executable, everything else is not', () => {
  const executable = shell.filter(({ mode }) => mode === 0o755).map(({ path }) => path);
  expect(executable).toEqual([
    'form-cluster.sh',
    ...plan.servers.map(({ name }) => `install-${name}.sh`),
    'programs/redis-cli',
    'programs/redis-server',
    ...plan.servers.flatMap(({ name }) => [`servers/${name}/check.sh`, `servers/${name}/firewall.sh`]),
  ]);
  expect(new Set(shell.map(({ mode }) => mode))).toEqual(new Set([0o644, 0o755]));
});

test('all scripts are such for a POSIX shell, also where names are as odd as they may be', () => {
  for (const odd of [plan, hostilePlan(), samplePlan({ firewall: { manage: false }, redis: { engine: 'redis', persistence: 'rdb' } })]) {
    const scripts = plainExport(sampleExport({ kind: 'shell', plan: odd })).filter(({ path }) => path.endsWith('.sh'));
    expect(scripts.length).toBeGreaterThanOrEqual(7);
    for (const { path, bytes } of scripts) expect([path, spawnSync('sh', ['-n'], { input: bytes }).stderr.toString()]).toEqual([path, '']);
  }
});

test('without a managed firewall nothing speaks of one', () => {
  const files = plainExport(sampleExport({ kind: 'ansible', plan: samplePlan({ firewall: { manage: false } }) }));
  expect(files.filter(({ path }) => path.endsWith('firewall.sh'))).toEqual([]);
  expect(parse(textAt(files, 'group_vars/redis_cluster.yml'))).toMatchObject({ cluster_firewall: false });
  expect(
    textAt(plainExport(sampleExport({ kind: 'shell', plan: samplePlan({ firewall: { manage: false } }) })), 'install-server-1.sh'),
  ).not.toContain('firewall.sh');
});

test('a program that is not that of the plan goes into no export', () => {
  const input = sampleExport({ kind: 'shell', plan });
  expect(() => plainExport({ ...input, programs: new Map([...input.programs, ['redis-cli', new Uint8Array(3)]]) })).toThrow('redis-cli');
});

/** The hosts of an inventory, as YAML has them; Ansible's mark for "no template in here" is noted. */
function hostsOf(text: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const tag = { tag: '!unsafe', resolve: (value: string) => `unsafe:${value}` };
  const inventory = parse(text, { customTags: [tag], version: '1.1' }) as {
    all: { children: { redis_cluster: { hosts: Record<string, Record<string, unknown>> } } };
  };
  return inventory.all.children.redis_cluster.hosts;
}

test('the inventory means what the specification says, whatever the names look like to YAML and Ansible', () => {
  const files = plainExport(sampleExport({ kind: 'ansible', plan: hostilePlan() }));
  expect(hostsOf(textAt(files, 'inventory.yml'))).toEqual({
    localhost: { ansible_host: '10.77.0.11', ansible_port: 22, ansible_user: `unsafe:${HOSTILE_USER}` },
    '1.e3_-': { ansible_host: 'null', ansible_port: 2222, ansible_user: '!x' },
    No: { ansible_host: 'fd00::3', ansible_port: 22, ansible_user: 'admin' },
  });
});

test('the variables are those of the blueprint', () => {
  const variables = parse(textAt(ansible, 'group_vars/redis_cluster.yml'), { version: '1.1' }) as Record<string, unknown>;
  const blueprint = blueprintFor(plan, 'server-2', { password: '', bundleFiles: new Map(), triadVersion: '0.1.0' });
  const placeOf = ({ path, owner, group, mode }: { path: string; owner: string; group: string; mode: number }): unknown => ({
    path,
    owner,
    group,
    mode: `0${mode.toString(8)}`,
  });
  expect(variables).toMatchObject({
    cluster_user: blueprint.user,
    cluster_firewall: true,
    cluster_auth: placeOf(blueprint.files.find(({ holdsSecret }) => holdsSecret) ?? { path: '', owner: '', group: '', mode: 0 }),
    cluster_shared_folders: blueprint.folders.filter(({ keepsFound }) => keepsFound === true).map(({ path }) => path),
    cluster_folders: blueprint.folders.filter(({ keepsFound }) => keepsFound !== true).map(placeOf),
    cluster_files: blueprint.files.filter(({ holdsSecret }) => !holdsSecret).map(placeOf),
    cluster_kernel: blueprint.kernel.map(({ path, value }) => ({ path, value })),
    cluster_units: blueprint.services.map(({ unit }) => unit),
    cluster_programs: blueprint.binaries.map(({ path, sha256 }) => ({ name: path.split('/').at(-1), path, mode: '0755', sha256 })),
  });
});

test('the playbook uses modules of Ansible itself only, and hides what has the password', () => {
  const [play] = parse(textAt(ansible, 'site.yml')) as readonly [{ readonly tasks: readonly Record<string, unknown>[] }];
  const modules = play.tasks.map((task) => Object.keys(task).filter((key) => key.includes('.')));
  for (const names of modules) expect(names).toEqual([expect.stringMatching(/^ansible\.builtin\./u)]);
  const touching = play.tasks.filter((task) => /auth\.conf\.j2|redis_password \| string \}\}/u.test(JSON.stringify(task)));
  expect(touching).toHaveLength(3);
  for (const task of touching) expect(task['no_log']).toBe(true);
});

test('commands of the README log in as the user that is meant, whatever the name looks like to a shell', () => {
  const readme = textAt(plainExport(sampleExport({ kind: 'shell', plan: hostilePlan() })), 'README.md');
  const folder = mkdtempSync(join(tmpdir(), 'triad-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const commands = readme.split('\n').filter((line) => line.includes('install-localhost.sh --password-file -'));
  expect(commands).toHaveLength(1);
  const script = `ssh() { printf '%s\\n' "$@"; }\n: > PASSWORD-FILE\n${commands.join('\n')}`;
  expect(execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' }).split('\n').slice(0, 3)).toEqual([
    '--',
    `${HOSTILE_USER}@10.77.0.11`,
    'cd triad-a-1 && sudo sh install-localhost.sh --password-file -',
  ]);
});

test('the shell writes the password into its file as Triad does, byte for byte, whatever is in it', { timeout: 60_000 }, () => {
  const script = `${scriptHead(['test'])}refuse() { echo "$*" >&2; exit 1; }\n${READ_PASSWORD}${PRINT_AUTH_CONF}read_password --password-file -\nauth_conf`;
  const written = (password: string): string =>
    execFileSync('sh', ['-c', script], { input: `${password}\nsecond line\n`, encoding: 'utf8' });
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');
  for (const password of [ascii, ' leading and trailing ', '-n', '\\c', '%s%d', 'ñ€🙂', '$(id)`id`${HOME}', "it's"])
    expect(written(password)).toBe(renderAuthConf(password));
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((text) => !/[\n\0]/u.test(text)),
      (password) => {
        expect(written(password)).toBe(renderAuthConf(password));
      },
    ),
    { numRuns: 25 },
  );
});

test('a script without a password says how to give it one, and takes none from an argument', () => {
  const script = `${scriptHead(['test'])}refuse() { echo "$*" >&2; exit 1; }\n${READ_PASSWORD}read_password "$@"\nprintf '%s' "$password"; env`;
  const run = (
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): { status: number | null; stdout: string; stderr: string } =>
    spawnSync('sh', ['-c', script, 'sh', ...args], { env: { ...env }, encoding: 'utf8', input: '' });
  const refusal = (args: readonly string[]): string => {
    const { status, stderr } = run(args);
    expect(status).toBe(1);
    return stderr;
  };
  expect(refusal([])).toContain('there is no password');
  expect(refusal(['--password-file', '-'])).toContain('there is no password');
  expect(refusal(['--password-file', '/nowhere/at/all'])).toContain('cannot be read');
  expect(refusal(['the password'])).toContain('usage:');
  const given = run([], { REDIS_PASSWORD: 'from outside' });
  expect(given.stdout.startsWith('from outside')).toBe(true);
  // Programs that the script starts do not inherit it.
  expect(given.stdout).not.toContain('REDIS_PASSWORD');
});

test('what a server is asked and told, at a glance', () => {
  expect(textAt(shell, 'servers/server-1/check.sh')).toMatchSnapshot('check.sh');
  expect(textAt(shell, 'servers/server-1/firewall.sh')).toMatchSnapshot('firewall.sh');
  expect(textAt(shell, 'install-server-1.sh')).toMatchSnapshot('install-server-1.sh');
  expect(textAt(shell, 'form-cluster.sh')).toMatchSnapshot('form-cluster.sh');
  expect(textAt(ansible, 'site.yml')).toMatchSnapshot('site.yml');
  expect(textAt(ansible, 'templates/auth.conf.j2')).toMatchSnapshot('auth.conf.j2');
  expect(textAt(ansible, 'README.md')).toMatchSnapshot('README of Ansible');
  expect(textAt(shell, 'README.md')).toMatchSnapshot('README of the shell');
});
