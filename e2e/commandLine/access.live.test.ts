import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, toldCodes } from './findings.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type EditableSpec } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

/** Everything that a shell, YAML or a careless quote would trip over. */
const ODD_PASSWORD = `it's "quoted" $HOME \`id\` #1 \\n 50% äß€ ;&|`;
const ODD_PASSPHRASE = `pass 'phrase' "$1" \`x\` #ü`;

function ssh(spec: EditableSpec, server: ServerNumber): Record<string, unknown> {
  return spec.servers[server - 1]?.ssh ?? {};
}

/** How often a line of the journal matches; for what a server says about logins and sudo. */
async function journalCount(set: PracticeSet, server: ServerNumber, identifier: string, pattern: string): Promise<number> {
  const { stdout } = await set.run(server, `journalctl --no-pager --identifier=${identifier} --grep='${pattern}' --quiet`);
  return stdout.split('\n').filter((line) => line !== '').length;
}

describe('logins', () => {
  let set: PracticeSet;
  let bare: readonly string[];

  test('password, key with passphrase and sudo password work, whatever characters they have', async () => {
    set = await servers.up({
      password: ODD_PASSWORD,
      passphrase: ODD_PASSPHRASE,
      servers: { 1: { login: 'password' }, 2: { login: 'keyWithPassphrase' }, 3: { login: 'sudoPassword' } },
    });
    bare = await serverSnapshots(set);
    const finished = await triad.run(['check', '--spec', triad.spec(set), '--json']);
    expect([finished.code, finished.result.failure]).toEqual([0, null]);
    const ways = finished.result.checks.filter(({ id }) => id === 'server.privilege').map(({ observed }) => observed);
    expect(ways).toEqual([
      'admin becomes root with sudo, without a password',
      'admin becomes root with sudo, without a password',
      'admin becomes root with sudo and a password',
    ]);
    for (const secret of [ODD_PASSWORD, ODD_PASSPHRASE]) expect(finished.stdout).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  test('wrong password, wrong passphrase and a key that is not accepted are told for each server, and tried once', async () => {
    const spec = triad.spec(set, (one) => {
      ssh(one, 1)['auth'] = { passwordEnv: 'WRONG' };
      ssh(one, 2)['auth'] = { privateKeyFile: set.login.encryptedPrivateKeyFile, passphraseEnv: 'WRONG' };
      ssh(one, 3)['auth'] = { privateKeyFile: set.login.encryptedPrivateKeyFile, passphraseEnv: 'TRIAD_PRACTICE_PASSPHRASE' };
    });
    const finished = await triad.run(['install', '--yes', '--spec', spec], { env: { WRONG: 'not it' } });
    const [a, b, c] = set.servers;
    expectTold(finished, 3, [
      `${a?.name}: The server at ${a?.address}:22 rejected the login of admin (password)`,
      `${b?.name}: The passphrase does not open the private key ${set.login.encryptedPrivateKeyFile}`,
      'Set the right passphrase in the variable that ssh.auth.passphraseEnv names.',
      `${c?.name}: The server at ${c?.address}:22 rejected the login of admin (key)`,
      'Check user, key or password, and that sshd allows this way of logging in.',
    ]);
    expect(toldCodes(finished)).toEqual(['ssh.authRejected', 'ssh.passphraseWrong']);
    expect(await journalCount(set, 1, 'sshd', 'Failed password for admin')).toBe(1);
  });

  test('a wrong sudo password is tried once; a missing one is told', async () => {
    const name = set.servers[2]?.name ?? '';
    const wrong = triad.spec(set, (one) => (ssh(one, 3)['sudo'] = { passwordEnv: 'WRONG' }));
    const rejected = await triad.run(['install', '--yes', '--spec', wrong], { env: { WRONG: `${ODD_PASSWORD}x` } });
    expectTold(rejected, 1, [
      `✗ sudo on ${name} rejected the password of admin`,
      'Check the variable that ssh.sudo.passwordEnv names. It was tried once only',
    ]);
    expect(toldCodes(rejected)).toEqual(['sudo.passwordRejected']);
    expect(await journalCount(set, 3, 'sudo', 'authentication failure')).toBe(1);
    expect(await journalCount(set, 3, 'sudo', '1 incorrect password attempt')).toBe(1);

    const without = triad.spec(set, (one) => delete ssh(one, 3)['sudo']);
    const needed = await triad.run(['install', '--yes', '--spec', without]);
    expectTold(needed, 1, [
      `✗ sudo on ${name} asks admin for a password and none was given`,
      'Give ssh.sudo.passwordEnv in the specification, or allow admin to use sudo without a password.',
    ]);
    expect(toldCodes(needed)).toEqual(['sudo.passwordNeeded']);
  });

  test('a secret that is not there stops the run before any server is contacted', async () => {
    const spec = triad.spec(set, (one) => (ssh(one, 3)['sudo'] = { passwordEnv: 'NOWHERE_TO_BE_FOUND' }));
    const finished = await triad.run(['check', '--spec', spec]);
    expectTold(finished, 2, [
      'The environment variable NOWHERE_TO_BE_FOUND is not set',
      set.servers[2]?.name ?? '',
      'export NOWHERE_TO_BE_FOUND',
    ]);
    const missing = triad.spec(set, (one) => (ssh(one, 3)['auth'] = { privateKeyFile: '/nowhere/key' }));
    expectTold(await triad.run(['check', '--spec', missing]), 3, [
      `${set.servers[2]?.name}: The private key /nowhere/key cannot be used`,
      'Check the path in ssh.auth.privateKeyFile',
    ]);
  });

  test('an encrypted key without a passphrase is told', async () => {
    const spec = triad.spec(set, (one) => (ssh(one, 2)['auth'] = { privateKeyFile: set.login.encryptedPrivateKeyFile }));
    const finished = await triad.run(['check', '--spec', spec]);
    expectTold(finished, 3, [
      `${set.servers[1]?.name}: The private key ${set.login.encryptedPrivateKeyFile} is protected by a passphrase, and none was given`,
      'name it in the specification as ssh.auth.passphraseEnv',
    ]);
    expect(toldCodes(finished)).toEqual(['ssh.passphraseMissing']);
  });

  test('an SSH agent lets in with its key; one without the key, and none at all, are told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'triad-agent-'));
    const socket = join(folder, 'agent');
    const started = execFileSync('ssh-agent', ['-a', socket], { encoding: 'utf8' });
    const pid = Number(/SSH_AGENT_PID=(\d+)/u.exec(started)?.[1]);
    onTestFinished(() => {
      process.kill(pid);
      rmSync(folder, { recursive: true, force: true });
    });
    const env = { SSH_AUTH_SOCK: socket };
    const spec = triad.spec(set, (one) => (ssh(one, 3)['auth'] = { agent: true }));
    const name = set.servers[2]?.name ?? '';

    const empty = await triad.run(['check', '--spec', spec], { env });
    expectTold(empty, 3, [`${name}: The server at ${set.servers[2]?.address}:22 rejected the login of admin (agent)`]);

    execFileSync('ssh-add', ['-q', set.login.privateKeyFile], { env: { ...process.env, ...env }, stdio: 'pipe' });
    const good = await triad.run(['check', '--spec', spec, '--json'], { env });
    expect([good.code, good.result.failure]).toEqual([0, null]);

    const none = await triad.run(['check', '--spec', spec], { env: { SSH_AUTH_SOCK: '' } });
    expectTold(none, 3, [`${name}: No SSH agent can be used: SSH_AUTH_SOCK is not set`, 'Start an agent, add the key with ssh-add']);
    const dead = await triad.run(['check', '--spec', spec], { env: { SSH_AUTH_SOCK: join(folder, 'nobody') } });
    expectTold(dead, 3, [`${name}: No SSH agent can be used`]);
    expect(toldCodes(dead)).toEqual(['ssh.agentUnavailable']);
  });

  test('nobody at the address, a server that is off, and silence: told for each, all at the same time and within bounds', async () => {
    const nobody = `${set.place.subnet}.100`;
    await set.powerOff(2);
    await set.block('admin', 3, 22, 'drop');
    const spec = triad.spec(set, (one) => (ssh(one, 1)['host'] = nobody));
    const began = performance.now();
    const finished = await triad.run(['install', '--yes', '--spec', spec]);
    const seconds = (performance.now() - began) / 1000;
    await set.unblock();
    await set.powerOn(2);
    const [a, b, c] = set.servers;
    expectTold(finished, 3, [
      `${a?.name}: The SSH server at ${nobody}:22 cannot be reached`,
      `Check the address, that the server is up, and that routing and firewalls let this computer reach ${nobody}:22.`,
      `${c?.name}: The server at ${c?.address}:22 did not answer within 15 s`,
      `no firewall drops the packets to ${c?.address}:22`,
    ]);
    // Which of the two it is depends on whether this computer still remembers the server's card.
    expect(finished.stdout).toMatch(
      new RegExp(`${b?.name}: The (?:SSH server at ${b?.address}:22 cannot be reached|server at ${b?.address}:22 did not answer)`, 'u'),
    );
    expect(seconds).toBeLessThan(25);
  });

  test('no SSH at the port, something else than SSH, and a name without an address', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const spec = triad.spec(set, (one) => {
      ssh(one, 1)['port'] = 2223;
      Object.assign(ssh(one, 2), { host: '127.0.0.1', port });
      ssh(one, 3)['host'] = 'nowhere.invalid';
    });
    const finished = await triad.run(['check', '--spec', spec]);
    expectTold(finished, 3, [
      `${set.servers[0]?.name}: Nothing listens for SSH at ${set.servers[0]?.address}:2223`,
      'Start sshd on the server, or correct ssh.port in the specification.',
      `${set.servers[1]?.name}: What answers at 127.0.0.1:${port} does not speak SSH`,
      'Check ssh.port in the specification and the version of sshd on the server.',
      `${set.servers[2]?.name}: The name nowhere.invalid has no address`,
      'Correct ssh.host in the specification, or use the IP address.',
    ]);
    expect(toldCodes(finished)).toEqual(['ssh.refused', 'ssh.notSsh', 'ssh.nameNotFound']);
  });

  test('accounts that may log in but not work: closed logins, an expired password, no shell', async () => {
    // On the account's own record only, so that the snapshot at the end still speaks.
    const names = set.servers.map(({ name }) => name);
    await set.run(1, 'echo closed for repair > /run/nologin');
    const closed = await triad.run(['check', '--spec', triad.spec(set)]);
    await set.run(1, 'rm /run/nologin');
    expectTold(closed, 3, [
      `${names[0]}: The server at ${set.servers[0]?.address}:22 closed the connection during the login of admin`,
      'closed for repair',
      'logins may be closed (on Linux by /etc/nologin',
    ]);

    await set.run(2, 'chage -d 0 admin');
    await set.run(3, 'usermod -s /usr/sbin/nologin admin');
    const useless = await triad.run(['check', '--spec', triad.spec(set)]);
    await set.run(2, 'chage -d "$(date +%F)" admin');
    await set.run(3, 'usermod -s /bin/bash admin');
    expectTold(useless, 1, [
      `✗ ${names[1]} does not do what Triad asks of it: Password change required but no TTY available.`,
      `✗ ${names[2]} does not do what Triad asks of it: This account is currently not available.`,
      'Its password may have expired, its login shell may not be a shell',
    ]);
  });

  test('none of this has changed anything on the servers', async () => {
    expect(await serverSnapshots(set)).toEqual(bare);
  });
});

