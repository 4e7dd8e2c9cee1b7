import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { bundledSpec, eventsOfLook } from '../../artifacts/bundle/testing/sampleBundle.ts';
import type { ExportedFolder } from '../../shared/contract/bundles.ts';
import { specInputOf, type Draft } from '../../shared/domain/draft.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import { planCluster, type ClusterPlan } from '../../shared/domain/plan.ts';
import { specInputOfSpec } from '../../shared/domain/specInput.ts';
import { keepPassword } from '../../storage/secrets.ts';
import { generatedPasswordFile, importedSpecFile, runsFolder } from '../../storage/triadHome.ts';
import { findBundle } from '../findBundle.ts';
import { apiForTest, type ApiForTest } from './testing/apiForTest.ts';
import { keepRun, type PastRun } from './testing/keepRun.ts';

const PASSWORD = 'eight hens lay nine eggs';
const PASSPHRASE = 'correct horse battery';
const resources = fileURLToPath(new URL('../../../resources/redis', import.meta.url));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );
}

async function plannedHere(): Promise<ClusterPlan> {
  const spec = bundledSpec();
  return planCluster(spec, await findBundle(spec, resources, '/nowhere'));
}

/** A home with a cluster's draft and these runs of it. */
async function withCluster(
  ...past: readonly PastRun[]
): Promise<ApiForTest & { readonly draft: Draft; readonly runIds: readonly string[] }> {
  const made = await apiForTest();
  const { api, home, platform } = made;
  const plan = await plannedHere();
  const runIds: string[] = [];
  for (const run of past) runIds.push(await keepRun(home, { plan, events: eventsOfLook(plan), ...run }));
  const file = join(home, 'sessions.yaml');
  writeFileSync(file, stringify(specInputOfSpec(bundledSpec())));
  platform.answers.push(file);
  const opened = await api.procedures['drafts.open'](undefined);
  if (opened === null) throw new Error('no draft');
  const install = runIds.find((runId) => runId.endsWith('-install')) ?? null;
  const draft: Draft = { ...opened, reached: 'report', runs: { ...opened.runs, install } };
  await api.procedures['drafts.save'](draft);
  return { ...made, draft, runIds };
}

const installed: PastRun = { workflow: 'install', at: '20260102T030405000' };
const validated: PastRun = { workflow: 'validate', at: '20260103T040405000' };

test('a bundle is written where the admin says, told with its hash, and says the same as the cluster that it was made of', async () => {
  const { api, home, platform, draft } = await withCluster(installed, validated);
  const place = join(home, 'out', 'sessions.triad');
  platform.answers.push(place, place);
  const written = await api.procedures['bundles.export']({ draft: draft.id, passphrase: null, withPrograms: false });
  expect(written).toMatchObject({ file: { name: 'sessions.triad' }, verdict: 'pass', isSealed: false, hasPrograms: false });
  expect(platform.offered).toContain('triad');
  const shown = await api.procedures['bundles.inspect'](undefined);
  expect(shown).toMatchObject({
    sha256: written?.sha256,
    sizeBytes: readFileSync(place).length,
    cluster: 'sessions',
    servers: [{ name: 'server-1', address: '10.77.0.11', login: 'admin@10.77.0.11:22' }, {}, {}],
    runs: [{ workflow: 'install' }, { workflow: 'validate', verdict: 'pass' }],
    isSealed: false,
  });
  expect(shown?.nodes).toHaveLength(6);
  expect(shown?.parts.length).toBe(written?.parts);
  const file = shown?.file.id ?? '';
  expect(await api.procedures['bundles.compare']({ draft: draft.id, file, with: 'cluster' })).toMatchObject({
    first: 'sessions.triad',
    second: { kind: 'validated' },
    differences: [],
  });
  await api.procedures['bundles.openFolder'](file);
  expect(platform.shown).toEqual([join(home, 'out')]);

  // What the draft says otherwise by now is told as lines.
  await api.procedures['drafts.save']({ ...draft, redis: { ...draft.redis, nodeTimeoutMs: '4321' } });
  const changed = await api.procedures['bundles.compare']({ draft: draft.id, file, with: 'cluster' });
  expect(changed?.differences.find(({ path }) => path.endsWith('7000.conf'))?.diff).toContain('+cluster-node-timeout 4321');

  platform.answers.push(place);
  expect(await api.procedures['bundles.compare']({ draft: draft.id, file, with: 'bundle' })).toMatchObject({ differences: [] });
  platform.answers.push(null, null, null);
  expect(await api.procedures['bundles.compare']({ draft: draft.id, file, with: 'bundle' })).toBeNull();
  expect(await api.procedures['bundles.inspect'](undefined)).toBeNull();
  expect(await api.procedures['bundles.export']({ draft: draft.id, passphrase: null, withPrograms: false })).toBeNull();
});

