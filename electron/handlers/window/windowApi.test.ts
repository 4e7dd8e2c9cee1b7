import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samplePlan } from '../../artifacts/testing/samplePlan.ts';
import { createEventLog } from '../../engine/eventLog.ts';
import { makeKey } from '../../hosts/ssh/testing/fakeSshServer.ts';
import { IpAddress } from '../../shared/domain/address.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { createRunJournal } from '../../storage/runJournal.ts';
import { keepPassword } from '../../storage/secrets.ts';
import { generatedPasswordFile, runsFolder } from '../../storage/triadHome.ts';
import { parseSpec } from '../../storage/specFile.ts';
import { apiForTest } from './testing/apiForTest.ts';

function filled(draft: Draft): Draft {
  return { ...draft, servers: draft.servers.map((server, index) => ({ ...server, address: `10.0.0.${index + 1}`, user: 'admin' })) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );
}

test('a draft is kept over a restart, shown on Home, and gone with its secrets once it is removed', async () => {
  const { api, reopen } = await apiForTest();
  const draft = await api.procedures['drafts.create'](undefined);
  await api.procedures['drafts.save'](filled(draft));
  await api.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: 'x y' });
  const again = await reopen();
  expect((await again.procedures['drafts.load'](draft.id)).servers[2]?.address).toBe('10.0.0.3');
  expect(await again.procedures['secrets.known'](draft.id)).toEqual(['SSH_PASSWORD_1']);
  expect(await again.procedures['home.list'](undefined)).toMatchObject([
    {
      draftId: draft.id,
      name: 'sessions',
      addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
      runs: [],
      survivesAnyServer: null,
      isComplete: true,
    },
  ]);
  await again.procedures['drafts.remove'](draft.id);
  expect(await again.procedures['home.list'](undefined)).toEqual([]);
  expect(await (await reopen()).procedures['secrets.known'](draft.id)).toEqual([]);
});

test('what was on its way when a draft was removed does not bring it back, nor its secrets', async () => {
  const { api, reopen } = await apiForTest();
  const draft = await api.procedures['drafts.create'](undefined);
  const store = { draft: draft.id, name: 'SSH_PASSWORD_1', value: 'correct horse' } as const;
  await Promise.all([
    api.procedures['drafts.save'](filled(draft)),
    api.procedures['drafts.remove'](draft.id),
    api.procedures['drafts.save'](filled(draft)),
  ]);
  await api.procedures['drafts.save'](filled(draft));
  await api.procedures['secrets.store'](store);
  const again = await reopen();
  expect(await again.procedures['home.list'](undefined)).toEqual([]);
  expect(await codeOf(again.procedures['drafts.load'](draft.id))).toBe('storage.unwritable');
  expect(await again.procedures['secrets.known'](draft.id)).toEqual([]);
});

test('what is exported is a specification for the command line: the place of the key in it, no secret, and it can be opened again', async () => {
  const { api, home, platform } = await apiForTest();
  const draft = filled(await api.procedures['drafts.create'](undefined));
  const keyFile = join(home, 'id_ed25519');
  writeFileSync(keyFile, makeKey().private);
  platform.answers.push(keyFile);
  const key = await api.procedures['files.chooseKey'](undefined);
  expect(key).toMatchObject({ file: { name: 'id_ed25519' }, type: 'ssh-ed25519', hasPassphrase: false });
  await api.procedures['drafts.save']({
    ...draft,
    servers: draft.servers.map((server) => ({ ...server, login: 'key', key: key?.file ?? null, sudo: 'own' })),
  });
  await api.procedures['secrets.store']({ draft: draft.id, name: 'SUDO_PASSWORD_1', value: 'very secret' });
  const file = join(home, 'out.yaml');
  platform.answers.push(file, file);
  expect(await api.procedures['drafts.export'](draft.id)).toEqual({ name: 'out.yaml' });
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('very secret');
  expect(parseSpec(text, home)).toMatchObject({
    ok: true,
    spec: { servers: [0, 1, 2].map(() => ({ ssh: { login: { kind: 'key', privateKeyFile: keyFile } } })) },
  });
  // It says the same as the draft that it came from.
  const opened = await api.procedures['drafts.open'](undefined);
  expect(opened?.id).toBe(draft.id);
  expect(opened?.servers[0]).toMatchObject({ login: 'key', key: key?.file, sudo: 'own', address: '10.0.0.1' });
});

