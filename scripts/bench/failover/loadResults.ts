import { z } from 'zod';
import { formatBytes } from '../../../electron/shared/domain/reportFormat.ts';
import { summarize } from '../summary.ts';
import { MeasuredOn } from './measuredOn.ts';

/** One stretch of time in which something was done to the cluster, or nothing. */
export const LoadSample = z.object({
  /** Processor time per second: 1 is one processor's full work. */
  clientCpu: z.number(),
  /** The same of all six Redis processes together, as they say themselves. */
  redisCpu: z.number(),
  commandsPerSecond: z.number(),
});
export type LoadSample = z.infer<typeof LoadSample>;

const LoadGroup = z.object({
  /** Writes per second and shard; 0 without writers. */
  writesPerSecond: z.number(),
  /** From one look at a node to the next; null where nobody looks. */
  pollMs: z.number().nullable(),
  samples: z.array(LoadSample),
});
export type LoadGroup = z.infer<typeof LoadGroup>;

/** What one whole failover test took on the administrator's machine, from the start of the command to its end. */
export const WholeTest = z.object({ wallSeconds: z.number(), cpuSeconds: z.number(), peakBytes: z.number() });
export type WholeTest = z.infer<typeof WholeTest>;

/** Results of the part `load`. The first group is the cluster left alone. */
export const LoadResults = z.object({
  schemaVersion: z.literal(1),
  on: MeasuredOn,
  groups: z.array(LoadGroup),
  wholeTests: z.array(WholeTest),
});
export type LoadResults = z.infer<typeof LoadResults>;

/** Median of what the samples say of themselves; null without any. */
function medianOf(samples: readonly LoadSample[], figure: keyof LoadSample): number | null {
  return summarize(samples.map((sample) => sample[figure]))?.median ?? null;
}

/** The table, heading first. Redis' own work is also given as what it is of the same without any probe. */
export function loadCells({ groups }: LoadResults): readonly (readonly string[])[] {
  const [alone] = groups;
  const aloneCpu = alone === undefined ? null : medianOf(alone.samples, 'redisCpu');
  const percent = (share: number | null): string => (share === null ? '' : `${(share * 100).toFixed(1)} %`);
  return [
    ['probe', 'Triad, of a processor', 'six Redis, of a processor', 'of without', 'commands/s'],
    ...groups.map((group) => {
      const redisCpu = medianOf(group.samples, 'redisCpu');
      return [
        nameOf(group),
        percent(medianOf(group.samples, 'clientCpu')),
        percent(redisCpu),
        redisCpu === null || aloneCpu === null || aloneCpu === 0 ? '' : `${(redisCpu / aloneCpu).toFixed(1)} ×`,
        String(Math.round(medianOf(group.samples, 'commandsPerSecond') ?? 0)),
      ];
    }),
  ];
}

function nameOf({ writesPerSecond, pollMs }: LoadGroup): string {
  const parts = [
    ...(writesPerSecond > 0 ? [`${writesPerSecond} writes/s and shard`] : []),
    ...(pollMs === null ? [] : [`looks every ${pollMs} ms`]),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** What whole failover tests took, one sentence. */
export function describeWholeTests(tests: readonly WholeTest[]): string {
  const share = summarize(tests.map(({ cpuSeconds, wallSeconds }) => cpuSeconds / wallSeconds));
  const peak = summarize(tests.map(({ peakBytes }) => peakBytes));
  if (share === null || peak === null) return '';
  return `A whole failover test (${tests.length} measured): ${(share.median * 100).toFixed(0)} % of a processor on this machine, at most ${formatBytes(peak.max)} of memory.`;
}
