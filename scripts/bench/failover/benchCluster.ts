import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { dialDirect } from '../../../electron/redis/dialDirect.ts';
import type { ConnectNode } from '../../../electron/redis/probeRoutes.ts';
import { connectRedisNode, type RedisNode } from '../../../electron/redis/redisNode.ts';
import { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { cliOutput } from '../../build/cliState.mjs';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { passwordVariable } from '../bench.ts';
import { BenchError } from '../benchError.ts';
import { lastWordsOf, runTimed, type TimedRun } from '../timedProgram.ts';
import { eventsIn } from './eventsIn.ts';
import type { PartOptions } from './part.ts';

/** What of a cluster a benchmark chooses; all else is as the practice servers' own specification says. */
export interface BenchClusterSettings {
  readonly name: string;
  readonly nodeTimeoutMs: number;
  /** The replica's is one above. */
  readonly masterPort?: number;
  readonly maxMemory?: string;
}

/** A cluster that Triad has installed on the practice servers. */
export interface BenchCluster {
  readonly plan: ClusterPlan;
  /** Dials a node directly, as a client does. */
  readonly connect: ConnectNode;
  /** Runs a command of the built command line on it, to its end whatever that is: its last line tells. `extra` is added to its environment. */
  triad(command: readonly string[], extra?: Readonly<Record<string, string>>): Promise<TimedRun>;
}

/** Installs a cluster by the built command line. */
export async function installCluster(
  set: PracticeSet,
  { folder, signal }: Pick<PartOptions, 'folder' | 'signal'>,
  settings: BenchClusterSettings,
): Promise<BenchCluster> {
  const place = join(folder, `${settings.name}-${randomBytes(4).toString('hex')}`);
  await mkdir(place);
  const specFile = join(place, 'spec.yaml');
  await writeFile(specFile, specOf(set, settings), { mode: 0o600 });
  const password = randomBytes(18).toString('hex');
  const env = { ...process.env, ...set.spec().environment, TRIAD_HOME: join(place, 'home'), [passwordVariable]: password };
  const triad: BenchCluster['triad'] = async (command, extra = {}) => {
    const args = [cliOutput.entry, ...command, '--spec', specFile, '--yes', '--json'];
    return runTimed(process.execPath, args, { env: { ...env, ...extra }, signal });
  };
  const installed = await triad(['install']);
  if (installed.code !== 0) throw new BenchError(`The installation failed:\n${lastWordsOf(installed)}`);
  const [plan] = eventsIn(installed.stdout, 'runStarted').map((event) => ClusterPlan.parse(event['plan']));
  if (plan === undefined) throw new BenchError('The installation told no plan.');
  const connect: ConnectNode = async ({ id, server, dataPort, address }, stop): Promise<RedisNode> =>
    connectRedisNode({ node: id, server, port: dataPort, password, open: dialDirect({ host: address, port: dataPort }), signal: stop });
  return { plan, connect, triad };
}

/** Connects to all nodes of a cluster, by their planned ids. Where one of them cannot be reached, the connections to the others are closed. */
export async function connectAll({ plan, connect }: BenchCluster, signal: AbortSignal): Promise<ReadonlyMap<string, RedisNode>> {
  const connected = await Promise.allSettled(plan.nodes.map(async (node) => [node.id, await connect(node, signal)] as const));
  const nodes = new Map(connected.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  for (const one of connected)
    if (one.status === 'rejected') {
      for (const node of nodes.values()) node.close();
      throw one.reason;
    }
  return nodes;
}

function specOf(set: PracticeSet, { name, nodeTimeoutMs, masterPort = 7000, maxMemory = '64mb' }: BenchClusterSettings): string {
  const document = parseDocument(set.spec().yaml);
  document.set('name', name);
  const redis = { nodeTimeoutMs, masterPort, replicaPort: masterPort + 1, maxMemory, passwordEnv: passwordVariable };
  for (const [setting, value] of Object.entries(redis)) document.setIn(['redis', setting], value);
  // Several clusters on one server would each want to own its firewall; there is none on these servers.
  document.setIn(['firewall', 'manage'], false);
  return document.toString();
}
