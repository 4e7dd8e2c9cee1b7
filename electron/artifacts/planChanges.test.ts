import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../shared/domain/failure.ts';
import type { Change } from '../shared/domain/change.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { beforeFile, beforeInstall } from './beforeRecord.ts';
import { CHANGE_PHASES, changesOfPhase } from './changePhases.ts';
import { observeRequestFor } from './observeRequest.ts';
import { payloadFor, planChanges } from './planChanges.ts';
import { foundFile, foundFolder, freshFacts, installedFacts, withoutPath, withPath } from './testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from './testing/samplePlan.ts';

const blueprint = sampleBlueprint();
const before = beforeFile(blueprint.beforePath, beforeInstall(blueprint, freshFacts())).content;
const installed = installedFacts(blueprint, before);
const CONF = '/opt/triad/sessions/7000.conf';
const UNIT = 'triad-sessions-7000.service';

function withUnit(facts: ServerFacts, unit: string, changes: Partial<ServerFacts['units'][number]>): ServerFacts {
  return { ...facts, units: facts.units.map((found) => (found.unit === unit ? { ...found, ...changes } : found)) };
}

function idsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ id }) => id);
}

describe('planChanges', () => {
  it('has nothing to do where all is as it must be', () => {
    expect(planChanges(blueprint, installed)).toEqual([]);
  });

  it('lays out a fresh server in an order that can be followed', () => {
    const changes = planChanges(blueprint, freshFacts());
    expect(idsOf(changes)).toMatchSnapshot();
    const kinds = changes.map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(['folder', 'file', 'user', 'binary', 'kernel', 'service']);
    expect(new Set(idsOf(changes)).size).toBe(changes.length);
  });

  it('never puts the secret into a change', () => {
    const changed = withPath(installed, foundFile('/opt/triad/sessions/auth.conf', 'requirepass old\n', undefined, false));
    const changes = [...planChanges(blueprint, freshFacts()), ...planChanges(blueprint, changed)];
    expect(JSON.stringify(changes)).not.toMatch(/p@ss|requirepass old/u);
    expect(
      changes.filter((change) => change.kind === 'file' && change.holdsSecret).map((change) => change.kind === 'file' && change.action),
    ).toEqual(['create', 'replace']);
  });

  it('shows what differs in a file', () => {
    const conf = blueprint.files.find(({ path }) => path === CONF);
    const edited = withPath(installed, foundFile(CONF, (conf?.content ?? '').replace('maxmemory 268435456', 'maxmemory 1gb'), conf));
    const [change] = planChanges(blueprint, edited);
    expect(change).toMatchObject({ id: `file:${CONF}`, action: 'replace' });
    const diff = change?.kind === 'file' ? change.diff : null;
    expect(diff?.split('\n').filter((line) => /^[+-]/u.test(line))).toEqual([
      `--- ${CONF}`,
      `+++ ${CONF}`,
      '-maxmemory 1gb',
      '+maxmemory 268435456',
    ]);
  });

  it('replaces a file whose text it could not read, without a diff', () => {
    const found = { ...foundFile(CONF, 'x'), sha256: null, content: null };
    expect(planChanges(blueprint, withPath(installed, found))).toMatchObject([{ id: `file:${CONF}`, action: 'replace', diff: null }]);
  });

  it.each([
    ['owner', { owner: 'admin' }],
    ['group', { group: 'root' }],
    ['mode', { mode: 0o644 }],
  ])('corrects the %s alone where only that is wrong, and touches no service for it', (_, wrong) => {
    const found = installed.paths.find(({ path }) => path === CONF);
    if (found === undefined) throw new Error('not there');
    const changes = planChanges(blueprint, withPath(installed, { ...found, ...wrong }));
    expect(changes).toMatchObject([{ id: `file:${CONF}`, action: 'permissions', diff: null, mode: 0o640 }]);
  });

  it('corrects the rights of its own folders, and leaves shared ones alone', () => {
    const wrong = withPath(withPath(installed, foundFolder('/opt/triad', 'admin')), foundFolder('/var/lib/triad/sessions', 'root'));
    expect(planChanges(blueprint, wrong)).toMatchObject([
      { id: 'folder:/var/lib/triad/sessions', owner: 'triad-redis', mode: 0o750, exists: true },
    ]);
  });

  it('sends a program again when its hash, rights or owner differ', () => {
    const binary = blueprint.binaries[0];
    const found = installed.paths.find(({ path }) => path === binary?.path);
    if (binary === undefined || found === undefined) throw new Error('not there');
    for (const wrong of [{ sha256: 'f'.repeat(64) }, { mode: 0o644 }, { owner: 'admin' }])
      expect(idsOf(planChanges(blueprint, withPath(installed, { ...found, ...wrong })))).toEqual([`binary:${binary.path}`]);
  });

  describe('kernel settings', () => {
    it('says what was there', () => {
      const changes = planChanges(blueprint, { ...installed, kernel: freshFacts().kernel });
      expect(changes).toMatchObject([
        { id: 'kernel:vm.overcommit_memory', path: '/proc/sys/vm/overcommit_memory', before: '0', after: '1' },
        { id: 'kernel:net.core.somaxconn', before: '4096', after: '65535' },
        { id: 'kernel:transparent_hugepage', before: 'madvise', after: 'never' },
      ]);
    });

    it('leaves alone what the kernel does not have, and what is mounted read-only', () => {
      const path = '/proc/sys/vm/overcommit_memory';
      const facts: ServerFacts = {
        ...installed,
        kernel: { ...installed.kernel, transparentHugePages: null, overcommitMemory: 0 },
        disks: [{ path, mountPoint: '/proc/sys', fileSystem: 'proc', freeBytes: 0, sizeBytes: 0, options: ['ro', 'nosuid'] }],
      };
      expect(planChanges(blueprint, facts)).toEqual([]);
    });
  });

  describe('services', () => {
    it.each([
      ['unknown to systemd', { load: 'not-found', active: 'inactive', enabled: '' }, ['enableAndStart']],
      ['installed but idle', { active: 'inactive', enabled: 'disabled' }, ['enableAndStart']],
      ['enabled and stopped', { active: 'inactive' }, ['start']],
      ['failed', { active: 'failed' }, ['start']],
      ['waiting to be started again', { active: 'activating', sub: 'auto-restart' }, ['start']],
      ['starting', { active: 'activating', sub: 'start' }, []],
      ['running, but not at boot', { enabled: 'disabled' }, ['enable']],
      ['running, until the next boot', { enabled: 'enabled-runtime' }, ['enable']],
      ['running with an old unit file', { needsReload: true }, ['enable']],
    ])('%s', (_, found, actions) => {
      expect(planChanges(blueprint, withUnit(installed, UNIT, found))).toMatchObject(
        actions.map((action) => ({ id: `service:${UNIT}:${action}`, unit: UNIT, action })),
      );
    });

    it('are brought up where nobody has heard of them', () => {
      expect(planChanges(blueprint, { ...installed, units: [] })).toHaveLength(3);
    });

    it.each([
      ['its configuration', CONF],
      ['the password', '/opt/triad/sessions/auth.conf'],
      ['the program', blueprint.binaries[0]?.path ?? ''],
      ['its unit', `/etc/systemd/system/${UNIT}`],
    ])('do not restart a node after a change of %s', (_, path) => {
      const changed = withPath(installed, foundFile(path, 'something else', undefined, false));
      const left = planChanges(blueprint, changed).filter(({ kind }) => kind === 'service');
      // Only so that systemd reads the new unit file: enabling what is enabled does nothing else.
      expect(left).toMatchObject(path.endsWith('.service') ? [{ unit: UNIT, action: 'enable' }] : []);
    });

    it('restart helpers at will', () => {
      const path = '/etc/systemd/system/triad-sessions-logs.service';
      expect(planChanges(blueprint, withPath(installed, foundFile(path, 'old')))).toMatchObject([
        { id: `file:${path}` },
        { unit: 'triad-sessions-logs.timer', action: 'restart' },
      ]);
    });

    it('are started, not restarted, when they are down anyway', () => {
      const changed = withUnit(withoutPath(installed, CONF), UNIT, { active: 'inactive' });
      expect(planChanges(blueprint, changed).filter(({ kind }) => kind === 'service')).toMatchObject([{ unit: UNIT, action: 'start' }]);
    });
  });
});