test('secrets that the environment holds are taken over from a specification, into memory only where there is no keychain', async () => {
  const { api, home, platform, reopen } = await apiForTest({ hasKeychain: false, environment: { MY_PASSWORD: "it's" } });
  const file = join(home, 'spec.yaml');
  const server = (number: number): string =>
    `  - { name: s${number}, address: 10.0.0.${number}, ssh: { user: admin, auth: { passwordEnv: MY_PASSWORD }, sudo: { passwordEnv: MY_PASSWORD } } }`;
  writeFileSync(file, `schemaVersion: 1\nname: demo\nservers:\n${[1, 2, 3].map(server).join('\n')}\n`);
  platform.answers.push(file);
  const draft = await api.procedures['drafts.open'](undefined);
  const renamed = join(home, 'other.yaml');
  writeFileSync(renamed, readFileSync(file, 'utf8').replace('name: demo', 'name: other'));
  platform.answers.push(renamed);
  expect((await api.procedures['drafts.open'](undefined))?.id).not.toBe(draft?.id);
  expect(draft).toMatchObject({ sameLogin: true, servers: [{ sudo: 'sameAsLogin' }, {}, {}] });
  expect(await api.procedures['secrets.known'](draft?.id ?? '')).toEqual(['SSH_PASSWORD_1']);
  expect(await (await reopen()).procedures['secrets.known'](draft?.id ?? '')).toEqual([]);
});

test('every secret that comes into the window’s core is known to the log: typed, from the environment, made, a key, and those of the last time', async () => {
  const { api, home, platform, reopen } = await apiForTest({ environment: { MY_PASSWORD: 'of the environment' } });
  const draft = await api.procedures['drafts.create'](undefined);
  await api.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: 'typed' });
  expect(platform.hidden).toEqual(['typed']);
  await api.procedures['secrets.generate']({ draft: draft.id, anew: false });
  const made = await api.procedures['secrets.reveal']({ draft: draft.id, name: 'REDIS_PASSWORD' });
  expect(platform.hidden).toEqual(['typed', made]);
  const keyFile = join(home, 'id_ed25519');
  const key = makeKey().private;
  writeFileSync(keyFile, key);
  const server = (number: number): string =>
    `  - { name: s${number}, address: 10.0.0.${number}, ssh: { user: admin, auth: { passwordEnv: MY_PASSWORD } } }`;
  const file = join(home, 'spec.yaml');
  writeFileSync(file, `schemaVersion: 1\nname: demo\nservers:\n${[1, 2, 3].map(server).join('\n')}\n`);
  platform.answers.push(keyFile, file);
  await api.procedures['files.chooseKey'](undefined);
  await api.procedures['drafts.open'](undefined);
  expect(new Set(platform.hidden)).toEqual(new Set(['typed', made, key, 'of the environment']));
  // What the keychain gives back at the next start is known before anything can be logged.
  platform.hidden.length = 0;
  await reopen();
  expect(new Set(platform.hidden)).toEqual(new Set(['typed', made, 'of the environment']));
});

test('what a connection test and a run read, and the password that an earlier run has kept, are known to the log', async () => {
  const { api, home, platform } = await apiForTest();
  const created = await api.procedures['drafts.create'](undefined);
  const file = join(home, 'id_ed25519');
  writeFileSync(file, makeKey().private);
  platform.answers.push(file);
  const key = (await api.procedures['files.chooseKey'](undefined))?.file ?? null;
  writeFileSync(file, 'another key, by now');
  const draft = filled(created);
  const plan = samplePlan();
  const servers = draft.servers.map((server, index) => ({
    ...server,
    address: String(plan.servers[index]?.address),
    sshHost: '127.0.0.1',
    sshPort: String(index + 1),
    login: 'key' as const,
    key,
  }));
  platform.hidden.length = 0;
  const result = await api.procedures['servers.test']({ draft: { ...draft, servers }, server: 0, accept: null });
  expect(result).toMatchObject({ kind: 'failed' });
  expect(platform.hidden).toEqual(['another key, by now']);

  await api.procedures['drafts.save']({ ...draft, servers });
  platform.hidden.length = 0;
  const wish = { draft: draft.id, workflow: 'check', servers: [] as string[], reviewed: null, deleteData: false } as const;
  await api.procedures['runs.start'](wish);
  expect(new Set(platform.hidden)).toEqual(new Set(['another key, by now']));
  await api.shutdown();

  const journal = await createRunJournal(runsFolder(home, draft.name), '20260102T030405000Z-install');
  const log = createEventLog([(event) => journal.append(event)], { now: () => 0, wallClock: () => new Date() });
  const about = { runId: 'x', workflow: 'install', cluster: draft.name, triadVersion: '0', operator: '', adminMachine: '' } as const;
  log.emit({ type: 'runStarted', ...about, specSha256: null, plan });
  await journal.close();
  await keepPassword(generatedPasswordFile(home, draft.name), 'kept by that run', '');
  expect(await api.procedures['secrets.copy']({ draft: draft.id, name: 'REDIS_PASSWORD' })).toBe(true);
  expect(platform.copied).toEqual(['kept by that run']);
  expect(platform.hidden.at(-1)).toBe('kept by that run');
});

