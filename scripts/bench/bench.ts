import type { ServerBundle } from '../../electron/storage/serverBundle.ts';
import type { PracticeSet } from '../practice/practiceSet.ts';
import type { SetVariant } from '../practice/serverVariant.ts';
import type { FigureId } from './figures.ts';

/** What every measurement needs. */
export interface Bench {
  readonly set: PracticeSet;
  readonly bundle: ServerBundle;
  /** A folder for this benchmark alone, gone at its end. */
  readonly folder: string;
  /** The same Redis password for everyone. */
  readonly password: string;
  /** Aborted when the benchmark is interrupted. */
  readonly signal: AbortSignal;
}

/** The environment variable that holds `Bench.password`. */
export const passwordVariable = 'TRIAD_BENCH_PASSWORD';

/** What one measurement found, on fresh servers. */
export interface Finding {
  readonly figures: Readonly<Partial<Record<FigureId, number>>>;
  /** Everything else that is worth keeping. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Something that is measured again and again, each time on fresh servers. */
export interface Contender {
  readonly name: string;
  readonly servers: SetVariant;
  readonly rounds: number;
  /** Measures once. `round` counts from 1. */
  readonly measure: (bench: Bench, round: number) => Promise<Finding>;
}
