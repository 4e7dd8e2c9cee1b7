import { describe, expect, it } from 'vitest';
import type { Change } from '../shared/domain/change.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { beforeFile, beforeInstall, parseBeforeRecord, type BeforeRecord } from './beforeRecord.ts';
import { payloadFor } from './planChanges.ts';
import { observeRemovalFor, planRemoval } from './removal.ts';
import { foundFile, freshFacts, installedFacts, withoutPath, withPath } from './testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from './testing/samplePlan.ts';

const plan = samplePlan();
const blueprint = sampleBlueprint(plan);
const record = beforeInstall(blueprint, freshFacts());
const installed = installedFacts(blueprint, beforeFile('', record).content);

function idsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ id }) => id);
}

function withRecord(facts: ServerFacts, changed: BeforeRecord): ServerFacts {
  return withPath(facts, foundFile(blueprint.beforePath, beforeFile('', changed).content));
}

/** The server after a removal that left the data. */
function afterPlainRemoval(): ServerFacts {
  const left = planRemoval(blueprint, installed, { deleteData: false });
  const written = left.find((change) => change.kind === 'file');
  const fresh = freshFacts();
  return {
    ...fresh,
    serviceUser: { exists: true, uid: 998 },
    paths: [
      ...fresh.paths,
      ...installed.paths.filter(({ path }) => path.startsWith('/var/lib/triad')),
      foundFile(blueprint.beforePath, written?.kind === 'file' ? written.content : ''),
    ].filter((found, index, all) => all.findLastIndex(({ path }) => path === found.path) === index),
  };
}

