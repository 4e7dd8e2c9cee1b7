import { describe, expect, it } from 'vitest';
import { draftOfSpec, emptyDraft, formatMemory, neededSecrets, readDraft, specInputOf, type Draft, type ServerDraft } from './draft.ts';
import { ClusterSpec } from './spec.ts';

const ID = 'a'.repeat(32);
const KEY = { id: 'b'.repeat(32), name: 'id_ed25519' };

function draftWith(edit: Partial<Draft> = {}, servers: Partial<ServerDraft> = {}): Draft {
  const draft = emptyDraft(ID, '2026-01-02T03:04:05.000Z', '7.0.15');
  return {
    ...draft,
    ...edit,
    servers: (edit.servers ?? draft.servers).map((server, index) => ({
      ...server,
      address: `10.0.0.${index + 1}`,
      user: 'admin',
      ...servers,
    })),
  };
}

const names = (draft: Draft): readonly string[] => neededSecrets(draft).map(({ name }) => name);

describe('readDraft', () => {
  it('gives the specification that the command line would read', () => {
    const reading = readDraft(draftWith());
    expect(reading).toMatchObject({
      ok: true,
      spec: {
        name: 'sessions',
        servers: [1, 2, 3].map((number) => ({
          name: `server-${number}`,
          address: `10.0.0.${number}`,
          ssh: {
            host: `10.0.0.${number}`,
            port: 22,
            login: { kind: 'password', password: { kind: 'env', name: 'SSH_PASSWORD_1' } },
            sudoPassword: { kind: 'env', name: 'SSH_PASSWORD_1' },
          },
        })),
        redis: {
          version: '7.0.15',
          masterPort: 7000,
          replicaPort: 7001,
          nodeTimeoutMs: 5000,
          maxMemory: 256 * 1024 ** 2,
          persistence: 'aof',
        },
        firewall: { manage: true, clients: [] },
      },
    });
  });

  it('takes one word for an archive for Windows servers, the published hash before the typed beginning', () => {
    const draft = draftWith();
    const file = { id: 'c'.repeat(32), name: 'redis.zip' };
    const read = (published: string, typed: string): unknown => {
      const reading = readDraft({ ...draft, redis: { ...draft.redis, windowsArchive: { file, published, typed } } });
      return reading.ok ? reading.spec.redis.windowsArchive : reading.issues.map(({ path }) => path);
    };
    const sha256 = 'ab'.repeat(32);
    expect(read(` ${sha256.toUpperCase()}`, '')).toEqual({ file: file.id, sha256 });
    expect(read(sha256, 'abababab')).toEqual({ file: file.id, sha256 });
    expect(read('', ' ABABABAB ')).toEqual({ file: file.id, useAnyway: 'abababab' });
    expect(read('', '')).toEqual({ file: file.id });
    expect(read('', 'abc')).toEqual(['redis.windowsArchive.useAnyway']);
    expect(read('abc', '')).toEqual(['redis.windowsArchive.sha256']);
  });

  it('names every field of an empty draft that is still needed, and nothing else', () => {
    const reading = readDraft(emptyDraft(ID, '', '7.0.15'));
    expect(reading.ok ? [] : reading.issues.map(({ path, message }) => `${path} ${message.code}`)).toEqual(
      [0, 1, 2].flatMap((index) => [`servers.${index}.address spec.empty`, `servers.${index}.ssh.user spec.empty`]),
    );
  });

  it.each<[string, Partial<Draft>, Partial<ServerDraft>, string]>([
    ['a port that is no number', {}, { sshPort: '2x' }, 'servers.0.ssh.port port.notNumber'],
    ['a port too high', {}, { sshPort: '70000' }, 'servers.0.ssh.port port.outOfRange'],
    ['a name that is a sentence', { name: 'my cluster' }, {}, 'name spec.name'],
    ['a client that is no network', { firewall: { manage: true, clients: ['10.0.0.0/99'] } }, {}, 'firewall.clients.0 network.notCidr'],
    ['a key login without a key', {}, { login: 'key' }, 'servers.0.ssh.auth.privateKeyFile spec.empty'],
  ])('tells %s at its field', (_, edit, servers, issue) => {
    const reading = readDraft(draftWith(edit, servers));
    expect(reading.ok ? [] : reading.issues.map(({ path, message }) => `${path} ${message.code}`)).toContain(issue);
  });

  it('tells two servers with one address, and which one was first', () => {
    const draft = draftWith();
    const reading = readDraft({ ...draft, servers: draft.servers.map((server) => ({ ...server, address: '10.0.0.1' })) });
    expect(reading.ok ? [] : reading.issues).toContainEqual({
      path: 'servers.1.address',
      message: { code: 'spec.sameAddress', values: { first: 'servers[0]', value: '10.0.0.1' } },
    });
  });
});

