import type { Change } from '../shared/domain/change.ts';
import { healTrigger } from '../shared/domain/fault.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { depthOf, isBelow, nameOf, pathKey, samePath } from '../shared/domain/serverPath.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { ObserveRequest } from '../hosts/host.ts';
import { beforeFile, recordedBefore, type BeforeRecord } from './beforeRecord.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { compareFile, foundAt } from './compareFile.ts';
import { appendOnlyOf } from './dataFiles.ts';
import { planFirewallRemoval } from './firewall/planFirewallRemoval.ts';
import { withdrawFaultRules } from './firewall/withdrawFaultRules.ts';
import { foundKernelValue, isReadOnly, KERNEL_SETTINGS } from './kernelSettings.ts';
import { parseManifest, type InstallManifest } from './manifest.ts';
import { observeRequestFor } from './observeRequest.ts';
import { removeExclusions } from './windows/planExclusions.ts';

/** What `Host.apply` calls the file that it replaced. */
const KEPT_SUFFIX = '.triad-before';

/** How far a removal goes. */
export interface RemovalOptions {
  readonly deleteData: boolean;
}

/** Where the record is lost nothing that is shared can be known to be Triad's: folders, kernel settings and account are left alone. */
const NO_RECORD: BeforeRecord = { schemaVersion: 1, serviceUserExisted: true, kernel: {}, foldersMade: [], clusters: {} };

/** What to look at to plan a removal; one round trip. */
export function observeRemovalFor(blueprint: ServerBlueprint, plan: ClusterPlan): ObserveRequest {
  const request = observeRequestFor(blueprint, plan);
  const kept = [...blueprint.files.map(({ path }) => path), blueprint.beforePath].map((path) => `${path}${KEPT_SUFFIX}`);
  return { ...request, paths: [...request.paths, ...kept] };
}

