import { summarize, type Summary } from './summary.ts';

/** What has to be reached: the median, and where it says so its relation to Ansible in the same run. */
export interface Target {
  readonly atMost: number;
  readonly ofAnsible?: number;
}

interface Figure {
  readonly what: string;
  readonly unit: 'ms' | 'count';
  readonly target?: Target;
  /** A whole installation, which can be compared with Ansible's and with the floor. */
  readonly isWhole?: true;
}

/** Everything that is measured, in the order of the table. */
const figures = {
  install: {
    what: 'Triad: install, command to verified cluster',
    unit: 'ms',
    target: { atMost: 4000, ofAnsible: 0.2 },
    isWhole: true,
  },
  installAgain: { what: 'Triad: install, nothing to do', unit: 'ms', target: { atMost: 1000 }, isWhole: true },
  agreed: { what: 'Formation: six equal views, replicas in sync', unit: 'ms', target: { atMost: 500 } },
  ready: { what: 'Formation: really ready, from the first command', unit: 'ms' },
  startToReady: { what: 'Really ready, from the start of the processes', unit: 'ms', target: { atMost: 2200 } },
  roundTrips: { what: 'SSH round trips of the busiest server: install', unit: 'count', target: { atMost: 15 } },
  roundTripsAgain: { what: 'SSH round trips of the busiest server: nothing to do', unit: 'count', target: { atMost: 15 } },
  floor: { what: 'Floor: programs sent, six processes started, PINGed', unit: 'ms', isWhole: true },
  ansible: { what: 'Ansible', unit: 'ms', isWhole: true },
  ansiblePipelining: { what: 'Ansible, pipelining', unit: 'ms', isWhole: true },
  ansibleSyncAtOnce: { what: "Ansible, pipelining, Triad's sync delay of 0", unit: 'ms', isWhole: true },
} as const satisfies Readonly<Record<string, Figure>>;

export type FigureId = keyof typeof figures;

/** The values of each figure, one for each round in which it was taken. */
export type Samples = ReadonlyMap<FigureId, readonly number[]>;

/** One line of the result. */
export interface FigureResult extends Summary {
  readonly id: FigureId;
  readonly what: string;
  readonly unit: 'ms' | 'count';
  readonly values: readonly number[];
  readonly target: Target | null;
  /** Median divided by the median of plain Ansible; null where there is nothing to compare. */
  readonly ofAnsible: number | null;
  /** Median divided by the median of the floor. */
  readonly ofFloor: number | null;
  /** Null without a target. */
  readonly reached: boolean | null;
}

/** The results of everything that was measured. A relation that could not be measured (no Ansible) does not count against a target. */
export function resultsOf(samples: Samples): readonly FigureResult[] {
  const medianOf = (id: FigureId): number | null => summarize(samples.get(id) ?? [])?.median ?? null;
  const [ansible, floor] = [medianOf('ansible'), medianOf('floor')];
  return Object.entries(figures).flatMap(([name, figure]: [string, Figure]): readonly FigureResult[] => {
    const id = name as FigureId;
    const values = samples.get(id) ?? [];
    const summary = summarize(values);
    if (summary === null) return [];
    const { what, unit, target = null, isWhole = false } = figure;
    const ofAnsible = isWhole && ansible !== null ? summary.median / ansible : null;
    const ofFloor = isWhole && floor !== null ? summary.median / floor : null;
    const reached = target === null ? null : summary.median <= target.atMost && (ofAnsible ?? 0) <= (target.ofAnsible ?? Infinity);
    return [{ id, what, unit, values, ...summary, target, ofAnsible, ofFloor, reached }];
  });
}