describe('accounts', () => {
  test('a user without sudo is refused; with it, as root, and on another port, the same command ends with a proven cluster', async () => {
    const set = await servers.up({
      password: ODD_PASSWORD,
      servers: { 1: { login: 'root' }, 2: { login: 'rootPassword', sshPort: 2222 }, 3: { login: 'noSudo' } },
    });
    const bare = await serverSnapshots(set);
    const name = set.servers[2]?.name ?? '';
    const refused = await triad.run(['install', '--yes', '--spec', triad.spec(set)]);
    // sudo wants to know who it is before it says what is allowed.
    expectTold(refused, 1, [
      `✗ sudo on ${name} asks admin for a password and none was given`,
      'allow admin to use sudo without a password',
    ]);
    expect(toldCodes(refused)).toEqual(['sudo.passwordNeeded']);
    const password = triad.spec(set, (one) => (ssh(one, 3)['sudo'] = { passwordEnv: 'TRIAD_PRACTICE_PASSWORD' }));
    const notInSudoers = await triad.run(['install', '--yes', '--spec', password]);
    expectTold(notInSudoers, 1, [
      `✗ sudo on ${name} does not allow admin to become root: admin is not in the sudoers file`,
      'Add admin to sudoers, or log in as another user.',
    ]);
    expect(toldCodes(notInSudoers)).toEqual(['sudo.refused']);

    await set.run(3, 'mv /usr/bin/sudo /usr/bin/sudo.away');
    const missing = await triad.run(['install', '--yes', '--spec', triad.spec(set)]);
    expectTold(missing, 1, [`✗ The user admin on ${name} is not root and sudo is not installed`, 'Install sudo, or log in as root.']);
    await set.run(3, 'mv /usr/bin/sudo.away /usr/bin/sudo');
    expect(await serverSnapshots(set)).toEqual(bare);

    await set.reset({ only: [3], login: 'passwordAndSudoPassword', quirks: ['keyboardInteractive'] });
    const finished = await triad.run(['install', '--yes', '--spec', triad.spec(set), '--json']);
    expect([finished.code, finished.result.failure, finished.result.verdict]).toEqual([0, null, 'pass']);
    const ways = finished.result.checks.filter(({ id }) => id === 'server.privilege').map(({ observed }) => observed);
    expect(ways).toEqual(['root is root', 'root is root', 'admin becomes root with sudo and a password']);
    // A piece of the password that JSON and HTML write as it is.
    const kept = spawnSync('grep', ['-rlF', 'äß€', triad.home], { encoding: 'utf8' });
    expect([kept.status, kept.stdout]).toEqual([1, '']);
  });
});