test('a file that is no specification, and one that is wrong, are refused with what is wrong and where', async () => {
  const { api, home, platform } = await apiForTest();
  const file = join(home, 'spec.yaml');
  writeFileSync(file, 'schemaVersion: 1\nname: Demo\nservers: []\n');
  platform.answers.push(file, join(home, 'absent.yaml'), null);
  const failure = await api.procedures['drafts.open'](undefined).catch((error: unknown) => (error as FailureError).failure);
  expect(failure).toMatchObject({
    code: 'spec.invalid',
    evidence: expect.stringContaining('spec.yaml: name must start with a small letter') as string,
  });
  expect(await codeOf(api.procedures['drafts.open'](undefined))).toBe('spec.unreadable');
  expect(await api.procedures['drafts.open'](undefined)).toBeNull();
  // What a double click opens, the dialog shows.
  expect(platform.offered).toEqual(expect.arrayContaining(['triad', 'yaml', 'yml', 'json', '*']));
  expect(await api.procedures['home.list'](undefined)).toEqual([]);
});

test('the Redis password: made once, anew on request, shown and copied on request; that of another cluster of this name is not taken', async () => {
  const { api, home, platform } = await apiForTest();
  const draft = await api.procedures['drafts.create'](undefined);
  const reveal = async (): Promise<string | null> => api.procedures['secrets.reveal']({ draft: draft.id, name: 'REDIS_PASSWORD' });
  expect(await reveal()).toBeNull();
  await api.procedures['secrets.generate']({ draft: draft.id, anew: false });
  const first = await reveal();
  expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/u);
  await api.procedures['secrets.generate']({ draft: draft.id, anew: false });
  expect(await reveal()).toBe(first);
  await api.procedures['secrets.generate']({ draft: draft.id, anew: true });
  const second = await reveal();
  expect(second).not.toBe(first);
  expect(await api.procedures['secrets.copy']({ draft: draft.id, name: 'REDIS_PASSWORD' })).toBe(true);
  expect(platform.copied).toEqual([second]);
  const folder = join(home, 'clusters', 'sessions');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'redis-password'), 'of-the-cluster\n');
  // That of a cluster with this name, but on which servers? Only a run on the servers of this draft tells.
  expect(await reveal()).toBe(second);
});

test('the Redis password of an installed cluster is never made anew, also where this computer has forgotten it', async () => {
  const { api, home } = await apiForTest();
  const draft = await api.procedures['drafts.create'](undefined);
  await api.procedures['drafts.save'](filled(draft));
  const generate = async (anew: boolean): Promise<boolean> => api.procedures['secrets.generate']({ draft: draft.id, anew });
  const reveal = async (): Promise<string | null> => api.procedures['secrets.reveal']({ draft: draft.id, name: 'REDIS_PASSWORD' });
  const plan = samplePlan();
  const servers = plan.servers.map((server, index) => ({ ...server, address: IpAddress.parse(`10.0.0.${index + 1}`) }));
  const journal = await createRunJournal(runsFolder(home, draft.name), '20260102T030405000Z-install');
  const log = createEventLog([(event) => journal.append(event)], { now: () => 0, wallClock: () => new Date() });
  const about = { runId: 'x', workflow: 'install', cluster: draft.name, triadVersion: '0', operator: '', adminMachine: '' } as const;
  log.emit({ type: 'runStarted', ...about, specSha256: null, plan: { ...plan, servers } });
  await journal.close();
  expect(await generate(false)).toBe(false);
  expect(await reveal()).toBeNull();
  await api.procedures['secrets.store']({ draft: draft.id, name: 'REDIS_PASSWORD', value: 'of the cluster' });
  expect(await generate(true)).toBe(true);
  expect(await reveal()).toBe('of the cluster');
});

