import type { ServerFacts } from '../../shared/domain/server.ts';
import type { CheckContext } from '../checkContext.ts';
import { absentPath, exampleBlueprints, exampleContext, exampleFacts, examplePlan, foreignFile, runningUnits } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const example = exampleFacts('server-1');
const plan = examplePlan();
const { folders } = plan;
function kernel(differences: Partial<ServerFacts['kernel']>): Partial<ServerFacts> {
  return { kernel: { ...example.kernel, ...differences } };
}

const blueprint = exampleBlueprints(plan).get('server-1');
const manifestPath = blueprint?.manifestPath ?? '';
const manifestText = blueprint?.files.find(({ path }) => path === manifestPath)?.content ?? '';
const nodeConf = `${folders.install}/7000.conf`;

function pathsWith(...found: ServerFacts['paths']): Partial<ServerFacts> {
  return { paths: [...example.paths.filter(({ path }) => !found.some((one) => one.path === path)), ...found] };
}

/** An installed context in which this run tried to set a kernel setting. */
function tried(setting: string, server: string, outcome: 'done' | 'refused'): CheckContext {
  const change = { kind: 'kernel' as const, id: `kernel:${setting}`, setting, path: '/proc/sys/x', before: '0', after: '1' };
  const applied = [{ server, change, outcome: { id: change.id, outcome, evidence: 'Permission denied' } }];
  return exampleContext({ applied }, 'installed');
}

const refused = tried('vm.overcommit_memory', 'server-1', 'refused');

