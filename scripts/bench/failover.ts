// `npm run bench:failover`: how exact the failover test measures, what it costs, and what a node timeout is worth, on the practice servers of benchmarks.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PracticeError } from '../practice/practiceError.ts';
import { BenchError } from './benchError.ts';
import { measureLoad } from './failover/load.ts';
import { measureLogs } from './failover/logs.ts';
import type { MeasurePart } from './failover/part.ts';
import { measureFalseFailovers } from './failover/slow.ts';
import { measureTimeouts } from './failover/timeouts.ts';

/** Every part by its name: one file each in `failover/`. */
const parts = new Map<string, { readonly about: string; readonly measure: MeasurePart }>([
  ['logs', { about: 'the moments that Triad sees against those in the logs of Redis', measure: measureLogs }],
  ['load', { about: 'what the probes of a failover test cost this machine and the servers (3 minutes)', measure: measureLoad }],
  ['timeouts', { about: 'the outage against the node timeout, with a chart (8 minutes)', measure: measureTimeouts }],
  [
    'slow',
    { about: 'false failovers of busy, slow and paused servers against the node timeout (11 minutes)', measure: measureFalseFailovers },
  ],
]);

const usage = `Measures the failover test itself, on the practice servers of benchmarks (Linux, root).

  npm run bench:failover [-- options]

  --part NAME    only this part; can be repeated:
${[...parts].map(([name, { about }]) => `                 ${name.padEnd(9)} ${about}`).join('\n')}
  --rounds N     how often each thing is measured (each part has a default of its own)
  --json FILE    write all figures into a file
`;

/** One Ctrl-C may come twice, from the terminal and from npm. */
const sameSignalWithinMs = 1000;
const interrupt = new AbortController();
let exitCodeOfSignal: number | undefined;
let interruptedAtMs = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (exitCodeOfSignal !== undefined) {
      // Who asks again does not want to wait any longer. What is left of the practice servers is cleared by the next run.
      if (performance.now() - interruptedAtMs > sameSignalWithinMs) process.exit(exitCodeOfSignal);
      return;
    }
    interruptedAtMs = performance.now();
    exitCodeOfSignal = 128 + constants.signals[signal];
    interrupt.abort(new BenchError('Interrupted.'));
  });

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        part: { type: 'string', multiple: true },
        rounds: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new BenchError(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<void> {
  const { part: wanted = [...parts.keys()], rounds = null, json, help } = readOptions();
  if (help) {
    process.stdout.write(usage);
    return;
  }
  if (rounds !== null && !/^[1-9]\d?$/u.test(rounds)) throw new BenchError(`--rounds cannot be "${rounds}": give a number from 1 to 99.`);
  const chosen = wanted.map((name) => {
    const part = parts.get(name);
    if (part === undefined) throw new BenchError(`--part cannot be "${name}": choose ${[...parts.keys()].join(', ')}.`);
    return { name, ...part };
  });
  const load = loadavg();
  const figures: Record<string, unknown> = {};
  const processors = cpus().length;
  try {
    for (const { name, about, measure } of chosen) {
      interrupt.signal.throwIfAborted();
      progress(`Part ${name}: ${about}.`);
      const folder = await mkdtemp(join(tmpdir(), `triad-bench-failover-${name}-`));
      try {
        const found = await measure({ rounds: rounds === null ? null : Number(rounds), folder, signal: interrupt.signal, progress });
        figures[name] = found.figures;
        process.stdout.write(`\n${found.text}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    process.stdout.write(
      `\n${processors} processors, Node ${process.version}, load average before it ${load[0]?.toFixed(1)}, after it ${loadavg()[0]?.toFixed(1)}.\n`,
    );
  } finally {
    // Also after a failure: the parts that were measured until then are whole.
    if (json !== undefined)
      await writeFile(json, `${JSON.stringify({ schemaVersion: 1, cpus: processors, loadAverage: load, parts: figures }, null, 2)}\n`);
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
