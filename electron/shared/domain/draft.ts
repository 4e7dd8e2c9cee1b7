import { z } from 'zod';
import type { Message } from './message.ts';
import { Platform } from './platform.ts';
import { AdoptedSpec, ClusterSpec, DefenderExclusions, Engine, FailoverTestSpec, Persistence, WindowsService } from './spec.ts';
import { ExperimentalDistribution } from './windowsDistribution.ts';

/** The steps of the wizard after Home, in their order. */
export const StepId = z.enum(['servers', 'redis', 'placement', 'reachability', 'review', 'install', 'failover', 'report']);
export type StepId = z.infer<typeof StepId>;

/** What an admin comes back for once the cluster runs, in the order of the rail. No part of the way to it: nothing is reached there. */
export const AfterId = z.enum(['maintenance', 'bundle', 'history']);
export type AfterId = z.infer<typeof AfterId>;

/** Every screen of an open draft. */
export const PlaceId = z.enum([...StepId.options, ...AfterId.options]);
export type PlaceId = z.infer<typeof PlaceId>;

/** A file that the admin chose in a dialog: the window knows its name, only the core knows its place. */
export const ChosenFile = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/u), name: z.string().max(300) });
export type ChosenFile = z.infer<typeof ChosenFile>;

const text = z.string().max(2000);

/** One server as typed so far. Numbers are texts here: a field may hold anything until it is read. */
export const ServerDraft = z.strictObject({
  name: text,
  address: text,
  /** What the server runs on, as a specification said it or a connection test found it; missing while nobody knows. */
  platform: Platform.optional(),
  /** Empty: the same as `address`. */
  sshHost: text,
  sshPort: text,
  /** A fingerprint that the key must have, from a specification that was opened; empty: what the admin has accepted counts. */
  hostKey: text,
  user: text,
  login: z.enum(['password', 'key', 'agent']),
  key: ChosenFile.nullable(),
  hasPassphrase: z.boolean(),
  /** How sudo gets a password, where the user is not root: not at all, the one of the login, or one of its own. */
  sudo: z.enum(['none', 'sameAsLogin', 'own']),
});
export type ServerDraft = z.infer<typeof ServerDraft>;

const RunId = z.string().regex(/^[A-Za-z0-9-]{1,80}$/u);

/** What the admin has typed and reached so far: saved at every change, turned into a specification by {@link readDraft}. Never holds a secret. */
export const Draft = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/u),
  updatedAt: z.string(),
  name: text,
  servers: z.array(ServerDraft).length(3),
  /** The login of the first server is used for all three. */
  sameLogin: z.boolean(),
  redis: z.strictObject({
    engine: Engine,
    version: text,
    archive: z.strictObject({ file: ChosenFile, sha256: text }).nullable(),
    /** For Windows servers; `published`, `typed` and `experimental` are what the admin says of the file. Missing in drafts without such servers. */
    windowsArchive: z
      .strictObject({ file: ChosenFile, published: text, typed: text, experimental: ExperimentalDistribution.optional() })
      .optional(),
    masterPort: text,
    replicaPort: text,
    password: z.enum(['generated', 'own']),
    nodeTimeoutMs: text,
    maxMemory: text,
    persistence: Persistence,
  }),
  paths: z.strictObject({ install: text, data: text, logs: text, windows: text.optional() }),
  firewall: z.strictObject({ manage: z.boolean(), clients: z.array(text).max(64) }),
  /** What is wanted of Windows servers; missing where nobody has said anything, and in older drafts. */
  windows: z.strictObject({ defenderExclusions: DefenderExclusions, service: WindowsService.optional() }).optional(),
  /** Only of a cluster that Triad did not install: how it was found. Every run but a validation refuses it. */
  adopted: z.custom<AdoptedSpec>((value) => AdoptedSpec.safeParse(value).success).optional(),
  /** What a failover test does where nothing else is chosen; only of a specification that was opened and says so. */
  failoverTest: z.custom<FailoverTestSpec>((value) => FailoverTestSpec.safeParse(value).success).optional(),
  /** The servers that it names (0 to 2): they stay the same ones under another name. Missing where it names none, and in older drafts. */
  failoverVictims: z.array(z.number().int().min(0).max(2)).min(1).max(3).optional(),
  /** The furthest step that was reached, and the last run that each step started. */
  reached: StepId,
  runs: z.strictObject({
    check: RunId.nullable(),
    plan: RunId.nullable(),
    install: RunId.nullable(),
    failoverTest: RunId.nullable(),
    validate: RunId.nullable(),
  }),
});
export type Draft = z.infer<typeof Draft>;

