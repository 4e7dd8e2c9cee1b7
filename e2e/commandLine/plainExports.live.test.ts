import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSshConnections } from '../../scripts/practice/closeSshConnections.ts';
import { ensureAnsible } from '../../scripts/practice/ensureAnsible.ts';
import type { PracticeSet, UpOptions } from '../../scripts/practice/practiceSet.ts';
import { runCommand, type CommandResult } from '../../scripts/practice/runCommand.ts';
import { serverNumbers, type ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { startForeignRedis } from './foreignRedis.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { firewalledSnapshots } from './serverSnapshots.ts';
import { triadForTest, type EditableSpec } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const work = mkdtempSync(join(tmpdir(), 'triad-exports-e2e-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
// By apt, where this machine has none yet.
beforeAll(() => ensureAnsible(() => undefined), 600_000);

// Everything that shells, Jinja, YAML and Redis' own configuration take for their own.
const PASSWORD = `pa"ss' \${HOME} $(id) {{ 1 }} \\x41 \`w\` ñ€ %s #; * ~`;
const secret = { CLUSTER_PASSWORD: PASSWORD };
const passwordFile = join(work, 'password');
const folders = { ansible: join(work, 'ansible'), shell: join(work, 'shell') };

let set: PracticeSet;
let spec = '';

function withPassword(edited: EditableSpec): void {
  edited.redis['passwordEnv'] = 'CLUSTER_PASSWORD';
}

async function exported(kind: keyof typeof folders, ...more: readonly string[]): Promise<unknown> {
  const args = ['export', '--as', kind, '--out', folders[kind], '--json', ...(more.length === 0 ? ['--spec', spec] : more)];
  const { code, stdout } = await triad.run(args, { env: secret });
  return { code, ...(JSON.parse(stdout) as object) };
}

/** Ansible on the exported folder, with keys and known hosts of the practice servers, as whoever automates has their own. */
async function playbook(...args: readonly string[]): Promise<CommandResult> {
  const { auth } = set.loginOf(1);
  const knownHosts = join(work, 'known_hosts');
  const keys = readFileSync(join(set.place.keysFolder, 'known_hosts'), 'utf8');
  writeFileSync(
    knownHosts,
    set.servers.reduce((text, { name, address }) => text.replace(`${name} `, `${address} `), keys),
  );
  const controlFolder = join(work, 'cp');
  const finished = await runCommand(
    'sh',
    ['-c', `cd "$1" && shift && exec ansible-playbook "$@"`, 'sh', folders.ansible, 'site.yml', ...args],
    {
      env: {
        ANSIBLE_HOME: join(work, 'ansible-home'),
        ANSIBLE_NOCOLOR: '1',
        ANSIBLE_PRIVATE_KEY_FILE: auth.kind === 'key' ? auth.privateKeyFile : '',
        ANSIBLE_SSH_ARGS: `-F none -o UserKnownHostsFile=${knownHosts} -o ControlMaster=auto -o ControlPersist=20s`,
        ANSIBLE_SSH_CONTROL_PATH_DIR: controlFolder,
        REDIS_PASSWORD: PASSWORD,
      },
    },
  );
  await closeSshConnections(controlFolder);
  return finished;
}

/** What Ansible counts at its end: `ok`, `changed`, `failed` and so on by server. */
function recap(finished: CommandResult): readonly Readonly<Record<string, number>>[] {
  const lines =
    finished.stdout
      .split('PLAY RECAP')[1]
      ?.split('\n')
      .slice(1)
      .filter((line) => line.includes('ok=')) ?? [];
  return lines.map((line) =>
    Object.fromEntries([...line.matchAll(/(\w+)=(\d+)/gu)].map((found): [string, number] => [found[1] ?? '', Number(found[2])])),
  );
}

async function validated(): Promise<unknown> {
  return runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env: secret }));
}

/** What Triad would still change, by id. */
async function stillToDo(): Promise<readonly string[]> {
  const { code, events } = await triad.run(['plan', '--spec', spec, '--json'], { env: secret });
  expect(code).toBe(0);
  return events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes.map(({ id }) => id) : []));
}

function expectNoSecret(text: string): void {
  for (const part of [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), 'ñ€']) expect(text).not.toContain(part);
}

