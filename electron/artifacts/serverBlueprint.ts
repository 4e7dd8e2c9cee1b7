import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { nodesOnServer, platformOf, SERVICE_USER } from '../shared/domain/plan.ts';
import type { Message } from '../shared/domain/message.ts';
import { markPathOf } from '../shared/domain/maintenanceMark.ts';
import { message } from '../shared/messages/message.ts';
import { renderAuthConf } from './authConf.ts';
import {
  ofNothing,
  type BlueprintBinary,
  type BlueprintFile,
  type BlueprintFolder,
  type BlueprintMaterial,
  type BlueprintService,
  type ServerBlueprint,
} from './blueprint.ts';
import { firewallRulesFor, firewallTagOf } from './firewall/firewallRules.ts';
import { KERNEL_SETTINGS, renderSysctlConf, renderTmpfilesConf } from './kernelSettings.ts';
import { renderRotateScript, renderRotateTimer, renderRotateUnit, ROTATE_ABOVE_BYTES, ROTATED_FILES_KEPT } from './logRotation.ts';
import { renderManifest } from './manifest.ts';
import { manifestFor } from './manifestFor.ts';
import { renderReadme } from './readme.ts';
import { renderNodeConf } from './redisConf.ts';
import { serverPathsOf, unitPathOf } from './serverPaths.ts';
import { renderNodeUnit } from './systemdUnit.ts';
import { windowsBlueprintFor } from './windows/windowsBlueprint.ts';

const ROOT = { owner: 'root', group: 'root' } as const;
const READABLE_BY_SERVICE = { owner: 'root', group: SERVICE_USER } as const;
const OWNED_BY_SERVICE = { owner: SERVICE_USER, group: SERVICE_USER } as const;

/** A folder with all its parents below `/`; those may be the system's or another program's and are only made where they are missing. */
function withParents(path: string): readonly BlueprintFolder[] {
  const parts = path.split('/').slice(1);
  return parts.map((_, index) => ({ path: `/${parts.slice(0, index + 1).join('/')}`, ...ROOT, mode: 0o755, keepsFound: true }));
}

function foldersOf(plan: ClusterPlan, nodes: readonly NodeSpec[]): readonly BlueprintFolder[] {
  const { roots, bin, install, data, logs } = plan.folders;
  const folders: readonly BlueprintFolder[] = [
    ...[roots.install, roots.data, roots.logs].flatMap(withParents),
    { path: `${roots.install}/bin`, ...ROOT, mode: 0o755 },
    { path: bin, ...ROOT, mode: 0o755 },
    { path: install, ...READABLE_BY_SERVICE, mode: 0o750 },
    { path: data, ...OWNED_BY_SERVICE, mode: 0o750 },
    ...nodes.map(({ dataFolder }) => ({ path: dataFolder, ...OWNED_BY_SERVICE, mode: 0o750 })),
    { path: logs, ...OWNED_BY_SERVICE, mode: 0o750 },
  ];
  return [...new Map(folders.map((folder) => [folder.path, folder])).values()];
}