/** A new draft with the defaults that need no thought; addresses and logins are empty. */
export function emptyDraft(id: string, updatedAt: string, defaultVersion: string): Draft {
  const server = (number: number): ServerDraft => ({
    name: `server-${number}`,
    address: '',
    sshHost: '',
    sshPort: '22',
    hostKey: '',
    user: '',
    login: 'password',
    key: null,
    hasPassphrase: false,
    sudo: 'sameAsLogin',
  });
  return {
    schemaVersion: 1,
    id,
    updatedAt,
    name: 'sessions',
    servers: [server(1), server(2), server(3)],
    sameLogin: true,
    redis: {
      engine: 'redis',
      version: defaultVersion,
      archive: null,
      masterPort: '7000',
      replicaPort: '7001',
      password: 'generated',
      nodeTimeoutMs: '5000',
      maxMemory: '256mb',
      persistence: 'aof',
    },
    paths: { install: '/opt/triad', data: '/var/lib/triad', logs: '/var/log/triad' },
    firewall: { manage: true, clients: [] },
    reached: 'servers',
    runs: { check: null, plan: null, install: null, failoverTest: null, validate: null },
  };
}

/** Names of the secrets that a draft can need. In an exported specification they are the names of environment variables. */
export const SecretName = z.string().regex(/^(?:SSH_PASSWORD_[123]|KEY_PASSPHRASE_[123]|SUDO_PASSWORD_[123]|REDIS_PASSWORD)$/u);
export type SecretName = z.infer<typeof SecretName>;

/** What a secret opens, and on which server (0 to 2; null for Redis). */
export interface NeededSecret {
  readonly name: SecretName;
  readonly kind: 'sshPassword' | 'keyPassphrase' | 'sudoPassword' | 'redisPassword';
  readonly server: number | null;
}

/** The index of the server whose login is used for a server: its own, or the first one's. */
export function loginIndexOf(draft: Draft, server: number): number {
  return draft.sameLogin ? 0 : server;
}

/** Whether the login of a server becomes root anywhere by sudo: on a Windows server it is an administrator. */
export function isSudoUsed(draft: Draft, login: number): boolean {
  return draft.servers.some(({ platform }, index) => loginIndexOf(draft, index) === login && platform !== 'windows');
}

function ownLogin(server: ServerDraft, index: number, withSudo: boolean): readonly NeededSecret[] {
  const number = index + 1;
  const secrets: NeededSecret[] = [];
  if (server.login === 'password') secrets.push({ name: `SSH_PASSWORD_${number}`, kind: 'sshPassword', server: index });
  if (server.login === 'key' && server.hasPassphrase)
    secrets.push({ name: `KEY_PASSPHRASE_${number}`, kind: 'keyPassphrase', server: index });
  if (withSudo && sudoSecretOf(server, index) === `SUDO_PASSWORD_${number}`)
    secrets.push({ name: `SUDO_PASSWORD_${number}`, kind: 'sudoPassword', server: index });
  return secrets;
}

/** The secret that sudo is given; `sameAsLogin` needs a password to log in with. */
function sudoSecretOf(server: ServerDraft, index: number): SecretName | null {
  if (server.user === 'root' || server.sudo === 'none') return null;
  if (server.sudo === 'own') return `SUDO_PASSWORD_${index + 1}`;
  return server.login === 'password' ? `SSH_PASSWORD_${index + 1}` : null;
}

/** All secrets that must be known before anything can be done with a draft. A generated Redis password is not among them. */
export function neededSecrets(draft: Draft): readonly NeededSecret[] {
  const logins = draft.servers.flatMap((server, index) =>
    loginIndexOf(draft, index) === index ? ownLogin(server, index, isSudoUsed(draft, index)) : [],
  );
  return draft.redis.password === 'own' ? [...logins, { name: 'REDIS_PASSWORD', kind: 'redisPassword', server: null }] : logins;
}

/** A number as typed; what is none stays text, so that the specification's rule can tell. */
function typedNumber(value: string): number | string {
  const trimmed = value.trim();
  return /^\d{1,9}$/u.test(trimmed) ? Number(trimmed) : trimmed;
}

function loginInput(draft: Draft, index: number): unknown {
  const from = loginIndexOf(draft, index);
  const server = draft.servers[from];
  const number = from + 1;
  switch (server?.login ?? 'password') {
    case 'key':
      return {
        privateKeyFile: server?.key?.id ?? '',
        ...(server?.hasPassphrase === true ? { passphraseEnv: `KEY_PASSPHRASE_${number}` } : {}),
      };
    case 'agent':
      return { agent: true };
    case 'password':
      return { passwordEnv: `SSH_PASSWORD_${number}` };
  }
}