test('settings are kept, applied at once, and a damaged file of them is no reason not to start', async () => {
  const { api, home, reopen } = await apiForTest();
  const start = await api.procedures['app.start'](undefined);
  expect(start).toMatchObject({ settings: { theme: 'system', language: 'system' }, keychain: 'available', defaultVersion: '7.0.15' });
  expect(start.builds.find(({ build }) => build.version === '7.0.15')?.isAvailable).toBe(true);
  await api.procedures['app.saveSettings']({ theme: 'dark', language: 'pt' });
  expect((await (await reopen()).procedures['app.start'](undefined)).settings).toEqual({ theme: 'dark', language: 'pt' });
  writeFileSync(join(home, 'settings.json'), '{');
  expect((await (await reopen()).procedures['app.start'](undefined)).settings).toEqual({ theme: 'system', language: 'system' });
});

test('a .triad file may be a specification or a bundle: its content decides, and a damaged bundle is called one', async () => {
  const { api, home, platform } = await apiForTest();
  const servers = [1, 2, 3].map((n) => `  - { name: s${n}, address: 10.0.0.${n}, ssh: { user: root, auth: { agent: true } } }`).join('\n');
  const [text, broken] = [join(home, 'spec.triad'), join(home, 'bundle.triad')];
  writeFileSync(text, `schemaVersion: 1\nname: demo\nservers:\n${servers}\n`);
  writeFileSync(broken, Buffer.from('504b0304140000000800', 'hex'));
  platform.answers.push(text, broken);
  expect((await api.procedures['drafts.open'](undefined))?.name).toBe('demo');
  expect(await codeOf(api.procedures['drafts.open'](undefined))).toBe('configBundle.damaged');
});

test('a specification that Triad was started with is opened once', async () => {
  const { home, platform } = await apiForTest();
  void platform;
  const file = join(home, 'spec.yaml');
  const servers = [1, 2, 3].map((n) => `  - { name: s${n}, address: 10.0.0.${n}, ssh: { user: root, auth: { agent: true } } }`).join('\n');
  writeFileSync(file, `schemaVersion: 1\nname: demo\nservers:\n${servers}\n`);
  const { api } = await apiForTest({ openFile: file });
  const { openDraft } = await api.procedures['app.start'](undefined);
  expect((await api.procedures['drafts.load'](openDraft ?? '')).name).toBe('demo');
  expect((await api.procedures['app.start'](undefined)).openDraft).toBeNull();
});

test('a file that Triad was started with and cannot open does not keep the window from working', async () => {
  const { api } = await apiForTest({ openFile: '/nowhere/spec.yaml' });
  expect(await api.procedures['app.start'](undefined)).toMatchObject({ openDraft: null, openFailure: { code: 'spec.unreadable' } });
  expect(await api.procedures['app.start'](undefined)).toMatchObject({ openDraft: null, openFailure: null });
});

test('every new draft has a name of its own, also beside clusters of the command line', async () => {
  const { api, home } = await apiForTest();
  mkdirSync(join(home, 'clusters', 'sessions-2'), { recursive: true });
  const names = [];
  for (let count = 0; count < 3; count += 1) names.push((await api.procedures['drafts.create'](undefined)).name);
  expect(names).toEqual(['sessions', 'sessions-3', 'sessions-4']);
});

test('practice servers are refused with the reason where there is no checkout', async () => {
  const { api } = await apiForTest();
  const status = await api.procedures['practice.status'](undefined);
  expect(status).toMatchObject({ isPossible: false, running: null });
  expect(status.reason).toMatch(/checkout|Linux/u);
  expect(await codeOf(api.procedures['practice.start']('windows'))).toBe('usage.invalid');
});

test('a draft that is not complete starts no run', async () => {
  const { api } = await apiForTest();
  const draft = await api.procedures['drafts.create'](undefined);
  const wish = { draft: draft.id, workflow: 'check', servers: [] as string[], reviewed: null, deleteData: false } as const;
  expect(await codeOf(api.procedures['runs.start'](wish))).toBe('spec.invalid');
  await api.procedures['drafts.save'](filled(draft));
  // The password is neither in the vault nor looked for in the environment of this process.
  expect(await codeOf(api.procedures['runs.start'](wish))).toBe('secret.missing');
  expect(await api.procedures['runs.active'](undefined)).toEqual([]);
});