function filesOf(plan: ClusterPlan, server: string, nodes: readonly NodeSpec[], material: BlueprintMaterial): readonly BlueprintFile[] {
  const paths = serverPathsOf(plan);
  const forRoot = (path: string, content: string, purpose: Message): BlueprintFile => ({
    path,
    ...ROOT,
    mode: 0o644,
    content,
    holdsSecret: false,
    purpose,
  });
  const forService = (path: string, content: string, purpose: Message, holdsSecret = false): BlueprintFile => ({
    path,
    ...READABLE_BY_SERVICE,
    mode: 0o640,
    content,
    holdsSecret,
    purpose,
  });
  return [
    forService(paths.auth, renderAuthConf(material.password), message('change.purpose.authConf'), true),
    ...nodes.map((node) => forService(node.configFile, renderNodeConf(node, plan), message('change.purpose.nodeConf', { node: node.id }))),
    ...nodes.map((node) =>
      forRoot(unitPathOf(node.unit), renderNodeUnit(node, plan), message('change.purpose.nodeUnit', { node: node.id })),
    ),
    forService(
      paths.rotateScript,
      renderRotateScript(plan),
      message('change.purpose.rotateScript', { megabytes: ROTATE_ABOVE_BYTES / 1024 ** 2, kept: ROTATED_FILES_KEPT }),
    ),
    forRoot(unitPathOf(paths.rotateUnit), renderRotateUnit(plan), message('change.purpose.rotateUnit')),
    forRoot(unitPathOf(paths.rotateTimer), renderRotateTimer(plan), message('change.purpose.rotateTimer')),
    forRoot(paths.sysctl, renderSysctlConf(plan.cluster), message('change.purpose.sysctl')),
    forRoot(paths.tmpfiles, renderTmpfilesConf(plan.cluster), message('change.purpose.tmpfiles')),
    forService(paths.readme, renderReadme(plan, server, material.triadVersion), message('change.purpose.readme')),
  ];
}

function servicesOf(plan: ClusterPlan, nodes: readonly NodeSpec[]): readonly BlueprintService[] {
  const paths = serverPathsOf(plan);
  return [
    ...nodes.map((node): BlueprintService => ({
      unit: node.unit,
      definition: unitPathOf(node.unit),
      role: 'node',
      dependsOn: [paths.serverProgram, node.configFile, paths.auth, unitPathOf(node.unit)],
    })),
    {
      unit: paths.rotateTimer,
      definition: unitPathOf(paths.rotateTimer),
      role: 'helper',
      dependsOn: [unitPathOf(paths.rotateTimer), unitPathOf(paths.rotateUnit)],
    },
  ];
}

/** Everything that one server of a plan must have. Pure; a program missing from `bundleFiles` gets no bytes and cannot be uploaded. */
export function blueprintFor(plan: ClusterPlan, server: string, material: BlueprintMaterial): ServerBlueprint {
  if (platformOf(plan, server) === 'windows') return windowsBlueprintFor(plan, server, material);
  const nodes = nodesOnServer(plan, server);
  const paths = serverPathsOf(plan);
  const binaries = plan.bundle.binaries.map(({ name, path, mode, sha256, sizeBytes }): BlueprintBinary => ({
    path,
    mode,
    sha256,
    sizeBytes,
    gzip: material.bundleFiles.get(name) ?? new Uint8Array(),
  }));
  const withoutManifest: Omit<ServerBlueprint, 'manifest'> = {
    server,
    cluster: plan.cluster,
    platform: 'linux',
    user: SERVICE_USER,
    folders: foldersOf(plan, nodes),
    binaries,
    files: filesOf(plan, server, nodes, material),
    kernel: KERNEL_SETTINGS,
    services: servicesOf(plan, nodes),
    passiveUnits: [paths.rotateUnit],
    firewall: plan.firewall.manage ? firewallRulesFor(plan, server) : [],
    firewallTag: firewallTagOf(plan.cluster),
    firewallKeeper: { unit: paths.firewallUnit, unitPath: unitPathOf(paths.firewallUnit), scriptPath: paths.firewallScript },
    exclusions: [],
    beforePath: paths.before,
    manifestPath: paths.manifest,
    maintenancePath: markPathOf(plan, server),
  };
  const manifest = manifestFor(plan, withoutManifest, material.triadVersion);
  const manifestFile: BlueprintFile = {
    path: paths.manifest,
    ...READABLE_BY_SERVICE,
    mode: 0o640,
    content: renderManifest(manifest),
    holdsSecret: false,
    purpose: message('change.purpose.manifest'),
  };
  const blueprint = { ...withoutManifest, manifest, files: [...withoutManifest.files, manifestFile] };
  return plan.adopted === true ? ofNothing(blueprint) : blueprint;
}