/** Rows about files, services and kernel settings. */
export const SYSTEM_ROWS: readonly ServerRow[] = [
  { check: 'openFiles', name: 'none', facts: kernel({ maxOpenFiles: 0 }), verdict: 'unknown', says: 'unknown unread' },
  ...[
    { name: 'on another server', context: tried('vm.overcommit_memory', 'server-2', 'refused') },
    { name: 'of another setting', context: tried('net.core.somaxconn', 'server-1', 'refused') },
    { name: 'of nothing, it was set', context: tried('vm.overcommit_memory', 'server-1', 'done') },
  ].map(({ name, context }): ServerRow => ({
    check: 'overcommitMemory',
    name: `refusal ${name}`,
    facts: kernel({ overcommitMemory: 0 }),
    context,
    verdict: 'warn',
    says: 'kernel.notAsPlanned kernel.notAsPlanned.remedy',
  })),
  { check: 'openFiles', name: 'exactly enough', facts: kernel({ maxOpenFiles: 20_064 }), verdict: 'pass', says: 'observed' },
  {
    check: 'ownFiles',
    name: 'looked at, but not at the manifest',
    facts: { paths: example.paths.filter(({ path }) => path !== manifestPath) },
    verdict: 'unknown',
    says: 'unknown unread',
  },
  ...[
    { name: 'Windows Server', prettyName: 'Windows Server 2022 Standard', versionId: '10.0.20348', verdict: 'pass', says: 'windows' },
    {
      name: 'the oldest Windows Server',
      prettyName: 'Windows Server 2019 Standard',
      versionId: '10.0.17763',
      verdict: 'pass',
      says: 'windows',
    },
    { name: 'a Windows without a name', prettyName: '', versionId: '10.0.26100', verdict: 'warn', says: 'windows windowsClient.remedy' },
    {
      name: 'a Windows for desks',
      prettyName: 'Windows 11 Pro',
      versionId: '10.0.26100',
      verdict: 'warn',
      says: 'windows windowsClient.remedy',
    },
    {
      name: 'an old Windows',
      prettyName: 'Windows Server 2016',
      versionId: '10.0.14393',
      verdict: 'fail',
      says: 'windows windowsOld.remedy',
    },
    { name: 'a Windows of no version', prettyName: 'Windows Server', versionId: '', verdict: 'fail', says: 'windows windowsOld.remedy' },
  ].map(({ name, prettyName, versionId, verdict, says }): ServerRow => ({
    check: 'operatingSystem',
    name,
    facts: { os: { ...example.os, id: 'windows', prettyName, versionId } },
    verdict: verdict === 'pass' || verdict === 'warn' ? verdict : 'fail',
    says,
  })),
  { check: 'ownFiles', name: 'nothing there', verdict: 'pass', says: 'none' },
  {
    check: 'ownFiles',
    name: 'a file of somebody else',
    facts: pathsWith(foreignFile(nodeConf)),
    verdict: 'warn',
    says: 'foreign foreign.remedy',
    naming: [nodeConf, 'triad-before'],
  },
  {
    check: 'ownFiles',
    name: 'an older file of ours',
    facts: pathsWith(foreignFile(nodeConf), foreignFile(manifestPath, manifestText)),
    verdict: 'pass',
    says: 'ours',
    naming: [manifestPath],
  },
  {
    check: 'ownFiles',
    name: 'a manifest that is none',
    facts: pathsWith(foreignFile(manifestPath, '{}')),
    verdict: 'warn',
    says: 'foreign foreign.remedy',
    naming: [manifestPath],
  },
  {
    check: 'ownFiles',
    name: 'our file before the manifest was written',
    facts: pathsWith({ ...foreignFile(`${folders.bin}/redis-server`), sha256: 'ab'.repeat(32) }),
    verdict: 'pass',
    says: 'none',
  },
  {
    check: 'ownFiles',
    name: 'a folder where a file belongs',
    facts: pathsWith({ ...absentPath(nodeConf), kind: 'folder' }),
    verdict: 'fail',
    says: 'wrongKind wrongKind.remedy',
    naming: [nodeConf],
  },
  {
    check: 'ownFiles',
    name: 'a file where a folder belongs',
    facts: pathsWith(foreignFile(folders.data)),
    verdict: 'fail',
    says: 'wrongKind wrongKind.remedy',
    naming: [folders.data],
  },
  {
    check: 'ownFiles',
    name: 'a file where a folder of all clusters belongs',
    facts: pathsWith(foreignFile(folders.roots.data)),
    verdict: 'fail',
    says: 'wrongKind wrongKind.remedy',
    naming: [folders.roots.data],
  },
  {
    check: 'ownFiles',
    name: 'a folder of another service',
    facts: pathsWith({ ...absentPath(folders.data), kind: 'folder', owner: 'mysql', group: 'mysql' }),
    verdict: 'fail',
    says: 'otherOwner otherOwner.remedy',
    naming: [`${folders.data} (mysql)`],
  },
  {
    check: 'ownFiles',
    name: 'a folder that somebody made for it',
    facts: pathsWith({ ...absentPath(folders.data), kind: 'folder', owner: 'root', group: 'root' }),
    verdict: 'pass',
    says: 'none',
  },
  {
    check: 'ownFiles',
    name: 'a Windows service of somebody else under the name of ours',
    facts: { units: example.units.map((unit, index) => (index === 0 ? { ...unit, load: 'foreign' } : unit)) },
    verdict: 'fail',
    says: 'foreignServices foreignServices.remedy',
    naming: example.units.slice(0, 1).map(({ unit }) => unit),
  },
  {
    check: 'ownFiles',
    name: 'a Windows service of somebody else under another name',
    facts: { units: [...example.units, ...example.units.slice(0, 1).map((unit) => ({ ...unit, unit: 'Spooler', load: 'foreign' }))] },
    verdict: 'pass',
    says: 'none',
  },
  { check: 'ownFiles', name: 'not looked at', facts: { paths: [] }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'ownPlace', name: 'nothing installed', verdict: 'pass', says: 'none' },
  { check: 'ownPlace', name: 'as planned', facts: pathsWith(foreignFile(manifestPath, manifestText)), verdict: 'pass', says: 'none' },
  {
    check: 'ownPlace',
    name: 'in the folders of an older specification',
    facts: pathsWith(foreignFile(`/etc/systemd/system/${blueprint?.passiveUnits[0] ?? ''}`, 'ExecStart=/bin/sh /srv/old/rotate-logs.sh\n')),
    verdict: 'fail',
    says: 'elsewhere elsewhere.remedy',
    naming: ['/srv/old', 'triad remove'],
  },
  { check: 'ownPlace', name: 'not looked at', facts: { paths: [] }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'maskedUnits', name: 'none', verdict: 'pass', says: 'none' },
  {
    check: 'maskedUnits',
    name: 'one',
    facts: { units: example.units.map((unit, index) => (index === 0 ? { ...unit, load: 'masked' } : unit)) },
    verdict: 'fail',
    says: 'masked remedy',
    naming: ['systemctl unmask triad-sessions-7000.service'],
  },
  { check: 'maskedUnits', name: 'not looked at', facts: { units: [] }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'serviceUser', name: 'to be made', verdict: 'pass', says: 'willBeMade' },
  {
    check: 'serviceUser',
    name: 'there',
    facts: { serviceUser: { exists: true, uid: 998 } },
    verdict: 'pass',
    says: 'observed',
    naming: ['998'],
  },
  { check: 'serviceUser', name: 'gone', context: exampleContext({}, 'installed'), verdict: 'fail', says: 'absent absent.remedy' },
  {
    check: 'serviceUser',
    name: 'root in disguise',
    facts: { serviceUser: { exists: true, uid: 0 } },
    verdict: 'fail',
    says: 'isRoot isRoot.remedy',
  },
  {
    check: 'serviceUser',
    name: 'without a uid',
    facts: { serviceUser: { exists: true, uid: null } },
    verdict: 'unknown',
    says: 'unknown unread',
  },

  { check: 'transparentHugePages', name: 'off', verdict: 'pass', says: 'kernel' },
  {
    check: 'transparentHugePages',
    name: 'on before install',
    facts: kernel({ transparentHugePages: 'always' }),
    verdict: 'warn',
    says: 'kernel.willBeSet kernel.willBeSet.remedy',
    naming: ['always', 'never'],
  },
  {
    check: 'transparentHugePages',
    name: 'a kernel without',
    facts: kernel({ transparentHugePages: null }),
    verdict: 'skipped',
    says: 'absent',
  },
  {
    check: 'transparentHugePages',
    name: 'unreadable',
    facts: kernel({ transparentHugePages: '' }),
    verdict: 'unknown',
    says: 'kernel.unknown unread',
  },

  { check: 'overcommitMemory', name: 'on', verdict: 'pass', says: 'kernel', naming: ['vm.overcommit_memory is 1'] },
  {
    check: 'overcommitMemory',
    name: 'refused in this run',
    facts: kernel({ overcommitMemory: 0 }),
    context: refused,
    verdict: 'warn',
    says: 'kernel.refused kernel.refused.remedy',
  },
  {
    check: 'overcommitMemory',
    name: 'read-only here',
    facts: {
      ...kernel({ overcommitMemory: 0 }),
      disks: [
        {
          path: '/proc/sys/vm/overcommit_memory',
          mountPoint: '/proc/sys',
          fileSystem: 'proc',
          freeBytes: 0,
          sizeBytes: 0,
          options: ['ro'],
        },
      ],
    },
    verdict: 'warn',
    says: 'kernel.refused kernel.refused.remedy',
  },
  {
    check: 'overcommitMemory',
    name: 'set back',
    facts: kernel({ overcommitMemory: 0 }),
    context: exampleContext({}, 'installed'),
    verdict: 'warn',
    says: 'kernel.notAsPlanned kernel.notAsPlanned.remedy',
  },
  {
    check: 'overcommitMemory',
    name: 'not known',
    facts: kernel({ overcommitMemory: null }),
    verdict: 'unknown',
    says: 'kernel.unknown unread',
  },

  { check: 'somaxconn', name: 'more than planned', facts: kernel({ somaxconn: 100_000 }), verdict: 'pass', says: 'kernel' },
  {
    check: 'somaxconn',
    name: 'the default',
    facts: kernel({ somaxconn: 4096 }),
    verdict: 'warn',
    says: 'kernel.willBeSet kernel.willBeSet.remedy',
    naming: ['65535'],
  },
  { check: 'somaxconn', name: 'not known', facts: kernel({ somaxconn: null }), verdict: 'unknown', says: 'kernel.unknown unread' },

  { check: 'openFiles', name: 'enough', verdict: 'pass', says: 'observed' },
  {
    check: 'openFiles',
    name: 'too few',
    facts: kernel({ maxOpenFiles: 4096 }),
    verdict: 'warn',
    says: 'observed remedy',
    naming: ['20064'],
  },
  { check: 'openFiles', name: 'not known', facts: kernel({ maxOpenFiles: null }), verdict: 'unknown', says: 'unknown unread' },

  { check: 'selinux', name: 'none', verdict: 'pass', says: 'observed', naming: ['absent'] },
  {
    check: 'selinux',
    name: 'enforcing',
    facts: { selinux: 'enforcing' },
    verdict: 'warn',
    says: 'enforcing remedy',
    naming: ['restorecon -R /opt/triad/bin/redis-7.0.15'],
  },
  {
    check: 'selinux',
    name: 'enforcing, and the services run',
    facts: { selinux: 'enforcing', units: runningUnits('server-1') },
    verdict: 'pass',
    says: 'proved',
  },
];
