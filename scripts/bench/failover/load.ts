import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { watchFailover } from '../../../electron/redis/failoverWatch.ts';
import { numberField, parseInfo } from '../../../electron/redis/parseInfo.ts';
import { createProbeWriter } from '../../../electron/redis/probeWriter.ts';
import type { RedisNode } from '../../../electron/redis/redisNode.ts';
import { alignColumns } from '../alignColumns.ts';
import { BenchError } from '../benchError.ts';
import { lastWordsOf } from '../timedProgram.ts';
import { connectAll, installCluster, type BenchCluster } from './benchCluster.ts';
import { benchFiles, writeResults } from './benchFiles.ts';
import { measureOnServers } from './failoverServers.ts';
import { describeWholeTests, loadCells, LoadResults, type LoadGroup, type LoadSample, type WholeTest } from './loadResults.ts';
import type { MeasurePart, PartOptions } from './part.ts';
import type { Undo } from './undo.ts';

/** What a failover test does by default. */
const writesPerSecond = 200;
/** What is compared: nothing, each on its own, and both together. */
const probes: readonly Omit<LoadGroup, 'samples'>[] = [
  { writesPerSecond: 0, pollMs: null },
  { writesPerSecond, pollMs: null },
  ...[50, 25, 20, 10].map((pollMs) => ({ writesPerSecond: 0, pollMs })),
  ...[50, 25, 20, 10].map((pollMs) => ({ writesPerSecond, pollMs })),
];
const nodeTimeoutMs = 5000;
const stretchMs = 3000;
/** From the start of a probe until it is measured: connections are open then, and code that runs often is compiled. */
const warmUpMs = 500;
const defaultRounds = 3;

/** The load of a failover test's own probes, on this machine and on the servers; a round has a stretch of each kind, another one first each time. */
export const measureLoad: MeasurePart = async (options) =>
  measureOnServers<LoadResults>(options, {
    measure: async (set) => {
      const cluster = await installCluster(set, options, { name: 'load', nodeTimeoutMs });
      const nodes = await connectAll(cluster, options.signal);
      try {
        const groups = await measureGroups(cluster, nodes, options);
        const wholeTests: WholeTest[] = [];
        for (const { name } of set.servers) wholeTests.push(await measureWholeTest(cluster, name));
        return { plan: cluster.plan, results: (on) => ({ schemaVersion: 1, on, groups, wholeTests }) };
      } finally {
        for (const node of nodes.values()) node.close();
      }
    },
    keep: (results) => writeResults(benchFiles.load, LoadResults, results),
    show: (results) => `${alignColumns(loadCells(results))}\n${describeWholeTests(results.wholeTests)}\n`,
  });

async function measureGroups(cluster: BenchCluster, nodes: Nodes, { signal, progress, ...options }: PartOptions): Promise<LoadGroup[]> {
  const rounds = options.rounds ?? defaultRounds;
  const groups = probes.map((probe): LoadGroup => ({ ...probe, samples: [] }));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % groups.length;
    for (const group of [...groups.slice(first), ...groups.slice(0, first)]) {
      signal.throwIfAborted();
      const end = await startProbe({ cluster, nodes }, group);
      try {
        group.samples.push(await measureStretch(nodes, signal));
      } finally {
        await end();
      }
    }
    progress(`Round ${round + 1} of ${rounds} is measured.`);
  }
  return groups;
}

type Nodes = ReadonlyMap<string, RedisNode>;

async function startProbe(
  { cluster, nodes }: { readonly cluster: BenchCluster; readonly nodes: Nodes },
  probe: Omit<LoadGroup, 'samples'>,
): Promise<Undo> {
  const { plan, connect } = cluster;
  const ends: Undo[] = [];
  if (probe.writesPerSecond > 0) {
    const prefix = `bench:load:${randomBytes(6).toString('hex')}:`;
    const writer = createProbeWriter({ plan, connect, prefix, ratePerSecond: probe.writesPerSecond });
    await writer.start();
    ends.push(async () => {
      await writer.stop();
      await writer.cleanUp();
      writer.close();
    });
  }
  if (probe.pollMs !== null) {
    const watch = await watchFailover({ plan, connect, nodes, pollMs: probe.pollMs, victims: [] });
    ends.push(() => watch.stop());
  }
  return async () => {
    for (const end of ends) await end();
  };
}

async function measureStretch(nodes: Nodes, signal: AbortSignal): Promise<LoadSample> {
  await pause(warmUpMs, undefined, { signal });
  const before = await usageOf(nodes);
  const [cpuBefore, startedAt] = [process.cpuUsage(), performance.now()];
  await pause(stretchMs, undefined, { signal });
  const cpu = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await usageOf(nodes);
  return {
    clientCpu: (cpu.user + cpu.system) / 1e6 / seconds,
    redisCpu: (after.cpuSeconds - before.cpuSeconds) / seconds,
    commandsPerSecond: (after.commands - before.commands) / seconds,
  };
}

/** What all nodes have used and done since their start. */
async function usageOf(nodes: Nodes): Promise<{ readonly cpuSeconds: number; readonly commands: number }> {
  const used = await Promise.all(
    [...nodes.values()].map(async (node) => {
      const [cpu, stats] = await Promise.all(
        ['cpu', 'stats'].map(async (section) => parseInfo(String(await node.call(['INFO', section])))),
      );
      if (cpu === undefined || stats === undefined) throw new BenchError(`${node.node} tells nothing of its load.`);
      return {
        cpuSeconds: numberField(cpu, 'used_cpu_user', 0) + numberField(cpu, 'used_cpu_sys', 0),
        commands: numberField(stats, 'total_commands_processed', 0),
      };
    }),
  );
  return {
    cpuSeconds: used.reduce((sum, one) => sum + one.cpuSeconds, 0),
    commands: used.reduce((sum, one) => sum + one.commands, 0),
  };
}

const ResourceUsage = z.object({ userCPUTime: z.number(), systemCPUTime: z.number(), maxRSS: z.number() });
const usageMark = 'resource usage: ';
/** Node tells at its end what it has used: nobody else can know the peak of a process that is gone. */
const tellUsage = `process.on('exit', () => process.stderr.write('${usageMark}' + JSON.stringify(process.resourceUsage()) + '\\n'))`;

async function measureWholeTest(cluster: BenchCluster, server: string): Promise<WholeTest> {
  const hook = `--import=data:text/javascript;base64,${Buffer.from(tellUsage).toString('base64')}`;
  const run = await cluster.triad(['failover-test', '--server', server, '--scenario', 'processKilled'], { NODE_OPTIONS: hook });
  const told = run.stderr.split(usageMark)[1]?.split('\n')[0];
  if (run.code !== 0 || told === undefined) throw new BenchError(`The failover test of ${server} failed:\n${lastWordsOf(run)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = ResourceUsage.parse(JSON.parse(told));
  return { wallSeconds: run.wallMs / 1000, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 };
}
