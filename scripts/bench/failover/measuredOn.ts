import { cpus, loadavg, release, totalmem } from 'node:os';
import { z } from 'zod';
import { runCommand } from '../../practice/runCommand.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';

/** Figures without what they were measured on say little: the machine, how busy it was, and how its processes were scheduled. */
export const MeasuredOn = z.object({
  /** When the measurement began. */
  startedAt: z.iso.datetime(),
  durationSeconds: z.number(),
  redis: z.string(),
  node: z.string(),
  kernel: z.string(),
  cpus: z.number(),
  cpu: z.string(),
  memoryBytes: z.number(),
  /** Load average of one minute before the first and after the last measurement: 1 is one processor's full work. It includes the benchmark's own. */
  loadBefore: z.number(),
  loadAfter: z.number(),
  /** How the kernel scheduled the benchmark (from first to last, where somebody changed it) and at the end the Redis processes: `SCHED_OTHER`, or in real time. */
  scheduling: z.object({ benchmark: z.string(), redis: z.string() }),
});
export type MeasuredOn = z.infer<typeof MeasuredOn>;

const minuteLoad = (): number => Number((loadavg()[0] ?? 0).toFixed(2));

/** What `chrt` tells of a process, in a word; "unknown" where it tells nothing. */
export function schedulingIn(chrtOutput: string): string {
  const policy = /policy:\s*(\S+)/u.exec(chrtOutput)?.[1];
  const priority = /priority:\s*(\d+)/u.exec(chrtOutput)?.[1];
  if (policy === undefined) return 'unknown';
  return priority === undefined || priority === '0' ? policy : `${policy} ${priority}`;
}

async function ownScheduling(): Promise<string> {
  return schedulingIn((await runCommand('chrt', ['-p', String(process.pid)])).stdout);
}

/** Begins to note what is measured on; the function that it returns ends it, while the set still has a Redis that runs. */
export function noteMachine(): (set: PracticeSet, plan: Pick<ClusterPlan, 'engine' | 'version'>) => Promise<MeasuredOn> {
  const [cpu] = cpus();
  const startedAt = new Date();
  const loadBefore = minuteLoad();
  const atFirst = ownScheduling();
  return async (set, { engine, version }) => {
    const [before, after] = [await atFirst, await ownScheduling()];
    const redis = await set.run(1, 'chrt -p "$(pgrep -ox redis-server)"');
    return {
      startedAt: startedAt.toISOString(),
      durationSeconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
      redis: `${engine} ${version}`,
      node: process.version,
      kernel: release(),
      cpus: cpus().length,
      cpu: cpu?.model ?? 'unknown',
      memoryBytes: totalmem(),
      loadBefore,
      loadAfter: minuteLoad(),
      scheduling: { benchmark: before === after ? after : `${before}, later ${after}`, redis: schedulingIn(redis.stdout) },
    };
  };
}

/** The same for a reader, one line. */
export function describeMachine(on: MeasuredOn): string {
  const { startedAt, redis, scheduling } = on;
  const minutes = (on.durationSeconds / 60).toFixed(1);
  return `${startedAt.slice(0, 10)}, ${redis}, ${on.cpus} processors, load ${on.loadBefore.toFixed(1)} before and ${on.loadAfter.toFixed(1)} after it, scheduling: benchmark ${scheduling.benchmark}, Redis ${scheduling.redis}; took ${minutes} minutes.`;
}