/** The archive for Windows servers in the form of the specification, which takes one word for it: the published hash counts more. */
function windowsArchiveInput(archive: Draft['redis']['windowsArchive']): Readonly<Record<string, unknown>> {
  if (archive === undefined) return {};
  const [published, typed] = [archive.published, archive.typed].map((word) => word.trim().toLowerCase());
  const word = published !== '' ? { sha256: published } : typed === '' ? {} : { useAnyway: typed };
  const { experimental } = archive;
  return { windowsArchive: { file: archive.file.id, ...word, ...(experimental === undefined ? {} : { experimental }) } };
}

/**
 * The specification of a draft in its file form (before parsing). Secrets are named as in {@link SecretName}; a file stands as the id of the
 * {@link ChosenFile}, for which the core knows the place.
 */
export function specInputOf(draft: Draft): Readonly<Record<string, unknown>> {
  const { redis } = draft;
  return {
    schemaVersion: 1,
    name: draft.name.trim(),
    servers: draft.servers.map((server, index) => {
      const from = loginIndexOf(draft, index);
      const login = draft.servers[from] ?? server;
      const sudo = server.platform === 'windows' ? null : sudoSecretOf(login, from);
      return {
        name: server.name.trim(),
        address: server.address.trim(),
        ...(server.platform === undefined ? {} : { platform: server.platform }),
        ssh: {
          ...(server.sshHost.trim() === '' ? {} : { host: server.sshHost.trim() }),
          port: typedNumber(server.sshPort),
          user: login.user.trim(),
          auth: loginInput(draft, index),
          ...(sudo === null ? {} : { sudo: { passwordEnv: sudo } }),
          ...(server.hostKey.trim() === '' ? {} : { hostKey: server.hostKey.trim() }),
        },
      };
    }),
    redis: {
      engine: redis.engine,
      version: redis.version,
      ...(redis.archive === null ? {} : { archive: { file: redis.archive.file.id, sha256: redis.archive.sha256.trim().toLowerCase() } }),
      ...windowsArchiveInput(redis.windowsArchive),
      masterPort: typedNumber(redis.masterPort),
      replicaPort: typedNumber(redis.replicaPort),
      ...(redis.password === 'own' ? { passwordEnv: 'REDIS_PASSWORD' } : {}),
      nodeTimeoutMs: typedNumber(redis.nodeTimeoutMs),
      maxMemory: redis.maxMemory.trim(),
      persistence: redis.persistence,
    },
    paths: pathsInput(draft.paths),
    ...(draft.adopted === undefined ? {} : { adopted: draft.adopted }),
    ...failoverTestInput(draft),
    firewall: { manage: draft.firewall.manage, clients: draft.firewall.clients.map((one) => one.trim()).filter((one) => one !== '') },
    ...(draft.windows === undefined ? {} : { windows: draft.windows }),
  };
}

/** The preset of the failover test with the present names of its servers. Never without one that it names: no server at all would mean all three. */
function failoverTestInput({ failoverTest, failoverVictims, servers }: Draft): { readonly failoverTest?: FailoverTestSpec } {
  if (failoverTest === undefined) return {};
  if (failoverVictims === undefined) return { failoverTest };
  return { failoverTest: { ...failoverTest, servers: failoverVictims.map((index) => servers[index]?.name.trim() ?? '') } };
}

/** The preset of a specification, and which of its servers it names. */
function presetOf({ failoverTest, servers }: ClusterSpec): Pick<Draft, 'failoverTest' | 'failoverVictims'> {
  if (failoverTest === undefined) return {};
  const victims = failoverTest.servers?.map((name) => servers.findIndex((server) => server.name === name));
  return { failoverTest, ...(victims === undefined ? {} : { failoverVictims: victims }) };
}

/** Folders as typed; one for Windows servers only where something stands there. */
function pathsInput({ install, data, logs, windows = '' }: Draft['paths']): Readonly<Record<string, string>> {
  const common = { install: install.trim(), data: data.trim(), logs: logs.trim() };
  return windows.trim() === '' ? common : { ...common, windows: windows.trim() };
}

/** What is wrong in a draft: where in the specification (`servers.1.address`), and what it should be. */
export interface DraftIssue {
  readonly path: string;
  readonly message: Message;
}

/** A draft as a specification, or what is still missing or wrong. */
export type DraftReading =
  { readonly ok: true; readonly spec: ClusterSpec } | { readonly ok: false; readonly issues: readonly DraftIssue[] };

