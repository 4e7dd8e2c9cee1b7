import { spawn, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { connectPractice, requestFor } from './linux/testing/connectPractice.ts';
import { failureFrom } from './linux/testing/failureFrom.ts';

const practice = practiceSetForTest();
const PASSWORD = `it's "$HOME" \`#\\ ü`;
const whoAmI = { name: 'whoAmI', script: 'id -u' };
const rootId = { code: 0, stdout: '0\n', stderr: '' };

test('keys, a passphrase, a password; sudo without a password', async () => {
  const set = await practice.up({
    password: PASSWORD,
    passphrase: PASSWORD,
    sshPort: 2222,
    servers: { 1: { login: 'key' }, 2: { login: 'keyWithPassphrase' }, 3: { login: 'password' } },
  });
  for (const number of [1, 2, 3] as const) {
    const host = await connectPractice(set, number);
    expect([await host.shell.run(whoAmI), host.privilege]).toEqual([rootId, 'sudo']);
    // A password that is not needed does no harm, and is not said to be needed.
    const withPassword = await connectPractice(set, number, { sudoPassword: 'not needed' });
    expect([await withPassword.shell.run(whoAmI), withPassword.privilege]).toEqual([rootId, 'sudo']);
    expect(withPassword.hostKey).toMatchObject({ fingerprint: set.fingerprintOf(number) });
  }

  const { login: key } = requestFor(set, 2);
  if (key.kind !== 'key') throw new Error('server 2 has a key');
  for (const [passphrase, code] of [
    [null, 'ssh.passphraseMissing'],
    ['wrong', 'ssh.passphraseWrong'],
  ] as const)
    expect(await failureFrom(connectPractice(set, 2, { login: { ...key, passphrase } }))).toMatchObject({ code });
  expect(await failureFrom(connectPractice(set, 1, { login: key }))).toMatchObject({ code: 'ssh.authRejected', values: { method: 'key' } });

  const wrong = await failureFrom(connectPractice(set, 3, { login: { kind: 'password', user: 'admin', password: 'wrong' } }));
  expect(wrong).toMatchObject({ code: 'ssh.authRejected', values: { user: 'admin', method: 'password' } });
  const { stdout } = await set.run(3, 'journalctl -q -t sshd -o cat | grep -c "Failed password"');
  expect(stdout.trim()).toBe('1');
  expect(await failureFrom(connectPractice(set, 1, { endpoint: { address: set.servers[0]?.address ?? '', port: 22 } }))).toMatchObject({
    code: 'ssh.refused',
  });
});

test('sudo with a password, by a key and by keyboard-interactive; a user who may not', async () => {
  const set = await practice.up({
    password: PASSWORD,
    servers: {
      1: { login: 'sudoPassword' },
      2: { login: 'passwordAndSudoPassword', quirks: ['keyboardInteractive'] },
      3: { login: 'noSudo' },
    },
  });
  for (const number of [1, 2] as const) {
    const host = await connectPractice(set, number);
    const payload = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
    expect([await host.shell.run({ name: 'x', script: 'id -u; wc -c', input: [payload] }), host.privilege]).toEqual([
      { code: 0, stdout: '0\n200000\n', stderr: '' },
      'sudoWithPassword',
    ]);
    expect(await failureFrom((await connectPractice(set, number, { sudoPassword: null })).shell.run(whoAmI))).toMatchObject({
      code: 'sudo.passwordNeeded',
      values: { user: 'admin' },
    });
  }

  const host = await connectPractice(set, 1, { sudoPassword: 'wrong' });
  // Side by side, and once more: it is tried once only.
  const failures = await Promise.all([1, 2, 3].map(() => failureFrom(host.shell.run(whoAmI))));
  failures.push(await failureFrom(host.shell.run(whoAmI)));
  for (const failure of failures) expect(failure).toMatchObject({ code: 'sudo.passwordRejected', values: { user: 'admin' } });
  const rejections = await set.run(1, 'journalctl -q -t sudo -o cat | grep -c "authentication failure"');
  expect(rejections.stdout.trim()).toBe('1');

  const refused = await connectPractice(set, 3, { sudoPassword: PASSWORD });
  expect(await failureFrom(refused.shell.run(whoAmI))).toMatchObject({
    code: 'sudo.refused',
    values: { user: 'admin', reason: expect.stringContaining('sudoers') as string },
  });
});

test('root by key, by password and by an agent; sudo that wants a terminal, and no sudo at all', async () => {
  const set = await practice.up({
    password: PASSWORD,
    servers: {
      1: { login: 'root' },
      2: { login: 'rootPassword' },
      3: { login: 'key', quirks: ['requireTty'] },
    },
  });
  for (const number of [1, 2] as const) {
    const host = await connectPractice(set, number);
    expect([await host.shell.run(whoAmI), host.privilege, host.roundTrips.sessions]).toEqual([rootId, 'root', 1]);
  }
  const needsTerminal = await connectPractice(set, 3);
  expect(await failureFrom(needsTerminal.shell.run(whoAmI))).toMatchObject({
    code: 'sudo.refused',
    values: { reason: expect.stringContaining('tty') as string },
  });
  await set.run(3, 'mv /usr/bin/sudo /usr/bin/sudo.away');
  expect(await failureFrom(needsTerminal.shell.run(whoAmI))).toMatchObject({ code: 'sudo.missing', values: { user: 'admin' } });

  const agent = spawn('/bin/sh', ['-c', 'exec ssh-agent -D'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void agent.kill());
  const said = await new Promise<string>((resolve) => {
    agent.stdout.once('data', (piece: Buffer) => resolve(piece.toString()));
  });
  const socket = /SSH_AUTH_SOCK=([^;]+);/u.exec(said)?.[1] ?? '';
  const login = { kind: 'agent', user: 'root', socket } as const;
  expect(await failureFrom(connectPractice(set, 1, { login }))).toMatchObject({ code: 'ssh.authRejected', values: { method: 'agent' } });
  const adding = spawnSync('/bin/sh', ['-c', 'exec ssh-add -q "$1"', 'add', set.login.privateKeyFile], {
    env: { ...process.env, SSH_AUTH_SOCK: socket },
  });
  expect(adding.status).toBe(0);
  expect(await (await connectPractice(set, 1, { login })).shell.run(whoAmI)).toEqual(rootId);
});

test('a server whose host keys have changed is not logged in to', async () => {
  const set = await practice.up({ login: 'password' });
  const before = requestFor(set, 1);
  await set.reset({ only: [1], hostKeys: 'change' });
  const failure = await failureFrom(connectPractice(set, 1, { hostKey: before.hostKey }));
  expect(failure).toMatchObject({
    code: 'ssh.hostKeyChanged',
    values: { expected: before.hostKey.expected?.fingerprint ?? '', fingerprint: set.fingerprintOf(1) },
  });
  const { stdout } = await set.run(1, 'journalctl -q -t sshd -o cat | grep -c "Accepted\\|Failed" || true');
  expect(stdout.trim()).toBe('0');
});
