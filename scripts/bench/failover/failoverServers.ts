import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { withBenchServers } from '../benchServers.ts';
import { ensureCli } from '../measureTriad.ts';
import { describeMachine, noteMachine, type MeasuredOn } from './measuredOn.ts';
import type { PartOptions, PartResult } from './part.ts';

/** How a part measures, and what becomes of its results. */
export interface Measuring<Results> {
  /** Measures on fresh servers; says with which Redis, and gives the results when it is told on what they were measured. */
  readonly measure: (set: PracticeSet) => Promise<{ readonly plan: ClusterPlan; readonly results: (on: MeasuredOn) => Results }>;
  readonly keep: (results: Results) => Promise<void>;
  readonly show: (results: Results) => string;
}

/** Measures on the benchmark's own practice servers, which are gone afterwards. A BenchError when another benchmark is running. */
export async function measureOnServers<Results extends { readonly on: MeasuredOn }>(
  { progress }: PartOptions,
  { measure, keep, show }: Measuring<Results>,
): Promise<PartResult> {
  await ensureCli(progress);
  const endNote = noteMachine();
  const results = await withBenchServers(progress, async (set) => {
    const measured = await measure(set);
    return measured.results(await endNote(set, measured.plan));
  });
  await keep(results);
  return { text: `${show(results)}\n${describeMachine(results.on)}\n`, figures: results };
}