test('the cluster is written as a folder of plain files where the admin says: whole, without a secret, and over nothing of anybody else', async () => {
  const { api, home, platform, draft } = await withCluster();
  await keepPassword(generatedPasswordFile(home, 'sessions'), PASSWORD, 'test');
  const write = (as: 'ansible' | 'shell'): Promise<ExportedFolder | null> => api.procedures['bundles.exportPlain']({ draft: draft.id, as });
  const place = join(home, 'out');
  const folder = join(place, 'sessions-ansible');
  platform.answers.push(null);
  expect(await write('ansible')).toBeNull();
  expect(existsSync(place)).toBe(false);

  platform.answers.push(place);
  const written = await write('ansible');
  expect(written).toMatchObject({ as: 'ansible', name: 'sessions-ansible', place: 'out', readme: { name: 'README.md' }, isNew: true });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = entries.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  expect(written).toMatchObject({ files: entries.length, sizeBytes: bytes.reduce((sum, { length }) => sum + length, 0) });
  expect(bytes.filter((one) => one.includes(PASSWORD))).toEqual([]);
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const sumOf = (path: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
  expect(sums).toEqual(sums.map((line) => `${sumOf(line.slice(66))}  ${line.slice(66)}`));
  expect(sums).toHaveLength(entries.length - 1);
  expect(readFileSync(join(folder, 'inventory.yml'), 'utf8')).toContain('10.77.0.11');
  await api.procedures['bundles.openFolder'](written?.readme.id ?? '');
  expect(platform.shown).toEqual([folder]);

  // The folder itself, chosen again, is not taken for the place of another one in it.
  platform.answers.push(folder, place);
  expect(await write('ansible')).toMatchObject({ isNew: false, place: 'out' });
  expect(await write('shell')).toMatchObject({ name: 'sessions-shell', isNew: true });
  expect(readdirSync(place).toSorted()).toEqual(['sessions-ansible', 'sessions-shell']);

  appendFileSync(join(folder, 'site.yml'), '# mine\n');
  platform.answers.push(place);
  expect(await codeOf(write('ansible'))).toBe('export.folderTaken');
  expect(readFileSync(join(folder, 'site.yml'), 'utf8')).toMatch(/# mine\n$/u);

  // Nothing is asked for what cannot be made.
  await api.procedures['drafts.save']({ ...draft, name: '' });
  expect(await codeOf(write('ansible'))).toBe('spec.invalid');
  expect(platform.answers).toEqual([]);
});

test('without a validation nothing is exported, and a bundle is compared with what the specification would make', async () => {
  const { api, home, platform, draft } = await withCluster(installed, validated);
  const place = join(home, 'sessions.triad');
  platform.answers.push(place, place);
  await api.procedures['bundles.export']({ draft: draft.id, passphrase: null, withPrograms: false });
  const file = (await api.procedures['bundles.inspect'](undefined))?.file.id ?? '';
  const other = await withCluster(installed);
  expect(await codeOf(other.api.procedures['bundles.export']({ draft: other.draft.id, passphrase: null, withPrograms: false }))).toBe(
    'configBundle.noValidation',
  );
  other.platform.answers.push(place);
  const elsewhere = (await other.api.procedures['bundles.inspect'](undefined))?.file.id ?? '';
  expect(await other.api.procedures['bundles.compare']({ draft: other.draft.id, file: elsewhere, with: 'cluster' })).toMatchObject({
    second: { kind: 'planned' },
  });
  expect(await codeOf(other.api.procedures['bundles.compare']({ draft: other.draft.id, file, with: 'cluster' }))).toBe(
    'configBundle.unreadable',
  );
});

test('a damaged bundle is refused, whatever is asked of it', async () => {
  const { api, home, platform, draft } = await withCluster(installed, validated);
  const place = join(home, 'sessions.triad');
  platform.answers.push(place);
  const written = await api.procedures['bundles.export']({ draft: draft.id, passphrase: null, withPrograms: false });
  const bytes = readFileSync(place);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  writeFileSync(place, bytes);
  platform.answers.push(place, place);
  expect(await codeOf(api.procedures['bundles.inspect'](undefined))).toBe('configBundle.damaged');
  expect(await codeOf(api.procedures['drafts.open'](undefined))).toBe('configBundle.damaged');
  const compared = api.procedures['bundles.compare']({ draft: draft.id, file: written?.file.id ?? '', with: 'cluster' });
  expect(await codeOf(compared)).toBe('configBundle.damaged');
});

test("a bundle opened in another admin's home: told what came, and what opens its password", async () => {
  const { api, home, platform, draft } = await withCluster(installed, validated);
  await keepPassword(generatedPasswordFile(home, 'sessions'), PASSWORD, 'test');
  const place = join(home, 'sealed.triad');
  platform.answers.push(place);
  expect(await api.procedures['bundles.export']({ draft: draft.id, passphrase: PASSPHRASE, withPrograms: false })).toMatchObject({
    isSealed: true,
  });
  expect(platform.hidden).toEqual(expect.arrayContaining([PASSWORD, PASSPHRASE]));
  expect(await api.procedures['bundles.taken'](draft.id)).toBeNull();

  const other = await apiForTest();
  other.platform.answers.push(place);
  const taken = await other.api.procedures['drafts.open'](undefined);
  const id = taken?.id ?? '';
  expect(taken).toMatchObject({ name: 'sessions', reached: 'report' });
  const told = await other.api.procedures['bundles.taken'](id);
  expect(told).toMatchObject({ cluster: 'sessions', newRuns: 2, hasPassword: false, isSealed: true, absentFiles: ['id'] });
  expect(await other.api.procedures['secrets.reveal']({ draft: id, name: 'REDIS_PASSWORD' })).toBeNull();
  expect(await codeOf(other.api.procedures['bundles.openSealed']({ draft: id, passphrase: 'something else' }))).toBe(
    'configBundle.wrongPassphrase',
  );
  expect(await other.api.procedures['bundles.openSealed']({ draft: id, passphrase: PASSPHRASE })).toMatchObject({
    hasPassword: true,
    newRuns: 2,
  });
  expect(await other.api.procedures['secrets.reveal']({ draft: id, name: 'REDIS_PASSWORD' })).toBe(PASSWORD);
  expect(await other.api.procedures['bundles.taken'](id)).toMatchObject({ hasPassword: true });
  expect(await codeOf(api.procedures['bundles.openSealed']({ draft: draft.id, passphrase: PASSPHRASE }))).toBe('configBundle.unreadable');
}, 30_000);

test('the history names who and where, compares two runs, and deletes only what was shown and nothing rests on', async () => {
  const old: PastRun = { workflow: 'validate', at: '20250103T040405000' };
  const older: PastRun = { workflow: 'validate', at: '20240103T040405000' };
  const { api, draft, runIds } = await withCluster(installed, validated, old, older);
  const list = await api.procedures['history.list'](draft.id);
  expect(list.map(({ runId }) => runId)).toEqual(runIds.toSorted().toReversed());
  expect(list[0]).toMatchObject({ operator: 'ana', adminMachine: 'desk', workflow: 'validate', verdict: 'pass' });
  const [first = '', second = '', third = '', fourth = ''] = runIds;
  expect(await api.procedures['history.compare']({ draft: draft.id, runs: [second, third] })).toMatchObject({
    before: { runId: third },
    after: { runId: second },
  });
  expect(await codeOf(api.procedures['history.compare']({ draft: draft.id, runs: [second, 'none'] }))).toBe('usage.invalid');

  const wish = (keep: number | null, olderThanDays: number | null): Promise<string[]> =>
    api.procedures['history.toPrune']({ draft: draft.id, wish: { keep, olderThanDays } });
  expect(await wish(null, null)).toEqual([]);
  expect(await wish(0, null)).toEqual([fourth, third]);
  expect(await wish(3, null)).toEqual([fourth]);
  expect(await wish(null, 1)).toEqual([fourth, third]);
  // A run that a step of the draft shows stays, and so does what was not shown.
  await api.procedures['drafts.save']({ ...draft, runs: { ...draft.runs, validate: third } });
  expect(await wish(0, null)).toEqual([fourth]);
  expect(await api.procedures['history.prune']({ draft: draft.id, runs: [fourth, third, second, first] })).toEqual([fourth]);
  expect((await api.procedures['history.list'](draft.id)).map(({ runId }) => runId)).toEqual([second, first, third]);
});

/** A run that this very test writes, as another process: the one that started it. */
function runElsewhere(home: string, plan: ClusterPlan): { readonly runId: string; readonly write: (...events: readonly object[]) => void } {
  const runId = '20260104T040405000Z-validate';
  const folder = join(runsFolder(home, plan.cluster), runId);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'events.ndjson');
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ pid: process.ppid, machine: hostname() }));
  let seq = 0;
  return {
    runId,
    write: (...events) => {
      for (const event of events) {
        seq += 1;
        appendFileSync(file, `${JSON.stringify({ seq, at: '2026-01-04T04:04:05.000Z', sinceStartMs: seq, ...event })}\n`);
      }
    },
  };
}