/** Reads a draft by the rules of the specification. Issues carry codes of the catalogue; a field that is simply empty carries `spec.empty`. */
export function readDraft(draft: Draft): DraftReading {
  const input = specInputOf(draft);
  const parsed = ClusterSpec.safeParse(input);
  if (parsed.success) return { ok: true, spec: parsed.data };
  return {
    ok: false,
    issues: parsed.error.issues.map((issue) => {
      const given = issue.code === 'custom' ? (issue.params ?? {}) : {};
      const values = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      const isEmpty =
        issue.path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : at), input) === '';
      return {
        path: issue.path.map(String).join('.'),
        message: isEmpty ? { code: 'spec.empty', values: {} } : { code: issue.message, values: Object.fromEntries(values) },
      };
    }),
  };
}

function isSame(one: ServerDraft, other: ServerDraft | undefined, key: string): boolean {
  return Reflect.get(one, key) === (other === undefined ? undefined : Reflect.get(other, key));
}

function sudoOf(ssh: ClusterSpec['servers'][number]['ssh']): ServerDraft['sudo'] {
  if (ssh.sudoPassword === null) return 'none';
  return ssh.login.kind === 'password' && JSON.stringify(ssh.login.password) === JSON.stringify(ssh.sudoPassword) ? 'sameAsLogin' : 'own';
}

/** Whether all servers are opened by the same secrets, as far as their names tell. */
function hasSameSecrets(spec: ClusterSpec): boolean {
  const names = spec.servers.map(({ ssh }) => JSON.stringify([ssh.login, ssh.sudoPassword]));
  return new Set(names).size === 1;
}

/** The draft of a specification that was read from a file; `fileOf` gives the chosen file for a place. Secrets are not part of either. */
export function draftOfSpec(
  spec: ClusterSpec,
  draft: Pick<Draft, 'id' | 'updatedAt'>,
  options: { readonly defaultVersion: string; readonly fileOf: (path: string) => ChosenFile },
): Draft {
  const servers = spec.servers.map(({ name, address, platform, ssh }): ServerDraft => ({
    name,
    address,
    ...(platform === undefined ? {} : { platform }),
    sshHost: String(ssh.host) === String(address) ? '' : ssh.host,
    sshPort: String(ssh.port),
    hostKey: ssh.hostKey ?? '',
    user: ssh.user,
    login: ssh.login.kind,
    key: ssh.login.kind === 'key' ? options.fileOf(ssh.login.privateKeyFile) : null,
    hasPassphrase: ssh.login.kind === 'key' && ssh.login.passphrase !== null,
    sudo: sudoOf(ssh),
  }));
  const { redis } = spec;
  return {
    schemaVersion: 1,
    ...draft,
    name: spec.name,
    servers,
    sameLogin:
      servers.every(
        (server) =>
          ['user', 'login', 'hasPassphrase', 'sudo'].every((key) => isSame(server, servers[0], key)) &&
          server.key?.id === servers[0]?.key?.id,
      ) && hasSameSecrets(spec),
    redis: {
      engine: redis.engine,
      version: redis.version ?? options.defaultVersion,
      archive: redis.archive === undefined ? null : { file: options.fileOf(redis.archive.file), sha256: redis.archive.sha256 },
      ...(redis.windowsArchive === undefined
        ? {}
        : {
            windowsArchive: {
              file: options.fileOf(redis.windowsArchive.file),
              published: redis.windowsArchive.sha256 ?? '',
              typed: redis.windowsArchive.useAnyway ?? '',
              ...(redis.windowsArchive.experimental === undefined ? {} : { experimental: redis.windowsArchive.experimental }),
            },
          }),
      masterPort: String(redis.masterPort),
      replicaPort: String(redis.replicaPort),
      password: redis.passwordEnv === undefined && redis.passwordFile === undefined ? 'generated' : 'own',
      nodeTimeoutMs: String(redis.nodeTimeoutMs),
      maxMemory: formatMemory(redis.maxMemory),
      persistence: redis.persistence,
    },
    paths: spec.paths,
    firewall: { manage: spec.firewall.manage, clients: [...spec.firewall.clients] },
    ...(spec.windows === undefined ? {} : { windows: spec.windows }),
    ...(spec.adopted === undefined ? {} : { adopted: spec.adopted }),
    ...presetOf(spec),
    reached: 'servers',
    runs: { check: null, plan: null, install: null, failoverTest: null, validate: null },
  };
}

/** An amount of memory as the specification writes it, in the largest unit that is exact. */
export function formatMemory(bytes: number): string {
  for (const [unit, size] of [
    ['gb', 1024 ** 3],
    ['mb', 1024 ** 2],
    ['kb', 1024],
  ] as const)
    if (bytes % size === 0) return `${bytes / size}${unit}`;
  return `${bytes}b`;
}
