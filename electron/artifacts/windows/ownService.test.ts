import { describe, expect, test } from 'vitest';
import { planCluster, type BundleSummary, type ClusterPlan } from '../../shared/domain/plan.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { beforeFile, beforeInstall } from '../beforeRecord.ts';
import { parseManifest } from '../manifest.ts';
import { observeRequestFor } from '../observeRequest.ts';
import { planChanges } from '../planChanges.ts';
import { planRemoval } from '../removal.ts';
import { freshWindowsFacts, installedWindowsFacts, sampleWindowsBlueprint, sampleWindowsPlan } from '../testing/sampleWindows.ts';

const programs = ['memurai.exe', 'memurai-cli.exe', 'license.lic'];
const bundle: BundleSummary = {
  version: '7.0.15',
  origin: 'windowsArchive',
  distribution: 'memurai',
  folderName: 'redis-7.0.15-01234567',
  licence: 'Memurai',
  sourceArchive: 'Memurai.zip',
  sourceSha256: 'cd'.repeat(32),
  files: programs.map((name, index) => ({ name, sha256: String(index + 1).repeat(64), sizeBytes: 1000 + index, mode: 0 })),
};

function ownPlan(windows: object = { service: 'own' }, redis: object = {}): ClusterPlan {
  const servers = [1, 2, 3].map((number) => ({
    name: `server-${number}`,
    address: `10.77.0.1${number}`,
    platform: 'windows',
    ssh: { user: 'admin', auth: { agent: true } },
  }));
  return planCluster(ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers, windows, redis }), bundle);
}

const plan = ownPlan();
const blueprint = sampleWindowsBlueprint(plan);
const UNIT = 'triad-sessions-7000';
const CONF = 'C:\\Triad\\nodes\\sessions\\7000\\redis.conf';
const PROGRAM = 'C:\\Triad\\bin\\redis-7.0.15-01234567\\memurai.exe';

describe('a node that is a service of its own', () => {
  test('is registered with its configuration, and nothing of Triad stands beside it', () => {
    expect(blueprint.services[0]).toEqual({
      unit: UNIT,
      definition: CONF,
      program: PROGRAM,
      registration: {
        imagePath: `${PROGRAM} --service-run ${CONF} --service-name ${UNIT}`,
        display: 'Redis node 7000 of the cluster sessions (Triad)',
        description: 'Node server-1:7000 of the Redis Cluster sessions, managed by Triad. It is its own service.',
        account: `NT SERVICE\\${UNIT}`,
        dependsOn: 'Tcpip',
        restartPausesMs: [5000, 15_000, 60_000],
      },
      role: 'node',
      dependsOn: [PROGRAM, CONF, 'C:\\Triad\\nodes\\sessions\\settings\\7000\\auth.conf'],
    });
    const names = blueprint.files.map(({ path }) => path.split('\\').at(-1));
    const readme = blueprint.files.find(({ path }) => path.endsWith('README.txt'))?.content ?? '';
    expect(readme).toContain('No program of Triad runs here');
    expect(new Set(names)).toEqual(new Set(['auth.conf', 'redis.conf', 'README.txt', 'manifest.json']));
  });

  test('begins in the folder of Windows: its configuration says where its own is before anything that is said from there', () => {
    const conf = blueprint.files.find(({ path }) => path === CONF)?.content ?? '';
    const at = (line: string): number => conf.split('\n').indexOf(line);
    const [dir, log, include] = ['dir C:/Triad/nodes/sessions/7000', 'logfile redis.log', 'include ../settings/7000/auth.conf'].map(at);
    expect([dir, log, include].every((line) => line !== undefined && line > 0)).toBe(true);
    expect([dir, log, include].toSorted((a = 0, b = 0) => a - b)).toEqual([dir, log, include]);
    expect(sampleWindowsBlueprint(sampleWindowsPlan()).files.some(({ content }) => content.includes('dir .\n'))).toBe(true);
  });

  test('is enabled and started once, told anew where Windows runs something else, and left alone where it does not', () => {
    const fresh = planChanges(blueprint, freshWindowsFacts()).filter(({ kind }) => kind === 'service');
    expect(fresh).toMatchObject([
      { action: 'enableAndStart', definition: { path: CONF, program: PROGRAM, registration: { account: `NT SERVICE\\${UNIT}` } } },
      { unit: 'triad-sessions-7001' },
    ]);
    const before = beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshWindowsFacts())).content;
    const found = installedWindowsFacts(blueprint, before);
    const asRegistered = (suffix: string): typeof found => ({
      ...found,
      units: found.units.map((unit, index) => ({
        ...unit,
        imagePath: `${blueprint.services[index]?.registration?.imagePath ?? ''}${suffix}`,
      })),
    });
    expect(planChanges(blueprint, asRegistered(''))).toEqual([]);
    expect(planChanges(blueprint, asRegistered('x')).map(({ id }) => id)).toEqual([
      `service:${UNIT}:enable`,
      'service:triad-sessions-7001:enable',
    ]);
    const removal = planRemoval(blueprint, asRegistered(''), { deleteData: true });
    expect(removal.filter(({ kind }) => kind === 'disableService')).toHaveLength(2);
    expect(parseManifest(blueprint.files.at(-1)?.content ?? '')?.services).toEqual([UNIT, 'triad-sessions-7001']);
  });

  test('without its data on disk is not started again before its replica has taken over', () => {
    const [service] = sampleWindowsBlueprint(ownPlan({ service: 'own' }, { persistence: 'none', nodeTimeoutMs: 5000 })).services;
    expect(service?.registration?.restartPausesMs).toEqual([11_000, 15_000, 60_000]);
  });

  test('takes the password file of the former service along when it is removed, and names none that is not there', () => {
    const asWrapped = sampleWindowsBlueprint(ownPlan({ service: 'triad' }));
    const before = beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshWindowsFacts())).content;
    const found = installedWindowsFacts(blueprint, before);
    const former = installedWindowsFacts(asWrapped, before).paths.filter(({ path }) => /auth\.txt$|service\.ini$/u.test(path));
    const removed = (facts: typeof found): readonly string[] =>
      planRemoval(blueprint, facts, { deleteData: true })
        .flatMap((change) => (change.kind === 'removeFile' ? [change.path] : []))
        .filter((path) => /auth\.txt$|service\.ini$/u.test(path));
    const known = found.paths.filter(({ path }) => !/auth\.txt$|service\.ini$/u.test(path));
    expect(removed({ ...found, paths: [...known, ...former] }).toSorted()).toEqual(former.map(({ path }) => path).toSorted());
    expect(former).toHaveLength(4);
    const paths = observeRequestFor(blueprint, plan).paths.filter((path) => /auth\.txt$|service\.ini$/u.test(path));
    expect(paths).toHaveLength(4);
    const absent = former.map((file) => ({ ...file, kind: 'absent' as const }));
    expect(removed({ ...found, paths: [...known, ...absent] })).toEqual([]);
  });

  test('leaves no trace in plans that do not want it', () => {
    expect(JSON.stringify(ownPlan({ service: 'triad' }))).toBe(JSON.stringify(ownPlan({})));
    const linux = sampleWindowsPlan(['linux', 'linux', 'linux'], { windows: { service: 'own' } });
    expect(JSON.stringify(linux)).toBe(JSON.stringify(sampleWindowsPlan(['linux', 'linux', 'linux'])));
  });
});
