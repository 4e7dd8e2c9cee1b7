// `npm run bench:validate`: how long a validation of a running cluster takes, on practice servers of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cliOutput } from '../build/cliState.mjs';
import { PracticeError } from '../practice/practiceError.ts';
import type { PracticeSet } from '../practice/practiceSet.ts';
import { alignColumns } from './alignColumns.ts';
import { passwordVariable } from './bench.ts';
import { BenchError } from './benchError.ts';
import { withBenchServers } from './benchServers.ts';
import { largestMeasured, readEventStream } from './eventStream.ts';
import { formatFigure } from './figureTable.ts';
import { benchSpec, ensureCli } from './measureTriad.ts';
import { summarize } from './summary.ts';
import { lastWordsOf, runTimed } from './timedProgram.ts';

const usage = `Measures how long a validation of a running cluster takes, on practice servers of its own (Linux, root).

  npm run bench:validate [-- options]

  --rounds N     validations (default 10)
  --json FILE    write all figures into a file
`;

/** What a validation may take in the median, from the start of the program to its end, milliseconds. */
const targetMs = 2000;

interface Samples {
  readonly validateMs: number[];
  /** The same with Redis access alone; none behind a firewall, which closes the data ports to this machine. */
  readonly redisOnlyMs: number[];
  /** Of the program alone: what no validation can go below. */
  readonly startMs: number[];
  readonly roundTrips: number[];
}

const interrupt = new AbortController();
let exitCodeOfSignal: number | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    exitCodeOfSignal ??= 128 + constants.signals[signal];
    interrupt.abort(new BenchError('Interrupted.'));
  });

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Where the cluster runs: open servers, and such with a firewall, where the bus ports are closed to whoever validates. */
const places = ['none', 'nftables'] as const;
type Place = (typeof places)[number];

async function measure(set: PracticeSet, place: Place, home: string, rounds: number): Promise<Samples> {
  const { signal } = interrupt;
  const folder = join(home, place);
  await mkdir(folder);
  await set.reset({ firewall: place, login: 'key' });
  const specFile = join(folder, 'spec.yaml');
  await writeFile(specFile, benchSpec(set), { mode: 0o600 });
  const env = {
    ...process.env,
    ...set.spec().environment,
    TRIAD_HOME: join(folder, 'home'),
    [passwordVariable]: 'a password of the benchmark',
  };
  const triad = async (...args: readonly string[]): Promise<{ readonly stdout: string; readonly wallMs: number }> => {
    const run = await runTimed(process.execPath, [cliOutput.entry, ...args], { env, signal });
    if (run.code !== 0) throw new BenchError(`triad ${args[0] ?? ''} failed:\n${lastWordsOf(run)}`);
    return run;
  };
  progress(`Installing the cluster that is validated (firewall: ${place}).`);
  await triad('install', '--yes', '--json', '--spec', specFile);
  const samples: Samples = { validateMs: [], redisOnlyMs: [], startMs: [], roundTrips: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const { wallMs: startMs } = await triad('--version');
    const { stdout, wallMs } = await triad('validate', '--json', '--spec', specFile);
    const facts = readEventStream(stdout);
    if (facts.verdict !== 'pass') throw new BenchError(`A validation said "${facts.verdict}": what was measured is another thing.`);
    if (facts.changes > 0 || facts.clusterCommands > 0) throw new BenchError('A validation has changed something.');
    if (place === 'none') {
      const alone = await runTimed(process.execPath, [cliOutput.entry, 'validate', '--redis-only', '--json', '--spec', specFile], {
        env,
        signal,
      });
      // Its best end: nothing was found, and what needs SSH was not looked at.
      if (alone.code !== 4)
        throw new BenchError(`A validation with Redis alone ended with ${alone.code ?? 'a signal'}:\n${lastWordsOf(alone)}`);
      samples.redisOnlyMs.push(alone.wallMs);
    }
    samples.startMs.push(startMs);
    samples.validateMs.push(wallMs);
    samples.roundTrips.push(largestMeasured(facts, 'roundTrips'));
    progress(`Round ${round} of ${rounds}: ${formatFigure(wallMs, 'ms')}`);
  }
  return samples;
}

function tableOf(measured: readonly { readonly place: Place; readonly samples: Samples }[]): string {
  const row = (what: string, values: readonly number[], unit: 'ms' | 'count', atMost: number | null): readonly string[] => {
    const summary = summarize(values);
    if (summary === null) throw new BenchError(`Nothing was measured: ${what}.`);
    const { median, min, max } = summary;
    const judged = atMost === null ? ['', ''] : [`<= ${formatFigure(atMost, unit)}`, median <= atMost ? 'yes' : 'NO'];
    return [what, ...[median, min, max].map((value) => formatFigure(value, unit)), ...judged];
  };
  return alignColumns([
    ['', 'median', 'min', 'max', 'target', 'reached'],
    ...measured.flatMap(({ place, samples }) => [
      row(`Validation, command to report (firewall: ${place})`, samples.validateMs, 'ms', targetMs),
      ...(samples.redisOnlyMs.length === 0 ? [] : [row('  with Redis access alone (--redis-only)', samples.redisOnlyMs, 'ms', targetMs)]),
      row('  start of the program alone', samples.startMs, 'ms', null),
      row('  SSH round trips of the busiest server', samples.roundTrips, 'count', null),
    ]),
  ]);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '10' }, json: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!/^[1-9]\d?$/u.test(values.rounds)) throw new BenchError(`--rounds cannot be "${values.rounds}": give a number from 1 to 99.`);
  const load = loadavg();
  await ensureCli(progress);
  const folder = await mkdtemp(join(tmpdir(), 'triad-bench-validate-'));
  try {
    const samples = await withBenchServers(progress, async (set) => {
      const found: { readonly place: Place; readonly samples: Samples }[] = [];
      for (const place of places) found.push({ place, samples: await measure(set, place, folder, Number(values.rounds)) });
      return found;
    });
    process.stdout.write(
      `\n${tableOf(samples)}\n${cpus().length} processors, Node ${process.version}, load average before it ${load[0]?.toFixed(1)}.\n`,
    );
    if (values.json !== undefined)
      await writeFile(values.json, `${JSON.stringify({ schemaVersion: 1, cpus: cpus().length, loadAverage: load, samples }, null, 2)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  if (exitCodeOfSignal === undefined) {
    if (!(error instanceof BenchError) && !(error instanceof PracticeError)) throw error;
    progress(error.message);
  }
  process.exitCode = 1;
}
if (exitCodeOfSignal !== undefined) process.exitCode = exitCodeOfSignal;
