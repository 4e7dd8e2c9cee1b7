/** What a part of the benchmark of failovers is told. */
export interface PartOptions {
  /** How often each thing is measured; null where the part decides. */
  readonly rounds: number | null;
  /** A folder for this run alone, gone at its end. */
  readonly folder: string;
  /** Aborted when the benchmark is interrupted. */
  readonly signal: AbortSignal;
  /** Tells a person how it goes on, a sentence at a time. */
  readonly progress: (sentence: string) => void;
}

/** What a part found: a text for the terminal, and every figure for `--json`. */
export interface PartResult {
  readonly text: string;
  readonly figures: unknown;
}

/** One part of `npm run bench:failover`. Throws a BenchError where it could not measure. */
export type MeasurePart = (options: PartOptions) => Promise<PartResult>;