/** What this cluster has on the server: its manifest's word, and the blueprint's for an install that broke off before it wrote one. */
function installedHere(blueprint: ServerBlueprint, facts: ServerFacts): readonly InstallManifest[] {
  const manifest = parseManifest(foundAt(facts, blueprint.manifestPath)?.content ?? '');
  const own = recordedBefore(blueprint, facts)?.clusters[blueprint.cluster];
  // Without a mark of Triad's nothing may be touched, whatever lies there.
  if (manifest === null && own?.isInstalled !== true) return [];
  return manifest === null ? [blueprint.manifest] : [manifest, blueprint.manifest];
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function planFiles(
  installed: readonly InstallManifest[],
  maintenancePath: string,
  filesFound: readonly string[],
  facts: ServerFacts,
): readonly Change[] {
  const foreign = new Set(filesFound.map(pathKey));
  const wanted = unique(installed.flatMap(({ files }) => files.map(({ path }) => path)));
  // The manifest goes last: a removal that breaks off can still be taken up from it.
  const ordered = [
    // A maintenance that nobody ended ends with the cluster.
    ...(facts.paths.some(({ path }) => samePath(path, maintenancePath)) ? [maintenancePath] : []),
    ...wanted.filter((path) => nameOf(path) !== 'manifest.json'),
    ...wanted.filter((path) => nameOf(path) === 'manifest.json'),
  ];
  return ordered
    .flatMap((path) => (foreign.has(pathKey(path)) ? [path] : [path, `${path}${KEPT_SUFFIX}`]))
    .filter((path) => {
      const found = facts.paths.find((candidate) => samePath(candidate.path, path));
      // What an older specification named was not looked at; removing it succeeds either way. Kept copies are only removed when seen.
      return found === undefined ? !path.endsWith(KEPT_SUFFIX) : found.kind === 'file';
    })
    .map((path): Change => ({ kind: 'removeFile', id: `removeFile:${path}`, path }));
}

function planKernel(before: BeforeRecord, facts: ServerFacts): readonly Change[] {
  return KERNEL_SETTINGS.flatMap(({ setting, path, value }): readonly Change[] => {
    const original = before.kernel[setting] ?? null;
    const now = foundKernelValue(facts, setting);
    // A value that somebody else has set since then is theirs.
    if (original === null || now !== value || original === now || isReadOnly(facts, path)) return [];
    return [{ kind: 'kernel', id: `kernel:${setting}`, setting, path, before: now, after: original }];
  });
}

/**
 * What a failover test that was ended by force has left on a Windows server: a service, which would try for a while to start those that are gone. On Linux it
 * is a timer that ends with its first ring.
 */
function undosLeft({ platform, cluster }: ServerBlueprint, facts: ServerFacts): readonly string[] {
  const undo = healTrigger(cluster, platform);
  return platform === 'windows' && facts.units.some(({ unit, load }) => unit === undo && load === 'loaded') ? [undo] : [];
}

function removeFolder(path: string, withContents: boolean): Change {
  return { kind: 'removeFolder', id: `removeFolder:${path}`, path, withContents };
}

/** What wrote the data that stays, for whoever installs over it: the configuration that tells it now goes. */
function dataKind(
  blueprint: ServerBlueprint,
  facts: ServerFacts,
  own: BeforeRecord['clusters'][string] | undefined,
): { readonly appendOnly?: boolean } {
  const told = blueprint.files.flatMap(({ path }) => appendOnlyOf(foundAt(facts, path)?.content ?? '') ?? []);
  const appendOnly = told[0] ?? own?.appendOnly;
  return appendOnly === undefined ? {} : { appendOnly };
}

/** Children before parents. */
function deepestFirst(paths: readonly string[]): readonly string[] {
  return [...paths].toSorted((a, b) => depthOf(b) - depthOf(a) || (a < b ? -1 : 1));
}

/** What becomes of the record: it goes with the last cluster, and stays, without this one, as long as others or their data do. */
function planRecord(
  blueprint: ServerBlueprint,
  facts: ServerFacts,
  before: BeforeRecord,
  remaining: BeforeRecord['clusters'],
): readonly Change[] {
  const path = blueprint.beforePath;
  if (Object.keys(remaining).length > 0) {
    const change = compareFile(beforeFile(path, { ...before, clusters: remaining }), facts);
    return change === null ? [] : [change];
  }
  return [path, `${path}${KEPT_SUFFIX}`]
    .filter((one) => foundAt(facts, one) !== null)
    .map((one): Change => ({ kind: 'removeFile', id: `removeFile:${one}`, path: one }));
}

/**
 * Everything that takes this cluster off a server again, and nothing else: units, files, rules, logs, programs that no other cluster here
 * uses, kernel settings back to what they were, the account when nothing of Triad stays. Data stays unless asked for; then also data
 * that an earlier removal left. Empty when there is nothing of this cluster.
 */
export function planRemoval(blueprint: ServerBlueprint, facts: ServerFacts, options: RemovalOptions): readonly Change[] {
  const { cluster, user, beforePath } = blueprint;
  const before = recordedBefore(blueprint, facts) ?? NO_RECORD;
  const { [cluster]: own, ...others } = before.clusters;
  const installed = installedHere(blueprint, facts);
  const isDataLeft = own?.isInstalled === false;
  if (installed.length === 0 && !(isDataLeft && options.deleteData)) return [];

  const folders = (installed.length > 0 ? installed : [blueprint.manifest]).map((manifest) => manifest.folders);
  // Whole folders go on the first word only: below the paths of a specification that was changed since may lie what Triad never put there.
  const installedAt = folders.slice(0, 1);
  const data = installedAt.flatMap((one) => one.data.slice(0, 1));
  const logs = installedAt.flatMap((one) => one.logs.slice(0, 1));
  const programs = unique([...(own?.programs ?? []), ...installedAt.flatMap((one) => one.programs.slice(1))]);
  const certain = new Set(installedAt.flatMap((one) => [...one.data, ...one.logs].map(pathKey)));
  const onlyPlanned = unique(folders.slice(1).flatMap((one) => [...one.data, ...one.logs])).filter((path) => !certain.has(pathKey(path)));
  const othersInstalled = Object.values(others).filter(({ isInstalled }) => isInstalled);
  const programsInUse = new Set(othersInstalled.flatMap((other) => other.programs.map(pathKey)));
  const isLast = othersInstalled.length === 0;

  const keepsData = !options.deleteData && data.some((path) => foundAt(facts, path) !== null);
  const remaining = keepsData
    ? { ...others, [cluster]: { isInstalled: false, filesFound: [], programs: [], ...dataKind(blueprint, facts, own) } }
    : others;
  // On a Windows server the configuration lies beside the data.
  const goesWithData = (path: string): boolean =>
    options.deleteData && data.some((folder) => samePath(path, folder) || isBelow(path, folder));
  const isNothingLeft = Object.keys(remaining).length === 0;

  return [
    ...unique([...undosLeft(blueprint, facts), ...installed.flatMap(({ services }) => services)]).map((unit): Change => ({
      kind: 'disableService',
      id: `disableService:${unit}`,
      unit,
    })),
    ...planFirewallRemoval(installed, facts),
    ...withdrawFaultRules(cluster, facts),
    ...removeExclusions(blueprint, facts, before),
    ...planFiles(installed, blueprint.maintenancePath, own?.filesFound ?? [], facts),
    ...(isLast ? planKernel(before, facts) : []),
    ...programs.filter((path) => !programsInUse.has(pathKey(path))).map((path) => removeFolder(path, true)),
    ...deepestFirst(unique(folders.flatMap((one) => one.configuration)))
      .filter((path) => !goesWithData(path))
      .map((path) => removeFolder(path, false)),
    ...logs.map((path) => removeFolder(path, true)),
    ...deepestFirst(onlyPlanned).map((path) => removeFolder(path, false)),
    ...(options.deleteData ? data.map((path) => removeFolder(path, true)) : []),
    ...planRecord(blueprint, facts, before, remaining),
    // From here on nothing but empty folders: what else lies there is somebody's.
    ...(isLast ? unique(folders.flatMap((one) => one.programs.slice(0, 1))) : []).map((path) => removeFolder(path, false)),
    ...deepestFirst(before.foldersMade)
      .filter((path) => isNothingLeft || !isBelow(beforePath, path))
      .map((path) => removeFolder(path, false)),
    ...(isNothingLeft && user !== '' && !before.serviceUserExisted && facts.serviceUser.exists
      ? [{ kind: 'removeUser', id: `removeUser:${user}`, user } as const]
      : []),
  ];
}
