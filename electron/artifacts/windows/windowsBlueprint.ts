import { distributionOn, exclusionsOn, nodesOnServer, placesOn, type ClusterPlan, type NodeSpec } from '../../shared/domain/plan.ts';
import { markPathOf } from '../../shared/domain/maintenanceMark.ts';
import type { Message } from '../../shared/domain/message.ts';
import { childOf, parentOf } from '../../shared/domain/serverPath.ts';
import { message } from '../../shared/messages/message.ts';
import { renderAuthConf } from '../authConf.ts';
import {
  ofNothing,
  type BlueprintBinary,
  type BlueprintFile,
  type BlueprintFolder,
  type BlueprintMaterial,
  type BlueprintService,
  type ServerBlueprint,
} from '../blueprint.ts';
import { firewallRulesFor, firewallTagOf } from '../firewall/firewallRules.ts';
import { renderManifest } from '../manifest.ts';
import { manifestFor } from '../manifestFor.ts';
import { renderNodeConf } from '../redisConf.ts';
import { windowsNodeFiles, windowsSettingsFolder } from './nodeFiles.ts';
import { renderServiceIni, serverProgramPathOn, serviceProgramPathOn } from './serviceIni.ts';
import { ownServiceOf } from './ownService.ts';
import { ACCESS, type Access } from './windowsAccess.ts';
import { renderWindowsReadme } from './windowsReadme.ts';

/** The parents of a folder below the drive; they may be another program's and are only made where they are missing. */
function parentsOf(path: string): readonly BlueprintFolder[] {
  const parent = parentOf(path);
  return parentOf(parent) === parent ? [] : [...parentsOf(parent), { path: parent, ...ACCESS.readable.folder, keepsFound: true }];
}

/** A folder that all clusters of a server share: it goes only if Triad made it, and nobody but administrators may write there, whoever made it. */
function shared(path: string): BlueprintFolder {
  return { path, ...ACCESS.readable.folder, keepsFound: true, isClosed: true };
}

/**
 * The folders of a cluster. The parents of a node's folder can be read by everybody: what Redis is built on looks at every folder on the way to its own.
 * A node's folder belongs to the account of its service alone. What tells Windows what the service is lies beside it, where the service only reads: whoever could
 * write that could have any program run, under any name.
 */
function foldersOf(plan: ClusterPlan, server: string, nodes: readonly NodeSpec[]): readonly BlueprintFolder[] {
  const { roots, bin, install } = placesOn(plan, server).folders;
  return [
    ...parentsOf(roots.install),
    shared(roots.install),
    { path: childOf(roots.install, 'bin'), ...ACCESS.readable.folder },
    { path: bin, ...ACCESS.readable.folder },
    shared(parentOf(install)),
    { path: install, ...ACCESS.readable.folder },
    { path: windowsSettingsFolder(install), ...ACCESS.readable.folder },
    ...nodes.flatMap((node) => [
      { path: windowsNodeFiles(node).folder, ...ACCESS.forService(node.unit), mode: 0o750 },
      { path: node.dataFolder, ...ACCESS.ofService(node.unit) },
    ]),
  ];
}

function fileOf(path: string, access: Access, content: string, purpose: Message, holdsSecret = false): BlueprintFile {
  return { path, ...access, content, holdsSecret, purpose };
}

function filesOfNode(node: NodeSpec, plan: ClusterPlan, { password }: BlueprintMaterial): readonly BlueprintFile[] {
  const access = ACCESS.forService(node.unit);
  const files = windowsNodeFiles(node);
  const values = { node: node.id };
  const isOwn = plan.windowsService === 'own';
  const servicePassword = message('change.purpose.servicePassword', values);
  return [
    fileOf(files.auth, access, renderAuthConf(password), message('change.purpose.nodePassword', values), true),
    ...(isOwn ? [] : [fileOf(files.servicePassword, access, `${password}\n`, servicePassword, true)]),
    fileOf(node.configFile, access, renderNodeConf(node, plan), message('change.purpose.nodeConf', values)),
    ...(isOwn || serverProgramPathOn(plan, node.server) === null
      ? []
      : [fileOf(files.serviceIni, access, renderServiceIni(node, plan), message('change.purpose.nodeService', values))]),
  ];
}

