import { describe, expect, it, test } from 'vitest';
import { nodesOnServer, type ClusterPlan } from '../../shared/domain/plan.ts';
import { isBelow, isWindowsPath, parentOf } from '../../shared/domain/serverPath.ts';
import { windowsClientOf } from '../bundle/windowsScripts.ts';
import { beforeFile, beforeInstall } from '../beforeRecord.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { CHANGE_PHASES, changesOfPhase } from '../changePhases.ts';
import { parseManifest } from '../manifest.ts';
import { observeRequestFor } from '../observeRequest.ts';
import { payloadFor, planChanges } from '../planChanges.ts';
import { observeRemovalFor, planRemoval } from '../removal.ts';
import { parseAuthConf } from '../authConf.ts';
import { withoutPath, withPath, foundFile, foundFolder } from '../testing/fakeFacts.ts';
import {
  freshWindowsFacts,
  installedWindowsFacts,
  sampleMemuraiBundle,
  sampleWindowsBlueprint,
  sampleWindowsBundle,
  sampleWindowsPlan,
} from '../testing/sampleWindows.ts';

const plan = sampleWindowsPlan();
const blueprint = sampleWindowsBlueprint(plan);
const before = beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshWindowsFacts())).content;
const installed = installedWindowsFacts(blueprint, before);
const NODE = 'C:\\Triad\\nodes\\sessions\\7000';
const SETTINGS = 'C:\\Triad\\nodes\\sessions\\settings\\7000';

function contentOf(of: ServerBlueprint, name: string): string {
  return of.files.find(({ path }) => path === name)?.content ?? '';
}

/** Every path in a value, wherever it stands. */
function pathsIn(plans: ClusterPlan): readonly string[] {
  const paths: string[] = [];
  JSON.stringify(sampleWindowsBlueprint(plans, 'server-2'), (key, value: unknown) => {
    if (/path$/iu.test(key) && typeof value === 'string') paths.push(value);
    return value;
  });
  return paths;
}

