import { z } from 'zod';
import { BenchError } from './benchError.ts';

const Measured = z.object({
  type: z.literal('measured'),
  name: z.string(),
  server: z.string().nullable(),
  value: z.number(),
  unit: z.enum(['ms', 'count', 'bytes']),
});
const Applied = z.object({ type: z.literal('changesApplied'), outcomes: z.array(z.object({ outcome: z.string() })) });
const ClusterCommand = z.object({ type: z.literal('clusterCommand') });
const Phase = z.object({ type: z.literal('phaseFinished'), phase: z.string(), server: z.string().nullable(), durationMs: z.number() });
const Result = z.object({ type: z.literal('result'), verdict: z.string(), failure: z.object({ code: z.string() }).nullish() });

/** A figure that a run took of itself. */
export type Measurement = Omit<z.infer<typeof Measured>, 'type'>;

/** What the benchmark wants to know of a run of the command line with `--json`. */
export interface RunFacts {
  readonly measured: readonly Measurement[];
  readonly phases: readonly { readonly phase: string; readonly server: string | null; readonly durationMs: number }[];
  /** Changes that were really made on the servers. */
  readonly changes: number;
  /** Commands by which nodes were changed. */
  readonly clusterCommands: number;
  readonly verdict: string;
  /** Code of the failure that ended the run, or null. */
  readonly failure: string | null;
}

/**
 * Reads the events of a run, one JSON object a line. Events that are not needed are not looked at, so that they may change freely.
 * A BenchError when a line is no JSON or the last one is no result: the stream was cut or something else was printed into it.
 */
export function readEventStream(text: string): RunFacts {
  const events = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, index + 1)]));
  const result = Result.safeParse(events.at(-1));
  if (!result.success) throw new BenchError(`The run's last line is no result: ${JSON.stringify(events.at(-1) ?? '')?.slice(0, 200)}`);
  return {
    measured: pick(events, Measured).map(({ name, server, value, unit }) => ({ name, server, value, unit })),
    phases: pick(events, Phase).map(({ phase, server, durationMs }) => ({ phase, server, durationMs })),
    changes: pick(events, Applied).flatMap(({ outcomes }) => outcomes.filter(({ outcome }) => outcome === 'done')).length,
    clusterCommands: pick(events, ClusterCommand).length,
    verdict: result.data.verdict,
    failure: result.data.failure?.code ?? null,
  };
}

/** The largest of a run's figures of that name: the slowest or busiest server counts. A BenchError when the run took none. */
export function largestMeasured({ measured }: RunFacts, name: string): number {
  const values = measured.filter((one) => one.name === name).map(({ value }) => value);
  if (values.length === 0) throw new BenchError(`The run did not measure "${name}", but: ${namesOf(measured)}.`);
  return Math.max(...values);
}

function namesOf(measured: readonly Measurement[]): string {
  const names = [...new Set(measured.map(({ name }) => name))];
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BenchError(`Line ${number} of the run's events is no JSON: ${line.slice(0, 200)}`);
  }
}

function pick<Event extends { readonly type: string }>(events: readonly unknown[], schema: z.ZodType<Event>): readonly Event[] {
  return events.flatMap((event) => {
    const parsed = schema.safeParse(event);
    return parsed.success ? [parsed.data] : [];
  });
}