/** What a node has only where Triad's program runs it. One that was such a node before has them still, and the program that runs until its next start reads them. */
function wrapperFilesOf(node: NodeSpec): readonly string[] {
  const { servicePassword, serviceIni } = windowsNodeFiles(node);
  return [servicePassword, serviceIni];
}

/** A node that Windows starts by itself: its configuration is all that there is of it. */
function ownNodeService(node: NodeSpec, plan: ClusterPlan): BlueprintService {
  const own = ownServiceOf(node, plan);
  const { auth } = windowsNodeFiles(node);
  return {
    unit: node.unit,
    definition: node.configFile,
    program: own?.program ?? null,
    ...(own === null ? {} : { registration: own.registration }),
    role: 'node',
    dependsOn: [...(own === null ? [] : [own.program]), node.configFile, auth],
  };
}

function serviceOf(node: NodeSpec, plan: ClusterPlan): BlueprintService {
  if (plan.windowsService === 'own') return ownNodeService(node, plan);
  const { auth, servicePassword, serviceIni } = windowsNodeFiles(node);
  const program = serverProgramPathOn(plan, node.server);
  return {
    unit: node.unit,
    definition: serviceIni,
    program: serviceProgramPathOn(plan, node.server),
    role: 'node',
    dependsOn: [...(program === null ? [] : [program]), node.configFile, auth, servicePassword, serviceIni],
  };
}

/**
 * Everything that one Windows server of a plan must have. No kernel settings, no account and no log rotation of its own: Windows has none of the first, makes
 * an account with each service, and the program that runs as the service looks after the logs.
 */
export function windowsBlueprintFor(plan: ClusterPlan, server: string, material: BlueprintMaterial): ServerBlueprint {
  const nodes = nodesOnServer(plan, server);
  const { bundle, folders } = placesOn(plan, server);
  const { programs, runtime } = distributionOn(plan, server);
  const manifestPath = childOf(folders.install, 'manifest.json');
  const readme = fileOf(
    childOf(folders.install, 'README.txt'),
    ACCESS.readable.file,
    renderWindowsReadme(plan, server, manifestPath, material.triadVersion),
    message('change.purpose.readme'),
  );
  const withoutManifest: Omit<ServerBlueprint, 'manifest'> = {
    server,
    cluster: plan.cluster,
    platform: 'windows',
    user: '',
    folders: foldersOf(plan, server, nodes),
    binaries: bundle.binaries.map(({ name, path, sha256, sizeBytes }): BlueprintBinary => ({
      path,
      // Archives for Windows know nothing of modes.
      mode: 0o755,
      sha256,
      sizeBytes,
      gzip: material.bundleFiles.get(name) ?? new Uint8Array(),
      ...(name === programs.server ? { trial: { version: runtime === 'msys2' ? plan.version : null } } : {}),
    })),
    files: [...nodes.flatMap((node) => filesOfNode(node, plan, material)), readme],
    kernel: [],
    services: nodes.map((node) => serviceOf(node, plan)),
    passiveUnits: [],
    firewall: plan.firewall.manage ? firewallRulesFor(plan, server) : [],
    firewallTag: firewallTagOf(plan.cluster),
    firewallKeeper: null,
    exclusions: exclusionsOn(plan, server),
    ...(plan.windowsService === 'own' ? { formerFiles: nodes.flatMap(wrapperFilesOf) } : {}),
    beforePath: childOf(folders.roots.data, 'before.json'),
    manifestPath,
    maintenancePath: markPathOf(plan, server),
  };
  const manifest = manifestFor(plan, withoutManifest, material.triadVersion);
  const manifestFile = fileOf(manifestPath, ACCESS.readable.file, renderManifest(manifest), message('change.purpose.manifest'));
  const blueprint = { ...withoutManifest, manifest, files: [...withoutManifest.files, manifestFile] };
  return plan.adopted === true ? ofNothing(blueprint) : blueprint;
}