describe('the record of what was before', () => {
  it('is of the server as it was first found', () => {
    expect(before).toMatchSnapshot();
  });

  it('stays the same after half an install, and after the whole', () => {
    const half: ServerFacts = {
      ...freshFacts(),
      kernel: installed.kernel,
      serviceUser: installed.serviceUser,
      paths: [...freshFacts().paths, foundFolder('/var/lib/triad'), foundFile(blueprint.beforePath, before), foundFile(CONF, 'half')],
    };
    expect(beforeFile('', beforeInstall(blueprint, half)).content).toBe(before);
    expect(beforeFile('', beforeInstall(blueprint, installed)).content).toBe(before);
  });

  it("keeps the first cluster's original values when a second one comes", () => {
    const second = sampleBlueprint(
      samplePlan({ name: 'cache', redis: { masterPort: 7100, replicaPort: 7101 }, paths: { logs: '/var/log/elsewhere' } }),
    );
    const record = beforeInstall(second, installed);
    expect(record).toMatchObject({
      serviceUserExisted: false,
      kernel: { 'vm.overcommit_memory': '0', 'net.core.somaxconn': '4096', transparent_hugepage: 'madvise' },
      clusters: { cache: { isInstalled: true }, sessions: { isInstalled: true } },
    });
    expect(record.foldersMade).toEqual(['/opt/triad', '/var/lib/triad', '/var/log/triad', '/var/log/elsewhere']);
  });

  it('names files of somebody else that were in the way', () => {
    const found = withPath(freshFacts(), foundFile('/etc/sysctl.d/90-triad-sessions.conf', '# mine'));
    expect(beforeInstall(blueprint, found).clusters['sessions']?.filesFound).toEqual(['/etc/sysctl.d/90-triad-sessions.conf']);
  });

  it('is begun anew where it cannot be read', () => {
    const damaged = withPath(installed, foundFile(blueprint.beforePath, '{"schemaVersion":'));
    expect(beforeInstall(blueprint, damaged)).toMatchObject({ serviceUserExisted: true, foldersMade: [] });
  });
});

