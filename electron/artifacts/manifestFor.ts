import { placesOn, type ClusterPlan } from '../shared/domain/plan.ts';
import { childOf, isBelow, samePath } from '../shared/domain/serverPath.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { sha256Of, type InstallManifest } from './manifest.ts';

/** SHA-256 of a plan. Without the ways in: another administrator logs in as another user and installs the same. */
function planHash(plan: ClusterPlan): string {
  return sha256Of(JSON.stringify({ ...plan, servers: plan.servers.map(({ name, address }) => ({ name, address })) }));
}

/** The manifest for everything in a blueprint that has none yet; the manifest itself is listed without a hash. */
export function manifestFor(plan: ClusterPlan, blueprint: Omit<ServerBlueprint, 'manifest'>, triadVersion: string): InstallManifest {
  const { roots, bin, install, data, logs } = placesOn(plan, blueprint.server).folders;
  const below = (folder: string): string[] =>
    blueprint.folders.map(({ path }) => path).filter((path) => samePath(path, folder) || isBelow(path, folder));
  return {
    schemaVersion: 1,
    installedBy: 'Triad',
    triadVersion,
    cluster: plan.cluster,
    server: blueprint.server,
    planSha256: planHash(plan),
    serviceUser: blueprint.user,
    folders: {
      roots: [...new Set([roots.install, roots.data, roots.logs])],
      programs: [childOf(roots.install, 'bin'), bin],
      configuration: below(install),
      data: below(data),
      // Where logs lie beside data they stay and go with it.
      logs: logs === data ? [] : below(logs),
    },
    binaries: blueprint.binaries.map(({ path, sha256 }) => ({ path, sha256 })),
    files: [
      ...blueprint.files
        .filter(({ path }) => path !== blueprint.manifestPath)
        .map(({ path, holdsSecret, content }) => ({ path, sha256: holdsSecret ? null : sha256Of(content) })),
      ...(blueprint.formerFiles ?? []).map((path) => ({ path, sha256: null })),
      { path: blueprint.manifestPath, sha256: null },
    ],
    services: blueprint.services.map(({ unit }) => unit),
    passiveUnits: [...blueprint.passiveUnits],
    kernel: blueprint.kernel.map(({ setting, path, value }) => ({ setting, path, value })),
    firewall: {
      tag: blueprint.firewallTag,
      rules: blueprint.firewall.map(({ id, source, destination, ports }) => ({ id, source, destination, ports: [...ports] })),
      ...(blueprint.firewallKeeper === null ? {} : { keeper: blueprint.firewallKeeper }),
    },
    ...(blueprint.exclusions.length === 0 ? {} : { exclusions: [...blueprint.exclusions] }),
    beforePath: blueprint.beforePath,
  };
}
