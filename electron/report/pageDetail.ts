import type { Report, ReportTrial } from '../shared/domain/report.ts';

/** How much of the trials a page shows. Whatever is left out stands in report.json, and the page says what that is. */
export interface PageDetail {
  /** Whether a trial has what is folded behind it: the writes of each second as a table, lines of logs, clocks. */
  readonly hasData: boolean;
  /** The steps that a curve of writes has at most; undefined: as many as can be told apart. */
  readonly mostSteps: number | undefined;
  /** The trials that have a part of their own with pictures, by their place in the run; null for all. */
  readonly parts: ReadonlySet<number> | null;
  /** Those that have a row in the table of figures; null for all. */
  readonly rows: ReadonlySet<number> | null;
}

/** A page that leaves nothing out. */
export const WHOLE_PAGE: PageDetail = { hasData: true, mostSteps: undefined, parts: null, rows: null };

/** What is left out one after the other, before whole trials are: first what is folded, then every second and third step of the curves. */
export const THINNER_PAGES: readonly PageDetail[] = [
  WHOLE_PAGE,
  { ...WHOLE_PAGE, hasData: false },
  { ...WHOLE_PAGE, hasData: false, mostSteps: 40 },
];

/** Whether the trial at an index is among those that are shown. */
export function isIn(shown: ReadonlySet<number> | null, index: number): boolean {
  return shown === null || shown.has(index);
}

/**
 * The trials of a report by what a reader needs first, as places in the run: those that did not pass, then the first of each server and scenario, then the
 * others; within each kind in the order of the run.
 */
export function trialsByNeed({ failover: { trials } }: Pick<Report, 'failover'>): readonly number[] {
  const kinds = trials.map(({ server, scenario }) => `${scenario} ${server}`);
  const rank = ({ verdict }: ReportTrial, index: number): number => {
    if (verdict !== 'pass') return 0;
    return kinds.indexOf(kinds[index] ?? '') === index ? 1 : 2;
  };
  return trials
    .map((trial, index) => ({ index, rank: rank(trial, index) }))
    .toSorted((one, other) => one.rank - other.rank || one.index - other.index)
    .map(({ index }) => index);
}