describe('planRemoval', () => {
  it('finds nothing to do on a server without a mark of Triad, whatever lies there', () => {
    const unmarked = withoutPath(withoutPath(installed, blueprint.manifestPath), blueprint.beforePath);
    expect(planRemoval(blueprint, freshFacts(), { deleteData: true })).toEqual([]);
    expect(planRemoval(blueprint, unmarked, { deleteData: true })).toEqual([]);
  });

  it('takes everything away with its data', () => {
    expect(idsOf(planRemoval(blueprint, installed, { deleteData: true }))).toMatchSnapshot();
  });

  it('names every file, unit and folder of the installation', () => {
    const changes = planRemoval(blueprint, installed, { deleteData: true });
    const removed = changes.flatMap((change) => (change.kind === 'removeFile' || change.kind === 'removeFolder' ? [change.path] : []));
    const own = [...blueprint.files, ...blueprint.binaries, ...blueprint.folders.filter(({ keepsFound }) => keepsFound !== true)];
    const covered = own.filter(({ path }) => removed.some((gone) => path === gone || path.startsWith(`${gone}/`)));
    expect(covered).toEqual(own);
    expect(changes.flatMap((change) => (change.kind === 'disableService' ? [change.unit] : []))).toEqual(
      blueprint.services.map(({ unit }) => unit),
    );
  });

  it('leaves data, its owner and the record where nobody asked for more', () => {
    const changes = planRemoval(blueprint, installed, { deleteData: false });
    expect(idsOf(changes).filter((id) => id.includes('/var/lib') || id.startsWith('removeUser'))).toEqual([`file:${blueprint.beforePath}`]);
    const kept = changes.find((change) => change.kind === 'file');
    expect(parseBeforeRecord(kept?.kind === 'file' ? kept.content : '')?.clusters['sessions']).toMatchObject({
      isInstalled: false,
      appendOnly: true,
    });
    // The record is written like any file.
    expect([...payloadFor(blueprint, changes).keys()]).toEqual([`file:${blueprint.beforePath}`]);
  });

  it('has nothing to do a second time, but still knows the data', () => {
    const left = afterPlainRemoval();
    expect(planRemoval(blueprint, left, { deleteData: false })).toEqual([]);
    expect(idsOf(planRemoval(blueprint, left, { deleteData: true }))).toEqual(
      expect.arrayContaining([
        'removeFolder:/var/lib/triad/sessions',
        `removeFile:${blueprint.beforePath}`,
        'removeFolder:/var/lib/triad',
        'removeUser:triad-redis',
      ]),
    );
  });

  it('can be installed again over left data, and still knows how the server was', () => {
    const again = beforeInstall(blueprint, afterPlainRemoval());
    expect(again).toEqual({ ...record, kernel: again.kernel });
    expect(again.kernel).toEqual(record.kernel);
  });

  it('takes up an install that broke off before its manifest', () => {
    const half = withoutPath(installed, blueprint.manifestPath);
    expect(idsOf(planRemoval(blueprint, half, { deleteData: true }))).toContain('removeFile:/opt/triad/sessions/7000.conf');
  });

  it('believes the manifest about an older specification', () => {
    const moved = sampleBlueprint(samplePlan({ redis: { masterPort: 7100 } }));
    const found = { ...installed, units: [] };
    const changes = idsOf(planRemoval(moved, found, { deleteData: true }));
    expect(changes).toEqual(
      expect.arrayContaining(['disableService:triad-sessions-7000.service', 'removeFile:/opt/triad/sessions/7000.conf']),
    );
    // Not looked at, because only the manifest knows of it: removing it must succeed when it is gone.
    const unseen = withoutPath(found, '/opt/triad/sessions/7000.conf');
    expect(idsOf(planRemoval(moved, unseen, { deleteData: true }))).toContain('removeFile:/opt/triad/sessions/7000.conf');
  });

  it('deletes data where the manifest says, and nothing that lies where a changed specification points', () => {
    const moved = sampleBlueprint(samplePlan({ paths: { data: '/srv/databases', logs: '/srv/logs' } }));
    const found = withPath(installed, foundFile(moved.beforePath, beforeFile('', record).content));
    const folders = planRemoval(moved, found, { deleteData: true }).flatMap((change) => (change.kind === 'removeFolder' ? [change] : []));
    const whole = folders.filter(({ withContents }) => withContents).map(({ path }) => path);
    expect(whole).toEqual(expect.arrayContaining(['/var/lib/triad/sessions', '/var/log/triad/sessions']));
    expect(whole.filter((path) => path.startsWith('/srv/'))).toEqual([]);
    // What a broken install may have made there goes when it is empty.
    expect(folders.map(({ path }) => path)).toEqual(expect.arrayContaining(['/srv/databases/sessions', '/srv/logs/sessions']));
  });

  it('removes kept copies of its own files, and leaves those of somebody else', () => {
    const kept = '/etc/sysctl.d/90-triad-sessions.conf.triad-before';
    const found = withPath(installed, foundFile(kept, '# mine'));
    expect(idsOf(planRemoval(blueprint, found, { deleteData: true }))).toContain(`removeFile:${kept}`);
    const foreign = withRecord(found, {
      ...record,
      clusters: { sessions: { isInstalled: true, programs: [], filesFound: ['/etc/sysctl.d/90-triad-sessions.conf'] } },
    });
    expect(idsOf(planRemoval(blueprint, foreign, { deleteData: true }))).not.toContain(`removeFile:${kept}`);
    expect(observeRemovalFor(blueprint, plan).paths).toContain(kept);
  });

  describe('kernel settings', () => {
    const kernelOf = (facts: ServerFacts): readonly unknown[] =>
      planRemoval(blueprint, facts, { deleteData: true }).flatMap((change) =>
        change.kind === 'kernel' ? [[change.setting, change.before, change.after]] : [],
      );

    it('go back to what they were', () => {
      expect(kernelOf(installed)).toEqual([
        ['vm.overcommit_memory', '1', '0'],
        ['net.core.somaxconn', '65535', '4096'],
        ['transparent_hugepage', 'never', 'madvise'],
      ]);
    });

    it('stay where somebody changed them since, where they were so before, and where that is not known', () => {
      expect(
        kernelOf({ ...installed, kernel: { ...installed.kernel, somaxconn: 8192, overcommitMemory: 2, transparentHugePages: 'always' } }),
      ).toEqual([]);
      const known = { 'vm.overcommit_memory': '1', 'net.core.somaxconn': null };
      expect(kernelOf(withRecord(installed, { ...record, kernel: known }))).toEqual([]);
    });
  });

  describe('beside another cluster', () => {
    const programs = blueprint.binaries.map(({ path }) => path.slice(0, path.lastIndexOf('/')));
    const shared = withRecord(installed, {
      ...record,
      clusters: { ...record.clusters, cache: { isInstalled: true, filesFound: [], programs } },
    });

    it('takes only its own away', () => {
      const changes = planRemoval(blueprint, shared, { deleteData: true });
      const ids = idsOf(changes);
      expect(ids.filter((id) => /^(?:removeUser|kernel)|:\/opt\/triad\/bin/u.test(id))).toEqual([]);
      expect(ids).toEqual(expect.arrayContaining(['removeFolder:/opt/triad/sessions', 'removeFolder:/var/lib/triad/sessions']));
      const left = changes.find((change) => change.kind === 'file');
      expect(Object.keys(parseBeforeRecord(left?.kind === 'file' ? left.content : '')?.clusters ?? {})).toEqual(['cache']);
    });

    it('removes programs that the other one does not use', () => {
      const older = withRecord(shared, {
        ...record,
        clusters: {
          sessions: { isInstalled: true, filesFound: [], programs: ['/opt/triad/bin/redis-7.0.14-old', ...programs] },
          cache: { isInstalled: true, filesFound: [], programs },
        },
      });
      const removed = idsOf(planRemoval(blueprint, older, { deleteData: true })).filter((id) =>
        id.startsWith('removeFolder:/opt/triad/bin'),
      );
      expect(removed).toEqual(['removeFolder:/opt/triad/bin/redis-7.0.14-old']);
    });

    it('keeps the record and the account while only data of another one is left', () => {
      const dataOnly = withRecord(installed, {
        ...record,
        clusters: { ...record.clusters, cache: { isInstalled: false, filesFound: [], programs: [] } },
      });
      const ids = idsOf(planRemoval(blueprint, dataOnly, { deleteData: true }));
      expect(ids.filter((id) => id.startsWith('kernel:'))).toHaveLength(3);
      expect(ids).not.toContain('removeUser:triad-redis');
      expect(ids).not.toContain('removeFolder:/var/lib/triad');
    });
  });

  it('leaves an account that was there before', () => {
    const found = withRecord(installed, { ...record, serviceUserExisted: true });
    expect(idsOf(planRemoval(blueprint, found, { deleteData: true }))).not.toContain('removeUser:triad-redis');
  });

  it('never removes a shared folder that was there before, nor one with something in it', () => {
    const changes = planRemoval(blueprint, withRecord(installed, { ...record, foldersMade: ['/opt/triad'] }), { deleteData: true });
    const folders = changes.flatMap((change) => (change.kind === 'removeFolder' ? [change] : []));
    expect(folders.filter(({ path }) => ['/opt/triad', '/var/lib/triad', '/var/log/triad'].includes(path))).toEqual([
      { kind: 'removeFolder', id: 'removeFolder:/opt/triad', path: '/opt/triad', withContents: false },
    ]);
  });

  it('touches nothing that is shared where the record is lost', () => {
    const ids = idsOf(planRemoval(blueprint, withoutPath(installed, blueprint.beforePath), { deleteData: true }));
    expect(ids.filter((id) => /^(?:removeUser|kernel)|:\/(?:opt|var\/lib|var\/log)\/triad$/u.test(id))).toEqual([]);
    expect(ids).toContain('removeFile:/opt/triad/sessions/manifest.json');
  });

  it('ends the keeper of firewall rules wherever it is found', () => {
    const found: ServerFacts = {
      ...installed,
      units: [
        ...installed.units,
        {
          unit: 'triad-sessions-firewall.service',
          load: 'loaded',
          active: 'active',
          sub: 'exited',
          enabled: 'enabled',
          mainPid: 0,
          needsReload: false,
          restarts: 0,
        },
      ],
    };
    const withdrawals = planRemoval(blueprint, found, { deleteData: false }).filter(({ kind }) => kind === 'firewall');
    expect(withdrawals).toMatchSnapshot();
  });
});
