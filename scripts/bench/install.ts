// `npm run bench:install`: how long an installation takes, compared with Ansible and with the floor, in one run on practice servers of its own.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { loadServerBundle, loadServerCatalogue } from '../../electron/storage/serverBundle.ts';
import type { ServerBundle } from '../../electron/storage/serverBundle.ts';
import { showScript } from '../check/program.ts';
import { ensureAnsible } from '../practice/ensureAnsible.ts';
import { PracticeError } from '../practice/practiceError.ts';
import { resourcesFolder } from '../redis/ensureBundle.ts';
import type { Bench, Contender, Finding } from './bench.ts';
import { BenchError } from './benchError.ts';
import { withBenchServers } from './benchServers.ts';
import { resultsOf, type FigureId } from './figures.ts';
import { formatFigure, renderTable } from './figureTable.ts';
import { ansibleKinds, measureAnsible, type AnsibleKind } from './measureAnsible.ts';
import { measureFloor } from './measureFloor.ts';
import { ensureCli, measureTriad } from './measureTriad.ts';
import { readOptions, usage, type BenchOptions } from './options.ts';

interface Measurement extends Finding {
  readonly round: number;
  readonly contender: string;
  /** How busy the machine had been in the minute before: 1 is one processor's full work. */
  readonly loadBefore: number;
}

/** Load average of the last minute above which other work on this machine surely shows in the figures. */
const busyLoad = 0.7;

const interrupt = new AbortController();
let exitCodeOfSignal: number | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (exitCodeOfSignal === undefined) progress('Interrupted: taking the servers down.');
    exitCodeOfSignal ??= 128 + constants.signals[signal];
    interrupt.abort(new BenchError('Interrupted.'));
  });
}

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function contendersFor({ parts, rounds, ansibleRounds }: BenchOptions): readonly Contender[] {
  const plain = { login: 'key' } as const;
  const kinds = Object.keys(ansibleKinds) as AnsibleKind[];
  const contenders: readonly (Contender | false)[] = [
    parts.has('install') && { name: 'Triad', servers: plain, rounds, measure: measureTriad },
    parts.has('floor') && { name: 'floor', servers: plain, rounds, measure: measureFloor },
    ...kinds.map(
      (kind): Contender | false =>
        parts.has('ansible') && {
          name: kind,
          servers: { ...plain, quirks: ['python3'] },
          rounds: ansibleRounds,
          measure: (bench, round) => measureAnsible(kind, bench, round),
        },
    ),
  ];
  return contenders.filter((contender) => contender !== false);
}

/** All rounds: in each, everyone once, on fresh servers. Another one begins each round, so that nobody always follows the same one. */
async function runRounds(bench: Bench, options: BenchOptions, record: (measurement: Measurement) => void): Promise<void> {
  const contenders = contendersFor(options);
  for (let round = 1; round <= options.rounds; round += 1) {
    const first = (round - 1) % contenders.length;
    for (const { name, servers, rounds, measure } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      if (round > rounds) continue;
      bench.signal.throwIfAborted();
      await bench.set.reset(servers);
      bench.signal.throwIfAborted();
      const loadBefore = loadavg()[0] ?? 0;
      const finding = await measure(bench, round);
      record({ round, contender: name, loadBefore, ...finding });
      const shown = Object.entries(finding.figures).map(
        ([id, value]) => `${id} ${formatFigure(value, id.startsWith('roundTrips') ? 'count' : 'ms')}`,
      );
      progress(`Round ${round} of ${options.rounds}, ${name}: ${shown.join(', ')}`);
    }
  }
}

async function findBundle(): Promise<ServerBundle> {
  const { code } = await showScript('scripts/redis/cli.ts', ['ensure']);
  if (code !== 0) throw new BenchError('There is no server bundle to install.');
  const { default: build } = await loadServerCatalogue(resourcesFolder);
  return loadServerBundle({ resourcesFolder, ...build });
}

/** Figures without what they were measured on say little. */
function describeMachine() {
  const [cpu] = cpus();
  return {
    cpus: cpus().length,
    cpu: cpu?.model,
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.version,
    loadAverage: loadavg(),
  };
}

function withoutAnsible(error: unknown): never {
  throw error instanceof PracticeError ? new BenchError(`${error.message} --skip-ansible does without.`) : error;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.wantsHelp) {
    process.stdout.write(usage);
    return;
  }
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const [load = 0] = machine.loadAverage;
  if (load > busyLoad) progress(`This machine is busy (load average ${load.toFixed(1)}): the figures will be larger than on a quiet one.`);
  const bundle = await findBundle();
  if (options.parts.has('install')) await ensureCli(progress);
  const ansible = options.parts.has('ansible') ? await ensureAnsible(progress).catch(withoutAnsible) : null;
  interrupt.signal.throwIfAborted();

  const folder = await mkdtemp(join(tmpdir(), 'triad-bench-'));
  const measurements: Measurement[] = [];
  const samples = new Map<FigureId, number[]>();
  const record = (measurement: Measurement): void => {
    measurements.push(measurement);
    for (const [id, value] of Object.entries(measurement.figures) as [FigureId, number][])
      samples.set(id, [...(samples.get(id) ?? []), value]);
  };
  const password = randomBytes(18).toString('hex');
  try {
    await withBenchServers(progress, (set) => runRounds({ set, bundle, folder, password, signal: interrupt.signal }, options, record));
  } finally {
    await rm(folder, { recursive: true, force: true });
    const results = resultsOf(samples);
    // Also after a failure: what was measured until then may tell why.
    if (results.length > 0) process.stdout.write(`\n${renderTable(results)}${notes(options, bundle, ansible)}`);
    if (options.jsonFile !== undefined) {
      const { rounds, ansibleRounds } = options;
      const parts = [...options.parts];
      const about = { startedAt, machine, bundle: bundle.folderName, ansible, options: { rounds, ansibleRounds, parts } };
      await writeFile(options.jsonFile, `${JSON.stringify({ schemaVersion: 1, ...about, results, measurements }, null, 2)}\n`);
    }
  }
}

function notes({ rounds, ansibleRounds, parts }: BenchOptions, bundle: ServerBundle, ansible: string | null): string {
  const lines = [
    `${bundle.engine} ${bundle.version}, ${cpus().length} processors, Node ${process.version}. All servers fresh before each measurement.`,
    ...(parts.has('install')
      ? ['A master of Redis refuses to serve in the first 2 s of its life, so no cluster is ready before the floor and 2 s.']
      : []),
    ...(ansible === null
      ? ['Ansible was not measured: relations to it are not known.']
      : [`${ansible}, ${ansibleRounds} of ${rounds} rounds. Its end is three replicas in sync, nothing verified.`]),
  ];
  return `\n${lines.join('\n')}\n`;
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
// A missed target is no failure: the table says so, and machines differ.
if (exitCodeOfSignal !== undefined) process.exitCode = exitCodeOfSignal;
