import { sampleInstall, sampleMinimal } from '../../../../electron/report/testing/sampleRecord.ts';
import type { Change } from '../../../../electron/shared/domain/change.ts';
import { planCluster, type ClusterPlan } from '../../../../electron/shared/domain/plan.ts';
import type { Platform } from '../../../../electron/shared/domain/platform.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import { ClusterSpec } from '../../../../electron/shared/domain/spec.ts';
import { parentOf } from '../../../../electron/shared/domain/serverPath.ts';
import { message } from '../../../../electron/shared/messages/message.ts';

const ADMINISTRATORS = { owner: 'Administrators', group: 'Administrators' } as const;

/** A plan for servers of these kinds. */
function planOn(platforms: readonly Platform[]): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: platforms.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.77.0.${index + 11}`,
      platform,
      ssh: { user: platform === 'windows' ? 'Administrator' : 'admin', auth: { agent: true } },
    })),
    firewall: { manage: true, clients: ['10.77.0.0/24'] },
  });
  const bundleOf = (origin: 'built' | 'windowsArchive', names: readonly string[]): Parameters<typeof planCluster>[1] => ({
    version: '8.2.1',
    origin,
    folderName: 'redis-8.2.1-316c81a9',
    licence: 'AGPL-3.0-only',
    sourceArchive: 'Redis-8.2.1-Windows-x64-msys2.zip',
    sourceSha256: 'cd'.repeat(32),
    files: names.map((name, index) => ({ name, sha256: `${index + 1}f`.repeat(32), sizeBytes: 3_145_728 * (index + 1), mode: 0o755 })),
  });
  const windows = bundleOf('windowsArchive', ['redis-server.exe', 'redis-cli.exe', 'msys-2.0.dll', 'triad-service-818fb2f0.exe']);
  return platforms.includes('linux')
    ? planCluster(spec, bundleOf('built', ['redis-server', 'redis-cli']), windows)
    : planCluster(spec, windows);
}

/** What an installation changes on a Windows server, some of each kind. */
function windowsChanges(plan: ClusterPlan, server: string): readonly Change[] {
  const { bundle, folders } = plan.windows ?? plan;
  const nodes = plan.nodes.filter((node) => node.server === server);
  const peers = plan.servers.filter(({ name }) => name !== server);
  const own = plan.servers.find(({ name }) => name === server)?.address ?? '';
  const program = bundle.binaries.at(-1)?.path ?? '';
  return [
    ...[folders.roots.install, folders.bin, folders.install].map((path): Change => ({
      kind: 'folder',
      id: `folder:${path}`,
      path,
      ...ADMINISTRATORS,
      mode: 0o755,
      exists: false,
    })),
    ...nodes.map(({ dataFolder: path, unit }): Change => ({
      kind: 'folder',
      id: `folder:${path}`,
      path,
      owner: `NT SERVICE\\${unit}`,
      group: `NT SERVICE\\${unit}`,
      mode: 0o750,
      exists: false,
    })),
    ...bundle.binaries.map(({ path, mode, sha256, sizeBytes }): Change => ({
      kind: 'binary',
      id: `binary:${path}`,
      path,
      mode,
      sha256,
      sizeBytes,
    })),
    ...nodes.flatMap(({ id, configFile, dataPort, address, unit }): readonly Change[] => {
      const file = {
        kind: 'file',
        owner: 'Administrators',
        group: `NT SERVICE\\${unit}`,
        mode: 0o640,
        action: 'create',
        diff: null,
      } as const;
      return [
        {
          ...file,
          id: `file:${configFile}`,
          path: configFile,
          content: `port ${dataPort}\nbind ${address} 127.0.0.1\ncluster-enabled yes\nmaxclients 3000\ninclude auth.conf\n`,
          holdsSecret: false,
          purpose: message('change.purpose.nodeConf', { node: id }),
        },
        {
          ...file,
          id: `file:${configFile}.auth`,
          path: `${parentOf(configFile)}\\auth.conf`,
          content: '',
          holdsSecret: true,
          purpose: message('change.purpose.nodePassword', { node: id }),
        },
      ];
    }),
    ...peers.map(({ address }): Change => {
      const name = `triad:${plan.cluster}:peer:${address}:39d54b3b`;
      const rule = `source ${address}/32`;
      return {
        kind: 'firewall',
        id: `firewall:${rule}`,
        tool: 'windows',
        commands: [
          `netsh.exe advfirewall firewall delete rule name=${name}`,
          `netsh.exe advfirewall firewall add rule name=${name} dir=in action=allow protocol=TCP remoteip=${address}/32 localip=${own} localport=7000,7001,17000,17001 profile=any`,
        ],
        undo: [`netsh.exe advfirewall firewall delete rule name=${name}`],
        summary: message('change.firewall.allow', { rules: `TCP ${address}/32 → ${own} 7000, 7001, 17000, 17001` }),
      };
    }),
    ...nodes.map(({ unit, dataFolder }): Change => ({
      kind: 'service',
      id: `service:${unit}:enableAndStart`,
      unit,
      action: 'enableAndStart',
      definition: { path: `${dataFolder}\\service.ini`, program },
    })),
  ];
}

/** An installation on servers of these kinds; the changes of Linux servers are left out of a mixed one. */
export function windowsInstall(platforms: readonly Platform[] = ['windows', 'windows', 'windows']): RunRecord {
  const plan = planOn(platforms);
  const made = sampleInstall(plan);
  const isWindows = (server: string): boolean => plan.servers.some(({ name, platform }) => name === server && platform === 'windows');
  const plannedChanges = made.plannedChanges.map((planned) =>
    isWindows(planned.server) ? { server: planned.server, changes: [...windowsChanges(plan, planned.server)] } : planned,
  );
  return {
    ...made,
    facts: made.facts.map((facts) =>
      isWindows(facts.server)
        ? {
            ...facts,
            os: {
              id: 'windows',
              versionId: '10.0.20348',
              prettyName: 'Windows Server 2022 Standard',
              kernel: '10.0.20348.2000',
              architecture: 'x86_64',
            },
            privilege: 'administrator' as const,
            systemdVersion: null,
            firewall: { ...facts.firewall, kind: 'windows' as const },
          }
        : facts,
    ),
    plannedChanges,
    appliedChanges: plannedChanges.flatMap(({ server, changes }) =>
      changes.map((change) => ({
        server,
        phase: 'layOutServer' as const,
        change,
        outcome: { id: change.id, outcome: 'done' as const, evidence: '' },
      })),
    ),
    checks: [
      ...made.checks,
      {
        id: 'server.windows',
        subject: { kind: 'cluster' },
        verdict: 'warn',
        expected: message('check.server.windows.expected'),
        observed: message('check.server.windows.all'),
        evidence: '',
        remedy: message('check.server.windows.all.remedy'),
      },
    ],
  };
}

/** The plan of such an installation, as Review shows it. */
export function windowsPlan(platforms?: readonly Platform[]): RunRecord {
  const installed = windowsInstall(platforms);
  const { phases } = sampleMinimal('plan', installed.plan);
  return { ...installed, workflow: 'plan', appliedChanges: [], clusterCommands: [], phases, durationMs: 2900 };
}