const firewalls: UpOptions = {
  quirks: ['python3'],
  servers: {
    1: { firewall: 'ufw', quirks: ['python3'] },
    2: { firewall: 'nftables', quirks: ['python3', 'umask077'] },
    3: { firewall: 'firewalld', quirks: ['python3'] },
  },
};

test('the same specification gives the same folders, without a secret, and nothing that somebody changed is written over', async () => {
  set = await servers.up(firewalls);
  spec = triad.spec(set, withPassword);
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  for (const kind of ['ansible', 'shell'] as const) {
    expect(await exported(kind)).toMatchObject({ code: 0, type: 'exported', as: kind, isNew: true });
    const sums = readFileSync(join(folders[kind], 'SHA256SUMS'), 'utf8');
    execFileSync('sh', ['-c', 'sha256sum -c --quiet SHA256SUMS'], { cwd: folders[kind] });
    expect(await exported(kind)).toMatchObject({ code: 0, isNew: false });
    expect(readFileSync(join(folders[kind], 'SHA256SUMS'), 'utf8')).toBe(sums);
    expect(execFileSync('grep', ['-rlF', '-e', 'ñ€', folders[kind], work], { encoding: 'utf8' }).trim()).toBe(passwordFile);
  }
  const nothing = join(work, 'nothing');
  for (const args of [
    ['--as', 'word', '--spec', spec],
    ['--as', 'shell'],
    ['--as', 'shell', '--spec', spec, '--bundle', spec],
  ])
    expect(await triad.run(['export', ...args, '--out', nothing, '--json'])).toMatchObject({
      code: 2,
      result: { failure: { code: 'usage.invalid' } },
    });
  expect(existsSync(nothing)).toBe(false);
  const readme = join(folders.shell, 'README.md');
  const before = readFileSync(readme);
  appendFileSync(readme, 'a note of ours\n');
  expect(await exported('shell')).toMatchObject({ code: 2, failure: { code: 'export.folderTaken' } });
  expect(readFileSync(readme, 'utf8')).toContain('a note of ours');
  writeFileSync(readme, before);
  expect(readdirSync(work).filter((name) => name.startsWith('.'))).toEqual([]);
});

// Sixty of Ansible's round trips by three servers: half a minute of computing, more on a machine that does other things meanwhile.
const patience = { timeout: 300_000 };

test('the playbook builds the cluster on bare servers with firewalls', patience, async () => {
  const built = await playbook();
  expect(`${built.code} ${built.code === 0 ? '' : built.stdout}${built.stderr}`).toBe('0 ');
  expectNoSecret(built.stdout);
  expect(await validated()).toEqual(passedRun);
});

test('a second run of the playbook changes nothing, and no log of a server has the password', patience, async () => {
  const before = await firewalledSnapshots(set);
  const again = await playbook();
  expect(again.code).toBe(0);
  expect(recap(again)).toHaveLength(3);
  for (const counts of recap(again)) expect(counts).toMatchObject({ changed: 0, failed: 0, unreachable: 0 });
  expect(await firewalledSnapshots(set)).toEqual(before);
  expectNoSecret(again.stdout + again.stderr);
  for (const number of serverNumbers) expectNoSecret(await set.logs(number));
});

test('Triad goes on from there: only its record of what was before is missing', async () => {
  const record = 'file:/var/lib/triad/before.json';
  expect(await stillToDo()).toEqual([record, record, record]);
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json'], { env: secret }))).toEqual(passedRun);
});

test('the playbook refuses what would change a running cluster, before it changes anything', patience, async () => {
  const before = await firewalledSnapshots(set);
  spec = triad.spec(set, (edited) => {
    withPassword(edited);
    edited.redis['nodeTimeoutMs'] = 4321;
  });
  expect(await exported('ansible')).toMatchObject({ code: 0, isNew: true });
  const refused = await playbook();
  expect(refused.code).not.toBe(0);
  expect(refused.stdout).toContain('runs with another configuration than this one');
  expect(recap(refused).map(({ changed }) => changed)).toEqual([0, 0, 0]);
  spec = triad.spec(set, withPassword);
  await exported('ansible');
  const other = await playbook('-e', 'redis_password=another');
  expect(other.code).not.toBe(0);
  expect(other.stdout).toContain('The nodes run with another password');
  expect(await firewalledSnapshots(set)).toEqual(before);
});

