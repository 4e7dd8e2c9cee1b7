import { distributionOn, placesOn, type ClusterPlan, type NodeSpec, type PlannedBinary } from '../../shared/domain/plan.ts';
import { restartDelaySeconds, type RestartSettings } from '../../shared/domain/restartDelay.ts';
import { nameOf } from '../../shared/domain/serverPath.ts';
import { ROTATE_ABOVE_BYTES, ROTATED_FILES_KEPT } from '../logRotation.ts';
import { accountOf } from './windowsAccess.ts';
import { windowsNodeFiles } from './nodeFiles.ts';

/** How long a node may take to stop, milliseconds: its replica catches up, and what is to be kept is written. A server that shuts down waits as long. */
const STOP_MS = 120_000;

/** What the service waits before the first to the fifth start of a Redis that ended by itself, within ten minutes, when its ini does not say it. */
const RESTART_PAUSES_MS = [1000, 5000, 15_000, 60_000, 60_000];

/** A node without its data on disk must stay away until its replica has taken over: that would copy an empty master. */
function restartPauses(settings: RestartSettings): { readonly restartPausesMs?: string } {
  const leastMs = restartDelaySeconds(settings) * 1000;
  if (settings.persistence !== 'none') return {};
  return { restartPausesMs: RESTART_PAUSES_MS.map((pauseMs) => Math.max(pauseMs, leastMs)).join(',') };
}

function findServerProgram(plan: ClusterPlan, server: string): PlannedBinary | undefined {
  const { programs } = distributionOn(plan, server);
  return placesOn(plan, server).bundle.binaries.find(({ name }) => name === programs.server);
}

/** The server program of a plan on a Windows server; throws where the bundle has none, which no archive that was accepted lacks. */
function serverProgramOn(plan: ClusterPlan, server: string): PlannedBinary {
  const found = findServerProgram(plan, server);
  if (found === undefined) throw new Error(`the bundle for ${server} has no ${distributionOn(plan, server).programs.server}`);
  return found;
}

/** How Triad's own program for Windows servers is called among the programs of a bundle; a part of its hash may stand in the name. */
const SERVICE_PROGRAM = /^triad-service(?:-[0-9a-f]+)?\.exe$/u;

/** The path of the program that runs as the service of a node; null where the bundle has none, as in a preview. */
export function serviceProgramPathOn(plan: ClusterPlan, server: string): string | null {
  return placesOn(plan, server).bundle.binaries.find(({ name }) => SERVICE_PROGRAM.test(name))?.path ?? null;
}

/** The path of the server program on a Windows server; null where the bundle has none, as in a preview. */
export function serverProgramPathOn(plan: ClusterPlan, server: string): string | null {
  return findServerProgram(plan, server)?.path ?? null;
}

/**
 * What the service of a node is, for `triad-service.exe` (its README has the contract). It starts the very program that was installed, and no other: a
 * program with another hash is refused. Relative names are in the folder of the node, so that Redis reads no path with a drive in it.
 */
export function renderServiceIni(node: NodeSpec, plan: ClusterPlan): string {
  const program = serverProgramOn(plan, node.server);
  const files = windowsNodeFiles(node);
  const settings: Readonly<Record<string, string | number>> = {
    name: node.unit,
    display: `Redis node ${node.dataPort} of the cluster ${plan.cluster} (Triad)`,
    description: `Node ${node.id} of the Redis Cluster ${plan.cluster}, managed by Triad from an administrator's machine.`,
    account: accountOf(node.unit),
    // After the network is up: a node that is started before its address is there ends at once.
    start: 'delayed',
    dependsOn: 'Tcpip',
    program: program.path,
    programSha256: program.sha256,
    arguments: nameOf(node.configFile),
    folder: node.dataFolder,
    address: '127.0.0.1',
    port: node.dataPort,
    passwordFile: files.servicePassword,
    logFile: nameOf(node.logFile),
    logMaxBytes: ROTATE_ABOVE_BYTES,
    logKeep: ROTATED_FILES_KEPT,
    stopMs: STOP_MS,
    ...restartPauses(plan.settings),
  };
  return [
    '; Written by Triad: edits are replaced at its next install.',
    '[service]',
    ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
    '',
  ].join('\n');
}