describe('the blueprint of a Windows server', () => {
  test('its folders, programs, services and rules', () => {
    const { folders, binaries, files, services, firewall, kernel, passiveUnits, firewallKeeper, user } = blueprint;
    expect({ folders, kernel, passiveUnits, firewallKeeper, user, services, firewall: firewall.map(({ id }) => id) }).toMatchSnapshot(
      'all but files',
    );
    expect(binaries.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toMatchSnapshot('programs');
    expect(
      files.map(({ path, owner, group, mode, holdsSecret }) => `${path} ${owner}:${group} ${mode.toString(8)} ${holdsSecret}`),
    ).toMatchSnapshot('files');
  });

  test.each([
    ['redis.conf', NODE],
    ['service.ini', SETTINGS],
  ])('%s', (name, folder) => {
    expect(contentOf(blueprint, `${folder}\\${name}`)).toMatchSnapshot();
  });

  test('the text for whoever finds it, with lines as Windows ends them', () => {
    const readme = contentOf(blueprint, 'C:\\Triad\\nodes\\sessions\\README.txt');
    expect(readme.replaceAll('\r\n', '\n')).toMatchSnapshot();
    expect(readme.split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
    expect(readme).not.toMatch(/systemctl|sysctl|\/opt/u);
  });

  it('starts the program of the distribution, by its own name and hash, and sets no limit of another one', () => {
    const memurai = sampleWindowsPlan(['windows', 'windows', 'windows'], {}, sampleMemuraiBundle);
    const own = sampleWindowsBlueprint(memurai);
    const ini = contentOf(own, `${SETTINGS}\\service.ini`);
    expect(ini).toContain('program=C:\\Triad\\bin\\memurai-7.4.9-89abcdef\\memurai.exe\n');
    expect(ini).toContain(`programSha256=${'1'.repeat(64)}\n`);
    expect(own.services.every(({ dependsOn }) => dependsOn.some((path) => path.endsWith('\\memurai.exe')))).toBe(true);
    // The licence file lies beside the program: else it does not start.
    expect(own.binaries.map(({ path }) => path)).toContain('C:\\Triad\\bin\\memurai-7.4.9-89abcdef\\license.lic');
    expect(windowsClientOf(memurai, 'server-1')).toBe('C:\\Triad\\bin\\memurai-7.4.9-89abcdef\\memurai-cli.exe');
    const settings = (of: ServerBlueprint): string => contentOf(of, `${NODE}\\redis.conf`);
    for (const ofMsys2 of ['maxclients', 'auto-aof-rewrite-min-size']) {
      expect(settings(blueprint)).toMatch(new RegExp(`^${ofMsys2} `, 'mu'));
      expect(settings(own)).not.toContain(ofMsys2);
    }
    for (const ofBoth of ['maxmemory ', 'tcp-backlog 200', 'dir "."']) expect(settings(own)).toContain(ofBoth.replaceAll('"', ''));
    expect(JSON.stringify(own)).not.toMatch(/redis-(?:server|cli)/u);
  });

  it('names no path of Linux, also beside Linux servers', () => {
    const mixed = sampleWindowsPlan(['linux', 'windows', 'linux'], { paths: { windows: 'D:\\Data\\Triad' } });
    for (const paths of [pathsIn(plan), pathsIn(mixed)]) {
      expect(paths.length).toBeGreaterThan(20);
      expect(paths.filter((path) => !isWindowsPath(path))).toEqual([]);
    }
    const { folders } = sampleWindowsBlueprint(mixed, 'server-2');
    expect(folders.slice(0, 2).map(({ path, keepsFound }) => [path, keepsFound])).toEqual([
      ['D:\\Data', true],
      ['D:\\Data\\Triad', true],
    ]);
  });

  it('says nothing of the folder in the configuration: no drive is in it but in comments', () => {
    const conf = contentOf(blueprint, `${NODE}\\redis.conf`);
    expect(conf.split('\n').filter((line) => !line.startsWith('#') && line.includes('\\'))).toEqual([]);
    expect(conf).toMatch(/^dir \.$/mu);
    expect(conf).toMatch(/^logfile redis\.log$/mu);
    expect(conf).toMatch(/^include \.\.\/settings\/7000\/auth\.conf$/mu);
    expect(conf).toMatch(/^bind 10\.77\.0\.11 127\.0\.0\.1$/mu);
  });

  it('keeps the password in files of each node, readable by its service only, and nowhere else', () => {
    const secret = blueprint.files.filter(({ holdsSecret }) => holdsSecret);
    expect(secret.map(({ group, mode }) => `${group} ${mode.toString(8)}`)).toEqual(
      ['7000', '7000', '7001', '7001'].map((port) => `NT SERVICE\\triad-sessions-${port} 640`),
    );
    expect(parseAuthConf(contentOf(blueprint, `${SETTINGS}\\auth.conf`))).toBe('p@ss wörd');
    expect(contentOf(blueprint, `${SETTINGS}\\auth.txt`)).toBe('p@ss wörd\n');
    expect(JSON.stringify([blueprint.manifest, blueprint.files.filter(({ holdsSecret }) => !holdsSecret)])).not.toContain('wörd');
  });

  it('lets a service write nowhere but into the folder of its node: not what tells Windows which program to run', () => {
    const { folders, files, binaries } = blueprint;
    const writes = (owner: string): boolean => owner.startsWith('NT SERVICE');
    expect(folders.filter(({ owner }) => writes(owner)).map(({ path }) => path)).toEqual([NODE, NODE.replace('7000', '7001')]);
    expect(files.filter(({ owner }) => writes(owner))).toEqual([]);
    const inside = [...files, ...binaries].filter(({ path }) => isBelow(path, NODE)).map(({ path }) => path);
    expect(inside).toEqual([`${NODE}\\redis.conf`]);
    expect(contentOf(blueprint, `${SETTINGS}\\service.ini`)).toContain(`passwordFile=${SETTINGS}\\auth.txt\n`);
  });

  it('gives the root and the folder of all clusters their lists whoever made them, and leaves what is above as it is', () => {
    const mixed = sampleWindowsPlan(['windows', 'windows', 'windows'], { paths: { windows: 'D:\\Data\\Triad' } });
    const theirs = freshWindowsFacts({ paths: ['D:\\Data', 'D:\\data\\TRIAD'].map((path) => foundFolder(path, 'foreign')) });
    const changes = planChanges(sampleWindowsBlueprint(mixed), theirs).flatMap((change) =>
      change.kind === 'folder' ? [`${change.path} ${change.exists}`] : [],
    );
    expect(changes.slice(0, 2)).toEqual(['D:\\Data\\Triad true', 'D:\\Data\\Triad\\bin false']);
    const { foldersMade } = beforeInstall(sampleWindowsBlueprint(mixed), theirs);
    expect(foldersMade).toEqual(['D:\\Data\\Triad\\nodes']);
  });

  it('has services that run one program of the bundle, by its hash', () => {
    const ini = contentOf(blueprint, `${SETTINGS}\\service.ini`);
    const [server] = sampleWindowsBundle.files;
    expect(ini).toContain(
      `program=C:\\Triad\\bin\\${sampleWindowsBundle.folderName}\\redis-server.exe\nprogramSha256=${server?.sha256 ?? ''}\n`,
    );
    // The reader takes every line for a setting that has an equals sign, and nothing may end it early.
    expect(ini.split('\n').every((line) => /^(?:;.*|\[service\]|[A-Za-z0-9]+=[\x20-\x7e]+|)$/u.test(line))).toBe(true);
  });

  it('starts a Redis that ended by itself as its service does, but one without its data on disk not before its replica has taken over', () => {
    expect(contentOf(blueprint, `${SETTINGS}\\service.ini`)).not.toContain('restartPausesMs');
    const empty = sampleWindowsPlan(undefined, { redis: { persistence: 'none', nodeTimeoutMs: 5000 } });
    expect(contentOf(sampleWindowsBlueprint(empty), `${SETTINGS}\\service.ini`)).toContain(
      'restartPausesMs=11000,11000,15000,60000,60000\n',
    );
  });

  it('lists everything for the removal', () => {
    const manifest = parseManifest(contentOf(blueprint, blueprint.manifestPath));
    expect(manifest).toEqual(blueprint.manifest);
    expect(manifest?.folders).toMatchSnapshot();
  });

  it('can be previewed without programs', () => {
    const empty: ClusterPlan = { ...plan, bundle: { ...plan.bundle, binaries: [] } };
    expect(sampleWindowsBlueprint(empty).files.some(({ path }) => path.endsWith('service.ini'))).toBe(false);
  });
});

describe('changes of a Windows server', () => {
  it('are the record, folders, programs, files, rules and services of a fresh one', () => {
    const changes = planChanges(blueprint, freshWindowsFacts());
    expect(changes.map(({ id }) => id)).toMatchSnapshot('ids');
    expect(changes.filter(({ kind }) => kind === 'firewall')).toMatchSnapshot('rules');
    expect(changes.filter(({ kind }) => kind === 'service')).toEqual(
      nodesOnServer(plan, 'server-1').map(({ unit, dataPort }) => ({
        kind: 'service',
        id: `service:${unit}:enableAndStart`,
        unit,
        action: 'enableAndStart',
        definition: {
          path: `C:\\Triad\\nodes\\sessions\\settings\\${dataPort}\\service.ini`,
          program: `C:\\Triad\\bin\\${sampleWindowsBundle.folderName}\\triad-service-0123abcd.exe`,
        },
      })),
    );
    const payload = payloadFor(blueprint, changes);
    expect(changes.filter(({ kind }) => kind === 'file' || kind === 'binary').every(({ id }) => payload.has(id))).toBe(true);
  });

  it('come phase by phase, each after its folder was made, and the client program last', () => {
    const changes = planChanges(blueprint, freshWindowsFacts());
    const inOrder = CHANGE_PHASES.flatMap((phase) => changesOfPhase(changes, phase));
    expect(inOrder).toHaveLength(changes.length);
    const made = new Set<string>(['C:\\']);
    const homeless = inOrder.filter((change) => {
      if (change.kind === 'folder') made.add(change.path);
      return (change.kind === 'file' || change.kind === 'binary') && !made.has(parentOf(change.path));
    });
    expect(homeless).toEqual([]);
    expect(changesOfPhase(changes, 'stageClient').map(({ id }) => id)).toEqual([expect.stringMatching(/redis-cli\.exe$/u)]);
    expect(changesOfPhase(changes, 'openFirewall').map(({ id }) => id)).toContainEqual(expect.stringMatching(/before\.json$/u));
  });

  it('are none of one that is as it must be', () => {
    expect(planChanges(blueprint, installed)).toEqual([]);
  });

  it('are a file that differs, and its service only by its definition: a running node is not restarted', () => {
    const ini = blueprint.files.find(({ path }) => path === `${SETTINGS}\\service.ini`);
    const other = foundFile(`${SETTINGS}\\service.ini`, 'other', ini);
    expect(planChanges(blueprint, withPath(installed, other)).map(({ id }) => id)).toEqual([
      `file:${SETTINGS}\\service.ini`,
      'service:triad-sessions-7000:enable',
    ]);
    expect(planChanges(blueprint, withoutPath(installed, `${SETTINGS}\\auth.txt`)).map(({ id }) => id)).toEqual([
      `file:${SETTINGS}\\auth.txt`,
    ]);
  });

  it('set back what another program has made of the rights of a folder', () => {
    const path = NODE;
    const found = installed.paths.find((one) => one.path === path);
    if (found === undefined) throw new Error('the folder is not there');
    expect(planChanges(blueprint, withPath(installed, { ...found, owner: 'foreign', group: 'BU', mode: 0 }))).toMatchObject([
      { kind: 'folder', path, owner: 'NT SERVICE\\triad-sessions-7000', mode: 0o750 },
    ]);
  });

  it('are looked for by one request that names no path, unit or account of Linux', () => {
    const request = observeRequestFor(blueprint, plan);
    const paths = [...request.paths, ...request.contentOf, ...request.disks, ...request.serviceFolders, ...request.logs];
    expect(paths.filter((path) => !isWindowsPath(path))).toEqual([]);
    expect(request.units).toEqual(['triad-sessions-7000', 'triad-sessions-7001', 'triad-heal-sessions']);
    expect(request.serviceUser).toBe('');
    expect(request.contentOf.some((path) => path.includes('auth'))).toBe(false);
  });
});

describe('the removal from a Windows server', () => {
  const found = { ...installed, paths: [...installed.paths] };

  it('takes services, rules, files and folders, and leaves the data', () => {
    expect(planRemoval(blueprint, found, { deleteData: false }).map(({ id }) => id)).toMatchSnapshot();
  });

  it('takes everything with the data, and then there is nothing to be taken', () => {
    const changes = planRemoval(blueprint, found, { deleteData: true });
    expect(changes.map(({ id }) => id)).toMatchSnapshot();
    expect(changes.filter(({ kind }) => kind === 'removeUser' || kind === 'user' || kind === 'kernel')).toEqual([]);
    expect(planRemoval(blueprint, freshWindowsFacts(), { deleteData: true })).toEqual([]);
  });

  it('never does the same twice', () => {
    for (const deleteData of [false, true]) {
      const ids = planRemoval(blueprint, found, { deleteData }).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('never takes the data of a folder with its logs', () => {
    const changes = planRemoval(blueprint, found, { deleteData: false });
    expect(changes.flatMap((change) => (change.kind === 'removeFolder' && change.withContents ? [change.path] : []))).toEqual([
      `C:\\Triad\\bin\\${sampleWindowsBundle.folderName}`,
    ]);
  });

  it('takes the undo of a failover test that was ended by force, before the services that it would start', () => {
    const [node] = found.units;
    if (node === undefined) throw new Error('the sample has no services');
    const undo = { ...node, unit: `triad-heal-${plan.cluster}` };
    const stopped = (units: typeof found.units): readonly string[] =>
      planRemoval(blueprint, { ...found, units }, { deleteData: true }).flatMap((change) =>
        change.kind === 'disableService' ? [change.unit] : [],
      );
    const services = blueprint.services.map(({ unit }) => unit);
    expect(stopped([...found.units, undo])).toEqual([undo.unit, ...services]);
    expect(stopped([...found.units, { ...undo, load: 'not-found' }])).toEqual(services);
  });

  it('looks for files that were there before as well', () => {
    expect(observeRemovalFor(blueprint, plan).paths).toContain(`${NODE}\\redis.conf.triad-before`);
  });
});