describe('payloadFor', () => {
  it('gives every change that writes its bytes, the secret file its secret', () => {
    const changes = planChanges(blueprint, freshFacts());
    const payload = payloadFor(blueprint, changes);
    expect([...payload.keys()]).toEqual(idsOf(changes.filter(({ kind }) => kind === 'binary' || kind === 'file')));
    const text = (id: string): string => new TextDecoder().decode(payload.get(id));
    expect(text('file:/opt/triad/sessions/auth.conf')).toContain('requirepass "p@ss\\x20word"');
    expect(text(`file:${CONF}`)).toBe(blueprint.files.find(({ path }) => path === CONF)?.content);
    expect(text(`file:${blueprint.beforePath}`)).toBe(before);
    const program = payload.get(`binary:${blueprint.binaries[0]?.path ?? ''}`);
    expect(gunzipSync(program ?? new Uint8Array()).toString()).toBe('server program');
  });

  it('sends nothing where only rights are wrong', () => {
    const found = { ...foundFile(CONF, blueprint.files.find(({ path }) => path === CONF)?.content ?? ''), mode: 0o777 };
    expect(payloadFor(blueprint, planChanges(blueprint, withPath(installed, found))).size).toBe(0);
  });

  it('refuses to send a program that the bundle did not bring', () => {
    const empty = { ...blueprint, binaries: blueprint.binaries.map((binary) => ({ ...binary, gzip: new Uint8Array() })) };
    const changes = planChanges(empty, freshFacts());
    expect(() => payloadFor(empty, changes)).toThrow(FailureError);
    expect(() => payloadFor(empty, changes)).toThrow(/bundle\.incomplete.*redis-server/u);
  });
});

describe('observeRequestFor', () => {
  const plan = samplePlan();
  const request = observeRequestFor(blueprint, plan);

  it('asks for everything that planning looks at', () => {
    const paths = [...blueprint.folders, ...blueprint.files, ...blueprint.binaries].map(({ path }) => path);
    expect(request.paths).toEqual(expect.arrayContaining([...paths, blueprint.beforePath, blueprint.firewallKeeper?.scriptPath]));
    expect(new Set(request.paths).size).toBe(request.paths.length);
    expect(request.contentOf.every((path) => request.paths.includes(path))).toBe(true);
    expect(request.units).toContain('triad-sessions-firewall.service');
    expect(request.ports).toEqual([7000, 7001, 17_000, 17_001]);
    expect(request.disks).toEqual(expect.arrayContaining(['/var/lib/triad', '/proc/sys/vm/overcommit_memory']));
  });

  it('never asks for the text of a secret', () => {
    expect(request.contentOf).not.toContain('/opt/triad/sessions/auth.conf');
  });
});

describe('changesOfPhase', () => {
  const firewall: ServerFacts['firewall'] = { kind: 'nftables', isActive: true, ownRules: [], persistedRules: [], evidence: '' };
  const changes = planChanges(blueprint, freshFacts({ firewall }));
  const inPhases = CHANGE_PHASES.map((phase) => idsOf(changesOfPhase(changes, phase)));

  it('gives every change to one phase', () => {
    expect(inPhases.flat().toSorted()).toEqual(idsOf(changes).toSorted());
    expect(inPhases).toMatchSnapshot();
  });

  it('makes a folder in the first phase that needs it, and the record before everything else', () => {
    const [opening = [], staging = []] = inPhases;
    expect(opening.slice(0, 2)).toEqual(['folder:/var/lib/triad', `file:${blueprint.beforePath}`]);
    expect(idsOf(changes).slice(0, 2)).toEqual(['folder:/var/lib/triad', `file:${blueprint.beforePath}`]);
    expect(opening).toEqual(expect.arrayContaining(['folder:/opt/triad', 'folder:/var/lib/triad', `file:${blueprint.beforePath}`]));
    expect(staging).toEqual(expect.arrayContaining(['folder:/opt/triad/bin', 'folder:/opt/triad/bin/redis-7.0.15-0123456789ab']));
    expect(opening.find((id) => id.startsWith('file:'))).toBe(`file:${blueprint.beforePath}`);
  });

  it('keeps the record before user and kernel where no firewall is opened', () => {
    const without = planChanges(blueprint, freshFacts());
    expect(idsOf(changesOfPhase(without, 'openFirewall'))).toEqual([]);
    expect(idsOf(changesOfPhase(without, 'stageBinaries'))).toContain(`file:${blueprint.beforePath}`);
  });
});