describe('neededSecrets', () => {
  it.each<[string, Partial<Draft>, Partial<ServerDraft>, readonly string[]]>([
    ['one password for all', {}, {}, ['SSH_PASSWORD_1']],
    ['a password each', { sameLogin: false }, {}, ['SSH_PASSWORD_1', 'SSH_PASSWORD_2', 'SSH_PASSWORD_3']],
    ['a key', {}, { login: 'key', key: KEY }, []],
    [
      'a key with a passphrase, and sudo',
      {},
      { login: 'key', key: KEY, hasPassphrase: true, sudo: 'own' },
      ['KEY_PASSPHRASE_1', 'SUDO_PASSWORD_1'],
    ],
    ['an agent', {}, { login: 'agent' }, []],
    ['no sudo on Windows', { sameLogin: false }, { platform: 'windows', login: 'agent', sudo: 'own' }, []],
    ['root needs no sudo', {}, { login: 'agent', user: 'root', sudo: 'own' }, []],
    [
      'a Redis password of the admin',
      { redis: { ...emptyDraft(ID, '', '7.0.15').redis, password: 'own' } },
      { login: 'agent' },
      ['REDIS_PASSWORD'],
    ],
  ])('%s', (_, edit, servers, expected) => {
    const draft = draftWith(edit, servers);
    expect(names(draft)).toEqual(expected);
    // What the specification refers to is just what is asked for.
    const referred = new Set(JSON.stringify(specInputOf(draft)).match(/[A-Z_]{9,}(?:_[123])?(?=")/gu) ?? []);
    expect([...referred].toSorted()).toEqual([...expected].toSorted());
  });
});

it('one login for Linux and Windows servers has a password for sudo, which is given to the Linux servers only', () => {
  const draft = draftWith({}, { login: 'agent', sudo: 'own' });
  const [first, ...others] = draft.servers;
  if (first === undefined) throw new Error('no servers');
  const mixed: Draft = { ...draft, servers: [{ ...first, platform: 'windows' }, ...others] };
  expect(names(mixed)).toEqual(['SUDO_PASSWORD_1']);
  expect(ClusterSpec.parse(specInputOf(mixed)).servers.map(({ ssh }) => ssh.sudoPassword !== null)).toEqual([false, true, true]);
});

describe('draftOfSpec', () => {
  const fileOf = (): typeof KEY => KEY;
  const about = { id: ID, updatedAt: '2026-01-02T03:04:05.000Z' };
  it.each<[string, Partial<Draft>, Partial<ServerDraft>]>([
    ['passwords', {}, {}],
    ['passwords of their own', { sameLogin: false }, {}],
    ['keys', { firewall: { manage: false, clients: ['10.1.0.0/16'] } }, { login: 'key', key: KEY, hasPassphrase: true, sudo: 'own' }],
    ['an agent', {}, { login: 'agent', sudo: 'none' }],
    ['exclusions on Windows servers', { windows: { defenderExclusions: 'add' } }, {}],
  ])('is the way back from a specification with %s', (_, edit, servers) => {
    const draft = draftWith(edit, servers);
    const spec = ClusterSpec.parse(specInputOf(draft));
    const again = draftOfSpec(spec, about, { defaultVersion: '7.0.15', fileOf });
    expect(again).toEqual(draft);
  });

  it('keeps the servers of the failover test under whatever name they get, and never comes to all three', () => {
    const wanted = { scenarios: ['networkCut' as const], servers: ['server-2'] };
    const draft = draftOfSpec(ClusterSpec.parse(specInputOf(draftWith({ failoverTest: wanted }))), about, {
      defaultVersion: '7.0.15',
      fileOf,
    });
    const renamed = (name: string): Draft => ({
      ...draft,
      servers: draft.servers.map((server, index) => (index === 1 ? { ...server, name } : server)),
    });
    expect(specInputOf(renamed('server-1'))).toMatchObject({ failoverTest: { servers: ['server-1'] } });
    expect(specInputOf(renamed(' lisbon '))).toMatchObject({ failoverTest: { scenarios: ['networkCut'], servers: ['lisbon'] } });
    expect(readDraft(renamed('lisbon'))).toMatchObject({ ok: true, spec: { failoverTest: { servers: ['lisbon'] } } });
  });
});

it('refuses a preset of an older draft whose server has another name by now', () => {
  const reading = readDraft(draftWith({ failoverTest: { servers: ['server-9'] } }));
  expect(reading).toMatchObject({ ok: false, issues: [{ path: 'failoverTest.servers.0', message: { code: 'spec.victim' } }] });
});

it.each([
  [256 * 1024 ** 2, '256mb'],
  [4 * 1024 ** 3, '4gb'],
  [1536 * 1024 ** 2, '1536mb'],
  [1024 * 100, '100kb'],
  [1001, '1001b'],
])('formatMemory(%i) is %s', (bytes, text) => {
  expect(formatMemory(bytes)).toBe(text);
});