test('a run of the command line is not taken for interrupted: it is watched to its end, and nothing is started over it', async () => {
  const { api, home, draft } = await withCluster(installed);
  const plan = await plannedHere();
  const { runId, write } = runElsewhere(home, plan);
  const about = { workflow: 'validate', cluster: plan.cluster, triadVersion: '0', operator: 'rui', adminMachine: 'server-room' };
  write({ type: 'runStarted', runId, ...about, specSha256: null, plan });
  const [card] = await api.procedures['home.list'](undefined);
  expect(card?.runs.find((run) => run.runId === runId)).toMatchObject({ isElsewhere: true, isActive: false, isInterrupted: false });
  expect((await api.procedures['history.list'](draft.id))[0]).toMatchObject({ isElsewhere: true, operator: 'rui' });
  const start = (): Promise<unknown> =>
    api.procedures['runs.start']({ draft: draft.id, workflow: 'validate', servers: [], reviewed: null, deleteData: false });
  expect(await codeOf(start())).toBe('run.elsewhere');

  const seen: RunEvent[] = [];
  const stop = api.streams['runs.events']({ runId, after: 0 }, (events) => seen.push(...events));
  await expect.poll(() => seen.map(({ type }) => type)).toEqual(['runStarted']);
  write({ type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
  await expect.poll(() => seen.map(({ type }) => type)).toEqual(['runStarted', 'runFinished']);
  stop();
  const [after] = await api.procedures['home.list'](undefined);
  expect(after?.runs.find((run) => run.runId === runId)).toMatchObject({ verdict: 'pass', isInterrupted: false });
  expect(after?.runs.find((run) => run.runId === runId)?.isElsewhere).toBeUndefined();
});

test('a cluster of the command line gets a draft: of what was imported, else of the plan in its records', async () => {
  const plan = await plannedHere();
  const fresh = await apiForTest();
  await keepRun(fresh.home, { plan, ...installed });
  const validation = await keepRun(fresh.home, { plan, ...validated });
  const [card] = await fresh.api.procedures['home.list'](undefined);
  expect(card).toMatchObject({ draftId: null, name: 'sessions' });
  const wish = { cluster: 'sessions', addresses: card?.addresses ?? [] };
  const draft = await fresh.api.procedures['drafts.ofCluster'](wish);
  const said = specInputOf(draft);
  const { servers, redis, ...rest } = specInputOfSpec(bundledSpec()) as { servers: { name: string }[]; redis: object };
  expect(said).toMatchObject({ ...rest, redis });
  expect(said).toMatchObject({ servers: servers.map(({ name }) => ({ name, ssh: { user: 'admin' } })) });
  expect(draft.runs).toMatchObject({ validate: validation });
  expect(await fresh.api.procedures['home.list'](undefined)).toMatchObject([{ draftId: draft.id, isComplete: true }]);

  const imported = await apiForTest();
  await keepRun(imported.home, { plan, ...validated });
  writeFileSync(importedSpecFile(imported.home, 'sessions'), stringify(specInputOfSpec(bundledSpec())));
  expect(await imported.api.procedures['drafts.ofCluster'](wish)).toMatchObject({ servers: [{ login: 'key', sudo: 'own' }, {}, {}] });
  expect(await codeOf(imported.api.procedures['drafts.ofCluster']({ ...wish, cluster: 'unknown' }))).toBe('storage.damaged');
});
