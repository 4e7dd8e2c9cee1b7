import { alignColumns } from '../alignColumns.ts';
import { summarize } from '../summary.ts';
import type { BundleSize } from './bundleSize.ts';
import type { ManyEvents } from './measureManyEvents.ts';
import type { MeasuredStart } from './measureStart.ts';

/** Everything that was measured. */
export interface AppSamples {
  readonly starts: Readonly<Record<'bare' | 'bareBySoftware' | 'triad', readonly MeasuredStart[]>>;
  readonly bundle: BundleSize;
  readonly manyEvents: readonly ManyEvents[];
}

/** One line of the result. */
export interface AppResult {
  readonly what: string;
  readonly unit: 'ms' | 'MB';
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Median divided by the bare window's; null where there is nothing to compare. */
  readonly ofBare: number | null;
  readonly target: string;
  /** Null without a target. */
  readonly reached: boolean | null;
}

/** What has to be reached, in the median. */
export const appTargets = { startOfBare: 1.3, memoryOfBare: 1.5, longestFrameMs: 50 } as const;

/** The table of results. Throws when nothing was measured. */
export function appResults({ starts, bundle, manyEvents }: AppSamples): readonly AppResult[] {
  const compared = (
    what: string,
    unit: AppResult['unit'],
    read: (start: MeasuredStart) => number,
    atMost: number | null,
  ): readonly AppResult[] => {
    const [bare, triad] = [starts.bare.map(read), starts.triad.map(read)];
    const ofBare = medianOf(triad) / medianOf(bare);
    return [
      line(`Bare window: ${what}`, unit, bare, {}),
      line(`Triad: ${what}`, unit, triad, {
        ofBare,
        ...(atMost === null ? {} : { target: `<= ${atMost} of bare`, reached: ofBare <= atMost }),
      }),
    ];
  };
  const interactive = (start: MeasuredStart): number => start.interactiveMs;
  const bySoftware = starts.bareBySoftware.map(interactive);
  const megabytes = 1e6;
  return [
    ...compared('start until it can be used', 'ms', interactive, appTargets.startOfBare),
    line('Bare window that looks for no graphics processor: the same', 'ms', bySoftware, {
      ofBare: medianOf(bySoftware) / medianOf(starts.bare.map(interactive)),
    }),
    ...compared('start until the page begins', 'ms', (start) => start.pageBeginsMs, null),
    ...compared('start until the first paint', 'ms', (start) => start.firstPaintMs, null),
    ...compared('memory of all processes (PSS)', 'MB', (start) => start.memory.pssBytes / megabytes, appTargets.memoryOfBare),
    ...compared('memory of all processes (RSS, shared pages each time)', 'MB', (start) => start.memory.rssBytes / megabytes, null),
    line('Window: scripts', 'MB', [bundle.scriptBytes / megabytes], {}),
    line('Window: style sheets', 'MB', [bundle.styleBytes / megabytes], {}),
    line('Window: of both, loaded until it came to rest', 'MB', [bundle.firstScreenBytes / megabytes], {}),
    ...manyEventResults(manyEvents),
  ];
}

function manyEventResults(rounds: readonly ManyEvents[]): readonly AppResult[] {
  const longest = appTargets.longestFrameMs;
  const [first] = rounds;
  if (first === undefined) throw new Error('Nothing was measured: many events.');
  return [
    // Once a run, and no part of the target: a screen that is new to the window.
    { doing: 'begin to arrive, screen and log open', framesOf: rounds.map(({ opening }) => opening), hasTarget: false },
    { doing: 'arrive and are folded', framesOf: rounds.map(({ folding }) => folding), hasTarget: true },
    { doing: 'are scrolled through', framesOf: rounds.map(({ scrolling }) => scrolling), hasTarget: true },
  ].flatMap(({ doing, framesOf, hasTarget }) => {
    const frames = framesOf.map(({ longestFrameMs }) => longestFrameMs);
    return [
      // The browser tells the length of those frames only that are longer than this.
      line(
        `${first.events} events ${doing}: longest frame beyond ${longest} ms`,
        'ms',
        frames,
        hasTarget ? { target: 'none', reached: medianOf(frames) <= longest } : {},
      ),
      line(
        `${first.events} events ${doing}: longest time between frames`,
        'ms',
        framesOf.map(({ longestGapMs }) => longestGapMs),
        {},
      ),
    ];
  });
}

function line(what: string, unit: AppResult['unit'], values: readonly number[], more: Partial<AppResult>): AppResult {
  const summary = summarize(values);
  if (summary === null) throw new Error(`Nothing was measured: ${what}.`);
  const { median, min, max } = summary;
  return { what, unit, median, min, max, ofBare: null, target: '', reached: null, ...more };
}

function medianOf(values: readonly number[]): number {
  return summarize(values)?.median ?? Number.NaN;
}

const header = ['', 'median', 'min', 'max', 'of bare', 'target', 'reached'] as const;

/** The results as a table of text with aligned columns, to be read on a terminal. */
export function renderAppTable(results: readonly AppResult[]): string {
  return alignColumns([header, ...results.map(cellsOf)]);
}

function cellsOf({ what, unit, median, min, max, ofBare, target, reached }: AppResult): readonly string[] {
  const show = (value: number): string => `${value.toFixed(unit === 'ms' ? 0 : value < 10 ? 2 : 0)} ${unit}`;
  return [
    what,
    show(median),
    show(min),
    show(max),
    ofBare === null ? '' : ofBare.toFixed(2),
    target,
    reached === null ? '' : reached ? 'yes' : 'NO',
  ];
}
