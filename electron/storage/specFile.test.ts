import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { say } from '../shared/messages/message.ts';
import { parseSpec } from './specFile.ts';

type Raw = Record<string, unknown>;

function server(index: number): Raw {
  return {
    name: `server-${index}`,
    address: `10.77.0.1${index}`,
    ssh: { user: 'admin', auth: { privateKeyFile: './key' } },
  };
}

function valid(): Raw {
  return { schemaVersion: 1, name: 'sessions', servers: [server(1), server(2), server(3)] };
}

/** Puts a value at a path such as `servers.1.address`; `undefined` takes the key away. */
function withValue(path: string, value: unknown): Raw {
  const raw = structuredClone(valid());
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place: unknown = raw;
  for (const key of keys) {
    const next: unknown = Reflect.get(place as object, key) ?? {};
    Reflect.set(place as object, key, next);
    place = next;
  }
  if (value === undefined) Reflect.deleteProperty(place as object, last);
  else Reflect.set(place as object, last, value);
  return raw;
}

function issuesOf(raw: unknown): readonly string[] {
  const reading = parseSpec(stringify(raw), '/specs');
  return reading.ok ? [] : reading.issues.map((issue) => `${issue.path} | ${issue.value} | ${say(issue.message)}`);
}

describe('parseSpec', () => {
  test('fills in every default and makes file paths absolute against the file', () => {
    const reading = parseSpec(stringify(valid()), '/specs');
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
    const { spec } = reading;
    expect(spec.redis).toEqual({
      engine: 'redis',
      masterPort: 7000,
      replicaPort: 7001,
      nodeTimeoutMs: 5000,
      maxMemory: 256 * 1024 ** 2,
      persistence: 'aof',
    });
    const archives = { archive: { file: 'a.tar.gz', sha256: 'ab'.repeat(32) }, windowsArchive: { file: 'w/a.zip' } };
    expect(parseSpec(stringify({ ...(valid() as object), redis: archives }), '/specs')).toMatchObject({
      spec: { redis: { archive: { file: '/specs/a.tar.gz' }, windowsArchive: { file: '/specs/w/a.zip' } } },
    });
    expect(spec.paths).toEqual({ install: '/opt/triad', data: '/var/lib/triad', logs: '/var/log/triad' });
    expect(spec.firewall).toEqual({ manage: false, clients: [] });
    expect(spec.servers[0]?.ssh).toEqual({
      host: '10.77.0.11',
      port: 22,
      user: 'admin',
      login: { kind: 'key', privateKeyFile: '/specs/key', passphrase: null },
      sudoPassword: null,
      hostKey: null,
    });
  });

  test('takes a preset of the failover test, and all as every scenario', () => {
    const preset = { scenarios: 'all', servers: ['server-2'], rounds: 2 };
    const reading = parseSpec(stringify({ ...valid(), failoverTest: preset }), '/specs');
    expect(reading).toMatchObject({ spec: { failoverTest: { ...preset, scenarios: [...SCENARIOS] } } });
  });

  test('reads JSON, and normalises addresses, networks and memory', () => {
    const raw = withValue('servers.0.address', '2001:DB8:0::0011') as { redis?: Raw; firewall?: Raw };
    raw.redis = { maxMemory: '2GB' };
    raw.firewall = { manage: true, clients: ['10.0.0.7/24', '192.168.1.9'] };
    const reading = parseSpec(JSON.stringify(raw), '/specs');
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
    expect(reading.spec.servers[0]?.address).toBe('2001:db8::11');
    expect(reading.spec.redis.maxMemory).toBe(2 * 1024 ** 3);
    expect(reading.spec.firewall.clients).toEqual(['10.0.0.0/24', '192.168.1.9/32']);
  });

  test.each<[string, unknown, string]>([
    ['schemaVersion', 2, 'schemaVersion | 2 | must be 1'],
    ['name', 'Sessions!', 'name | "Sessions!" | must start with a small letter'],
    ['name', 'bin', 'name | "bin" | is a word with a meaning of its own'],
    ['name', undefined, 'name |  | is missing; a text is needed'],
    ['servers', [server(1)], 'must name exactly three servers'],
    ['servers', 'three', 'servers | "three" | must be a list'],
    ['servers.1.name', 'a b', 'servers[1].name | "a b" | must start with a letter or digit'],
    ['servers.1.name', 'admin', 'servers[1].name | "admin" | is a word with a meaning of its own'],
    ['servers.1.name', 'SERVER-1', 'servers[1].name | "SERVER-1" | is the same name as that of servers[0]'],
    ['servers.1.address', '10.77.0.11', 'servers[1].address | "10.77.0.11" | is the same address as that of servers[0]'],
    ['servers.1.address', '::ffff:10.77.0.11', 'is the same address as that of servers[0]'],
    ['servers.1.address', 'redis-2.example', 'servers[1].address | "redis-2.example" | is not an IP address'],
    ['servers.1.address', '10.77.0.300', 'is not an IP address'],
    ['servers.1.address', '127.0.0.1', 'cannot be dialled from another server'],
    ['servers.1.address', '0.0.0.0', 'cannot be dialled from another server'],
    ['servers.1.address', 'fe80::1', 'cannot be dialled from another server'],
    ['servers.1.address', undefined, 'servers[1].address |  | is missing; a text is needed'],
    ['servers.1.ssh.host', 'under_score', 'servers[1].ssh.host | "under_score" | is neither an IP address nor a host name'],
    ['servers.1.ssh.host', '10.77.0.11', 'servers[1].ssh.host | "10.77.0.11" | is the same SSH endpoint as that of servers[0]'],
    ['servers.1.ssh.port', 0, 'servers[1].ssh.port | 0 | must be between 1 and 65535'],
    ['servers.1.ssh.port', '22', 'servers[1].ssh.port | "22" | must be a whole number'],
    ['servers.1.ssh.user', 'a b', 'servers[1].ssh.user | "a b" | is not a user name'],
    ['servers.1.ssh.auth', {}, 'servers[1].ssh.auth | {} | must name exactly one way to log in'],
    ['servers.1.ssh.auth', { agent: true, passwordEnv: 'P' }, 'must name exactly one way to log in'],
    ['servers.1.ssh.auth', { passwordEnv: 'P', passphraseEnv: 'Q' }, 'only makes sense together with privateKeyFile'],
    ['servers.1.ssh.auth', { passwordEnv: 'my secret!' }, 'never the secret itself'],
    [
      'servers.1.ssh.auth',
      { password: 'x' },
      'servers[1].ssh.auth.password | "x" | is not known here; known are: privateKeyFile, passphraseEnv, passwordEnv, agent',
    ],
    ['servers.1.ssh.sudo', { passwordEnv: '' }, 'must be the name of an environment variable'],
    ['servers.1.ssh.hostKey', 'SHA256:short', 'must be a fingerprint as ssh-keygen -l prints it'],
    ['redis.engine', 'keydb', 'redis.engine | "keydb" | must be one of: redis, valkey'],
    ['redis.version', '7', 'must be a version of three numbers'],
    ['redis.archive', { file: 'a.tar.gz', sha256: 'ABC' }, 'redis.archive.sha256 | "ABC" | must be a SHA-256'],
    ['redis.windowsArchive', { file: 'a.zip', sha256: 'ABC' }, 'redis.windowsArchive.sha256 | "ABC" | must be a SHA-256'],
    [
      'redis.windowsArchive',
      { file: 'a.zip', useAnyway: '0123' },
      'redis.windowsArchive.useAnyway | "0123" | must be the first 8 characters',
    ],
    ['redis.masterPort', 80, 'redis.masterPort | 80 | must be 1024 or higher'],
    ['redis.masterPort', 60_000, 'redis.masterPort | 60000 | must be 55535 or lower'],
    ['redis.replicaPort', 7000, 'redis.replicaPort | 7000 | meets masterPort or a cluster bus port'],
    ['redis.replicaPort', 17_000, 'redis.replicaPort | 17000 | meets masterPort or a cluster bus port'],
    ['redis.nodeTimeoutMs', 10, 'redis.nodeTimeoutMs | 10 | must be a whole number of milliseconds'],
    ['redis.maxMemory', 'much', 'redis.maxMemory | "much" | is not an amount of memory'],
    ['redis.maxMemory', '1mb', 'redis.maxMemory | "1mb" | must be between 16mb and 1024gb'],
    ['redis.persistence', 'yes', 'must be one of: aof, rdb, none'],
    ['paths.install', 'opt/triad', 'paths.install | "opt/triad" | must be an absolute path'],
    ['paths.install', '/opt/../etc', 'must be an absolute path'],
    ['paths.install', '/usr/triad', 'lies in a folder of the operating system'],
    ['paths.data', '/var/lib', 'is a folder that others use too'],
    ['paths.data', '/opt/triad/data', 'paths.data | "/opt/triad/data" | is the same as, or lies inside'],
    ['firewall', { manage: true, clients: ['office'] }, 'firewall.clients[0] | "office" | is not a network'],
    ['failoverTest.scenarios', ['meteorite'], 'failoverTest.scenarios[0] | "meteorite" | must be one of: switchover, processRestarted'],
    ['failoverTest.scenarios', [], 'failoverTest.scenarios | [] | must name at least one scenario, each once, or be: all'],
    ['failoverTest.scenarios', ['switchover', 'switchover'], 'must name at least one scenario, each once, or be: all'],
    ['failoverTest.scenarios', 'some', 'failoverTest.scenarios | "some" | must be a list'],
    [
      'failoverTest.servers',
      ['server-4'],
      'failoverTest.servers[0] | "server-4" | is none of the servers of this specification; known are: server-1',
    ],
    ['failoverTest.servers', ['server-1', 'server-1'], 'must name at least one server, each once'],
    ['failoverTest.rounds', 0, 'failoverTest.rounds | 0 | must be a whole number from 1 to 100'],
    ['failoverTest.rounds', '3', 'failoverTest.rounds | "3" | must be a whole number from 1 to 100'],
    ['failoverTest.deadlineSeconds', 5, 'failoverTest.deadlineSeconds | 5 | must be a whole number of seconds from 10 to 3600'],
    ['failoverTest.victims', 'x', 'failoverTest.victims | "x" | is not known here; known are: scenarios, servers, rounds, deadlineSeconds'],
    ['firewall', { manage: 'yes' }, 'firewall.manage | "yes" | must be true or false'],
    [
      'colour',
      'red',
      'colour | "red" | is not known here; known are: schemaVersion, name, servers, redis, paths, failoverTest, adopted, firewall',
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(issuesOf(withValue(path, value))).toContainEqual(expect.stringContaining(expected));
  });

  test('both ways to give the password at once', () => {
    expect(issuesOf(withValue('redis', { passwordEnv: 'P', passwordFile: 'f' }))).toContainEqual(
      expect.stringContaining('redis.passwordFile | "f" | cannot be given together with passwordEnv'),
    );
  });

  test('broken YAML is told with its line', () => {
    const reading = parseSpec('schemaVersion: 1\nname: [', '/specs');
    expect(reading).toMatchObject({ ok: false, issues: [{ path: expect.stringMatching(/^line \d+, column \d+$/u) as unknown }] });
  });

  test('an empty file', () => {
    expect(issuesOf(null)).toEqual([expect.stringContaining('(whole file)')]);
  });
});
