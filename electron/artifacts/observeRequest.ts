import { healTrigger } from '../shared/domain/fault.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterPorts, foldersWrittenOn, nodesOnServer, placesOn } from '../shared/domain/plan.ts';
import type { ObserveRequest } from '../hosts/host.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { dataFilesOf, nodesConfOf } from './dataFiles.ts';

/** What to look at on a server to plan its changes or their removal; one round trip. `logsSince`: since when trouble in its logs counts. */
export function observeRequestFor(blueprint: ServerBlueprint, plan: ClusterPlan, logsSince?: string): ObserveRequest {
  const { firewallKeeper: keeper, files, folders, binaries, kernel } = blueprint;
  const shown = [
    ...files.filter(({ holdsSecret }) => !holdsSecret).map(({ path }) => path),
    ...(keeper === null ? [] : [keeper.scriptPath, keeper.unitPath]),
    blueprint.beforePath,
    blueprint.maintenancePath,
    ...nodesOnServer(plan, blueprint.server).map(nodesConfOf),
  ];
  const ownFolders = folders.filter(({ keepsFound }) => keepsFound !== true);
  const nodes = nodesOnServer(plan, blueprint.server);
  const named = nodes.flatMap(({ unit }) => (unit === '' ? [] : [unit]));
  const units = new Set([...blueprint.services.map(({ unit }) => unit), ...named]);
  const data = nodes.flatMap((node) => Object.values(dataFilesOf(node)));
  return {
    paths: [
      ...new Set([...[...folders, ...binaries, ...files].map(({ path }) => path), ...shown, ...data, ...(blueprint.formerFiles ?? [])]),
    ],
    contentOf: shown,
    units: [...units, ...blueprint.passiveUnits, ...(keeper === null ? [] : [keeper.unit]), healTrigger(plan.cluster, blueprint.platform)],
    ports: clusterPorts(plan),
    // The kernel's files too: where their file system is mounted read-only, a setting cannot be changed.
    disks: [
      ...new Set([
        ...Object.values(placesOn(plan, blueprint.server).folders.roots),
        ...ownFolders.map(({ path }) => path),
        ...kernel.map(({ path }) => path),
      ]),
    ],
    serviceUser: blueprint.user,
    serviceFolders: foldersWrittenOn(plan, blueprint.server),
    logs: nodes.flatMap(({ logFile }) => (logFile === '' ? [] : [logFile])),
    ...(logsSince === undefined ? {} : { logsSince }),
    firewallTag: blueprint.firewallTag,
  };
}
