import { predictOutage } from '../shared/domain/failover.ts';
import { exclusionsOn, type ClusterPlan } from '../shared/domain/plan.ts';
import type { Report } from '../shared/domain/report.ts';
import { formatBytes, formatDuration, formatDurationRange } from '../shared/domain/reportFormat.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { text } from '../shared/figures/text.ts';

/** The programs of a plan: where there are servers of both kinds, those for each. */
function bundlesOf(plan: ClusterPlan): readonly ClusterPlan['bundle'][] {
  return [plan.bundle, ...(plan.windows === undefined ? [] : [plan.windows.bundle])];
}

/** Where the programs come from, in words. */
export function originOf(plan: ClusterPlan): string {
  return [
    ...new Set(
      bundlesOf(plan).map(({ origin, distribution }) => text(`report.origin.${distribution === 'memurai' ? distribution : origin}`)),
    ),
  ].join('; ');
}

/** The folders of a plan; where there are servers of both kinds, those on each. */
export function foldersOf({ folders, windows }: ClusterPlan): Report['folders'] {
  const both = (linux: string, other: string | undefined): string =>
    other === undefined ? linux : text('report.plan.folderOfBoth', { linux, windows: other });
  return {
    programs: both(folders.bin, windows?.folders.bin),
    install: both(folders.install, windows?.folders.install),
    data: both(folders.data, windows?.folders.data),
    logs: both(folders.logs, windows?.folders.logs),
  };
}

/** The settings that were chosen, each with what follows from it. */
export function settingsOf(plan: ClusterPlan): Report['settings'] {
  const { nodeTimeoutMs, maxMemoryBytes, persistence } = plan.settings;
  const { outageFromMs, outageToMs } = predictOutage(nodeTimeoutMs);
  const { manage, clients } = plan.firewall;
  return [
    {
      label: text('report.setting.engine'),
      value: `${plan.engine} ${plan.version}`,
      note: plan.adopted === true ? text('report.origin.adopted') : originOf(plan),
    },
    {
      label: text('report.setting.nodeTimeout'),
      value: formatDuration(nodeTimeoutMs),
      note: text('report.setting.nodeTimeout.note', { range: formatDurationRange(outageFromMs, outageToMs) }),
    },
    {
      label: text('report.setting.maxMemory'),
      value: formatBytes(maxMemoryBytes),
      note: text('report.setting.maxMemory.note', { both: formatBytes(maxMemoryBytes * 2) }),
    },
    {
      label: text('report.setting.persistence'),
      value: text(`report.setting.persistence.${persistence}`),
      note: text(`report.setting.persistence.${persistence}.note`),
    },
    {
      label: text('report.setting.firewall'),
      value: text(manage ? 'report.setting.firewall.managed' : 'report.setting.firewall.checked'),
      note:
        clients.length === 0
          ? text('report.setting.firewall.noClients')
          : text('report.setting.firewall.clients', { clients: clients.join(', ') }),
    },
    ...(plan.windowsService === undefined
      ? []
      : [
          {
            label: text('report.setting.windowsService'),
            value: text('report.setting.windowsService.own'),
            note: text('report.setting.windowsService.note'),
          },
        ]),
    ...(plan.defenderExclusions === undefined
      ? []
      : [
          {
            label: text('report.setting.defender'),
            value: text('report.setting.defender.add'),
            note: text('report.setting.defender.note', { folders: excludedFolders(plan).join(', ') }),
          },
        ]),
  ];
}

/** The folders that Microsoft Defender is to leave alone, each once. */
function excludedFolders(plan: ClusterPlan): readonly string[] {
  return [...new Set(plan.servers.flatMap(({ name }) => exclusionsOn(plan, name)))];
}

/** Everything that can be compared by its SHA-256: specification, source archive, programs. */
export function hashesOf({ plan, specSha256 }: RunRecord): Report['hashes'] {
  return [
    ...(specSha256 === null ? [] : [{ what: text('report.hash.spec'), sha256: specSha256, sizeBytes: null }]),
    ...(plan.adopted === true
      ? []
      : bundlesOf(plan).map(({ sourceArchive: name, sourceSha256: sha256 }) => ({
          what: text('report.hash.source', { name }),
          sha256,
          sizeBytes: null,
        }))),
    ...bundlesOf(plan)
      .flatMap(({ binaries }) => binaries)
      .map(({ name, path, sha256, sizeBytes }) => ({
        what: text('report.hash.binary', { name, path }),
        sha256,
        sizeBytes,
      })),
  ];
}