/** Runs a command of the README on a server: logged in as the specification says, the password on the standard input. */
async function onServer(number: ServerNumber, script: string): Promise<CommandResult> {
  return set.ssh(number, `cd triad-${set.place.prefix} && sudo sh ${script} --password-file -`, { input: `${PASSWORD}\n` });
}

async function copyToAll(): Promise<void> {
  const packed = execFileSync('tar', ['-c', '-C', folders.shell, '.'], { maxBuffer: 64 * 1024 ** 2 });
  const folder = `triad-${set.place.prefix}`;
  for (const number of serverNumbers) {
    const { code } = await set.ssh(number, `mkdir -p ${folder} && tar -x -C ${folder}`, { input: packed });
    expect(code).toBe(0);
  }
}

const nameOf = (number: ServerNumber): string => set.servers[number - 1]?.name ?? '';

test('the scripts refuse the wrong server, a changed file and a port that somebody uses, and change nothing', async () => {
  await set.reset({ servers: { 1: { firewall: 'iptables' }, 2: { firewall: 'nftables' }, 3: { quirks: ['umask077'] } } });
  await copyToAll();
  const foreign = await startForeignRedis(set, 3, 7001);
  await foreign.ask('set', 'theirs', '1');
  const before = await firewalledSnapshots(set);
  const refusals: readonly (readonly [CommandResult, string])[] = [
    [await onServer(1, `install-${nameOf(2)}.sh`), 'is it another server?'],
    [await onServer(3, `install-${nameOf(3)}.sh`), 'something else listens on port 7001 or 17001'],
    [await set.ssh(1, `cd triad-* && sh install-${nameOf(1)}.sh`), 'must run as root'],
    [await set.ssh(1, `cd triad-* && sudo sh install-${nameOf(1)}.sh </dev/null`), 'there is no password'],
  ];
  for (const [{ code, stderr }, words] of refusals) {
    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
  }
  await set.ssh(2, 'cd triad-* && echo "# changed" >> form-cluster.sh');
  expect((await onServer(2, `install-${nameOf(2)}.sh`)).stderr).toContain('files of this folder are not what Triad wrote');
  await set.ssh(2, "cd triad-* && sed -i '$d' form-cluster.sh");
  expect(await firewalledSnapshots(set)).toEqual(before);
  expect(await foreign.ask('get', 'theirs')).toBe('1');
  await foreign.stop();
});

test('the scripts build the cluster on bare servers, and a second run changes nothing', async () => {
  for (const number of serverNumbers) {
    const done = await onServer(number, `install-${nameOf(number)}.sh`);
    expect(`${done.code} ${done.stderr}`).toBe('0 ');
  }
  const joined = await onServer(2, 'form-cluster.sh');
  expect(`${joined.code} ${joined.stderr}`).toBe('0 ');
  expect(joined.stdout).toContain('The cluster ');
  expect(await validated()).toEqual(passedRun);

  const before = await firewalledSnapshots(set);
  for (const number of serverNumbers) {
    const again = await onServer(number, `install-${nameOf(number)}.sh`);
    expect(again).toMatchObject({ code: 0, stdout: `Everything is as it must be: nothing was changed on ${nameOf(number)}.\n` });
  }
  expect(await stillToDo()).toHaveLength(3);
  const again = await onServer(3, 'form-cluster.sh');
  expect(again.code).toBe(0);
  expect(again.stdout).not.toContain('changed:');
  expect(await firewalledSnapshots(set)).toEqual(before);
  for (const number of serverNumbers) expectNoSecret(await set.logs(number));
});

test('a bundle gives the same folder as its specification', async () => {
  const bundle = join(work, 'cluster.triad');
  const written = await triad.run(['bundle', 'export', '--spec', spec, '--out', bundle, '--with-binaries', '--from-last'], { env: secret });
  expect(written.code).toBe(0);
  expect(await exported('shell', '--bundle', bundle)).toMatchObject({ code: 0, isNew: false });
});
