import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import type { Change } from '../../shared/domain/change.ts';
import { connectPractice } from './testing/connectPractice.ts';
import { failureFrom } from './testing/failureFrom.ts';
import { observeNothing, textFile } from './testing/samples.ts';

const practice = practiceSetForTest();

const binary = randomBytes(4_000_000);
const changes: readonly Change[] = [
  { kind: 'folder', id: 'folder', path: '/opt/triad/bin', owner: 'root', group: 'root', mode: 0o755, exists: false },
  {
    kind: 'binary',
    id: 'binary',
    path: '/opt/triad/bin/redis-server',
    mode: 0o755,
    sizeBytes: binary.length,
    sha256: createHash('sha256').update(binary).digest('hex'),
  },
  textFile('/opt/triad/motd', 'schön: 5 €\n'),
];

test('login shells that print or are fish or csh, other languages, umask, noexec: all the same to us', async () => {
  const set = await practice.up({
    servers: {
      1: { login: 'sudoPassword', quirks: ['chattyShell', 'germanLocale', 'umask077', 'noexecTmp'] },
      2: { quirks: ['fishShell', 'fewSessions', 'noSftp'] },
      3: { login: 'sudoPassword', quirks: ['cshShell', 'brazilianLocale', 'noTcpForwarding'] },
    },
  });
  for (const number of [1, 2, 3] as const) {
    const host = await connectPractice(set, number);
    const payload = randomBytes(100_000);
    const result = await host.shell.run({
      name: 'x',
      script: 'umask; pwd; id -u; sha256sum; ls /nowhere; echo "ü $LC_ALL"',
      input: [payload],
    });
    const hash = createHash('sha256').update(payload).digest('hex');
    expect([number, result]).toEqual([
      number,
      {
        code: 0,
        stdout: `0022\n/\n0\n${hash}  -\nü C\n`,
        stderr: "ls: cannot access '/nowhere': No such file or directory\n",
      },
    ]);

    const outcomes = await host.apply(changes, new Map([['binary', gzipSync(binary)]]));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    const facts = await host.observe({
      ...observeNothing,
      paths: ['/opt/triad', '/opt/triad/bin', '/opt/triad/bin/redis-server', '/opt/triad/motd'],
      contentOf: ['/opt/triad/motd'],
    });
    expect(facts.paths.map(({ mode, owner, group }) => [mode, owner, group])).toEqual([
      [0o755, 'root', 'root'],
      [0o755, 'root', 'root'],
      [0o755, 'root', 'root'],
      [0o644, 'root', 'root'],
    ]);
    expect(facts.paths[3]?.content).toBe('schön: 5 €\n');
    expect(facts).toMatchObject({ hostName: set.servers[number - 1]?.name, os: { id: 'debian' }, systemdVersion: 252 });
    expect(facts.privilege).toBe(number === 2 ? 'sudo' : 'sudoWithPassword');

    const failure = await failureFrom(host.shell.run({ name: 'x', script: 'echo "é ü" >&2; exit 3' }));
    expect(failure).toMatchObject({ code: 'host.commandFailed', evidence: 'é ü' });
  }
});

test('few sessions on a connection: listeners and a lock leave room for work', async () => {
  const set = await practice.up({ servers: { 1: { quirks: ['fewSessions'] } } });
  const host = await connectPractice(set, 1);
  const lock = await host.shell.start({ name: 'lock', script: 'cat >/dev/null' });
  const listeners = await host.listen(set.servers[0]?.address ?? '', [{ port: 7000, nonce: 'word' }], 20_000);
  const results = await Promise.all([1, 2, 3].map((number) => host.shell.run({ name: 'x', script: `echo ${number}` })));
  expect(results.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n']);
  await listeners.end();
  await lock.end();
  expect(host.roundTrips.connects).toBeGreaterThan(1);
});

test('forwarding that sshd forbids, and ports that are closed', async () => {
  const set = await practice.up({ servers: { 3: { quirks: ['noTcpForwarding'] } } });
  const forbidden = await connectPractice(set, 3);
  expect(await failureFrom(forbidden.forward('10.1.1.1', 7000))).toMatchObject({
    code: 'ssh.forwardingRefused',
    values: { server: set.servers[2]?.name, endpoint: '10.1.1.1:7000' },
  });
  const allowed = await connectPractice(set, 1);
  expect(await failureFrom(allowed.forward(set.servers[0]?.address ?? '', 7000))).toMatchObject({
    code: 'redis.unreachable',
    values: { reason: 'Connection refused' },
  });
});
