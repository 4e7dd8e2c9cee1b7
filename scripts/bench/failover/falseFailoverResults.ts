import { z } from 'zod';
import { describeMachine, MeasuredOn } from './measuredOn.ts';
import { markdownTable } from './readmeBlock.ts';

/** What one cluster made of one disturbance. */
export const FalseFailovers = z.object({
  nodeTimeoutMs: z.number(),
  /** How often a node was seen to begin to suspect another one. */
  suspected: z.number(),
  /** How often a node logged that a majority holds another one for lost; several may find it at once. */
  declared: z.number(),
  /** Replicas that were elected although no master was lost. */
  failovers: z.number(),
});
export type FalseFailovers = z.infer<typeof FalseFailovers>;

const Cell = z.object({
  what: z.string(),
  /** How often it was made. */
  times: z.number(),
  /** How long it lasted each time, seconds. */
  seconds: z.number(),
  /** How long it really lasted each time, seconds, where that was measured; the longest of all clusters. Not in older results. */
  measuredSeconds: z.array(z.number()).optional(),
  clusters: z.array(FalseFailovers),
});
export type Cell = z.infer<typeof Cell>;

/** Results of the part `slow`. */
export const FalseFailoverResults = z.object({
  schemaVersion: z.literal(1),
  on: MeasuredOn,
  cells: z.array(Cell),
  /** What this machine could not make, or what did not come to what it is called, with the reason. */
  notMeasured: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type FalseFailoverResults = z.infer<typeof FalseFailoverResults>;

/** The worst that a cluster made of a disturbance, in words. */
export function worstOf({ suspected, declared, failovers }: FalseFailovers): string {
  if (failovers > 0) return failovers === 1 ? '1 failover' : `${failovers} failovers`;
  if (declared > 0) return 'held for lost';
  return suspected > 0 ? 'suspected' : '–';
}

/** The table, heading first: a row for each disturbance, a column for each node timeout. */
export function falseFailoverCells({ cells }: FalseFailoverResults): readonly (readonly string[])[] {
  const timeouts = cells[0]?.clusters.map(({ nodeTimeoutMs }) => `${nodeTimeoutMs} ms`) ?? [];
  return [
    ['no server is lost, but', 'for', ...timeouts],
    ...cells.map(({ what, times, seconds, clusters }) => [
      what,
      times === 1 ? `${seconds} s` : `${times} × ${seconds} s`,
      ...clusters.map(worstOf),
    ]),
  ];
}

/** The same as a table of Markdown, with what could not be measured and what it was measured on: for a page. */
export function falseFailoversInReadme(results: FalseFailoverResults): string {
  return [markdownTable(falseFailoverCells(results)), ...gapsOf(results), describeMachine(results.on)].join('\n\n');
}

/** What is missing in the table and why, a sentence each. */
export function gapsOf({ notMeasured }: FalseFailoverResults): readonly string[] {
  return notMeasured.map(({ what, why }) => `Not measured: ${what} (${why}).`);
}
