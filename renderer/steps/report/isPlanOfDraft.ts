import type { DraftReading } from '../../../electron/shared/domain/draft.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { withPlatformsOfPlan } from '../../../electron/shared/domain/platformsOfPlan.ts';
import { previewPlan } from '../../../electron/shared/domain/previewPlan.ts';

/**
 * What a run would touch: which machines, and on them which services, ports and folders. Left out: the programs' folder, whose name comes from a
 * bundle that a preview does not have, and the user who logs in, since the machine is the same.
 */
function touchedBy({ cluster, servers, nodes, folders }: ClusterPlan): string {
  return JSON.stringify([
    cluster,
    servers.map(({ name, address, ssh }) => [name, address, ssh.host, ssh.port]),
    nodes.map((node) => [node.id, node.address, node.dataPort, node.busPort, node.unit, node.configFile, node.dataFolder, node.logFile]),
    [folders.roots.install, folders.roots.data, folders.roots.logs, folders.install, folders.data, folders.logs],
  ]);
}

/**
 * Whether a run on the draft as it stands now would touch what a plan of the past names: the same servers, ports and folders. Where the draft leaves open what a
 * server runs on, the run has found it out.
 */
export function isPlanOfDraft(plan: ClusterPlan, reading: DraftReading): boolean {
  return reading.ok && touchedBy(previewPlan(withPlatformsOfPlan(reading.spec, plan))) === touchedBy(plan);
}
