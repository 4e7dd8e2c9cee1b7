import type { FinishedCommand } from './triadCommand.ts';

/** A trial as a run with `--json` tells it. */
export type TrialOf = FinishedCommand['result']['failover']['trials'][number];

/** What a trial shows, whatever the machine: whether a replica had to take over, whether anybody suspected the master, and how it was judged. */
export const shown = ({ scenario, marks, promotedMs, verdict }: TrialOf): readonly unknown[] => [
  scenario,
  promotedMs === null ? 'kept' : 'promoted',
  marks.some(({ name }) => name === 'suspected') ? 'suspected' : 'trusted',
  verdict === 'pass' || verdict === 'warn' ? 'came through' : verdict,
];
