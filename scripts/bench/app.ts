// `npm run bench:app`: how long the window takes to open and what it holds, beside a bare window of the same Electron in the same run.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stageApp } from '../build/stageApp.ts';
import { startVirtualDisplay } from '../electron/display.ts';
import { findRuntime } from '../electron/runtime.ts';
import type { ElectronRuntime } from '../electron/runtime.ts';
import { RuntimeError } from '../electron/runtimeError.ts';
import { PracticeError } from '../practice/practiceError.ts';
import { appResults, renderAppTable } from './app/appFigures.ts';
import type { AppSamples } from './app/appFigures.ts';
import { bundleSize } from './app/bundleSize.ts';
import { measureManyEvents } from './app/measureManyEvents.ts';
import type { ManyEvents } from './app/measureManyEvents.ts';
import { measureStart } from './app/measureStart.ts';
import type { MeasuredApp, MeasuredStart } from './app/measureStart.ts';
import { BenchError } from './benchError.ts';

const usage = `Measures the app's window against a bare window of the same Electron (Linux).

  npm run bench:app [-- options]

  --rounds N     starts of each, and of long runs that are opened (default 7)
  --json FILE    write all figures into a file
`;

/** Load average of the last minute above which other work on this machine surely shows in the figures. */
const busyLoad = 0.7;
const bareFolder = fileURLToPath(new URL('app/bare', import.meta.url));

function progress(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

async function measure(runtime: ElectronRuntime, rounds: number, folder: string): Promise<AppSamples> {
  const triadFolder = join(folder, 'triad');
  await stageApp(triadFolder, progress);
  await cp(bareFolder, join(folder, 'bare'), { recursive: true });
  // Made here: one among the sources would hide the project's own from tools that ask it for dependencies.
  await writeFile(join(folder, 'bare', 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: './main.cjs' }));
  const place = async (name: string, app = name, env: Readonly<Record<string, string>> = {}): Promise<MeasuredApp> => {
    const [profile, home] = [join(folder, `${name}-profile`), join(folder, `${name}-home`)];
    for (const made of [profile, home]) await mkdir(made);
    return { folder: join(folder, app), profile, env: { TRIAD_HOME: home, ...env } };
  };
  // A copy of Electron: what processes of others share with ours would count for less in ours.
  progress('Copying the runtime.');
  await cp(runtime.folder, join(folder, 'electron'), { recursive: true });
  const executable = join(folder, 'electron', relative(runtime.folder, runtime.executable));
  const apps = {
    bare: await place('bare'),
    bareBySoftware: await place('bareBySoftware', 'bare', { BARE_BY_SOFTWARE: '1' }),
    triad: await place('triad'),
  };
  const names = ['bare', 'bareBySoftware', 'triad'] as const;
  // The first start of a profile writes caches; nobody measures it.
  for (const name of names) await measureStart(executable, apps[name]);

  const starts: Readonly<Record<(typeof names)[number], MeasuredStart[]>> = { bare: [], bareBySoftware: [], triad: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // Another one begins each round, so that nobody always follows the same one.
    for (const name of round % 2 === 0 ? names.toReversed() : names) {
      const start = await measureStart(executable, apps[name]);
      starts[name].push(start);
      const memory = (start.memory.pssBytes / 1e6).toFixed(0);
      progress(`Round ${round} of ${rounds}, ${name}: usable after ${start.interactiveMs.toFixed(0)} ms, ${memory} MB`);
    }
  }
  const manyEvents: ManyEvents[] = [];
  for (let round = 1; round <= rounds; round += 1)
    manyEvents.push(await measureManyEvents(executable, await place(`many${round}`, 'triad')));
  return {
    starts,
    bundle: await bundleSize(join(triadFolder, 'out', 'renderer'), starts.triad[0]?.loadedPaths ?? []),
    manyEvents,
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '7' }, json: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!/^[1-9]\d?$/u.test(values.rounds)) throw new BenchError(`--rounds cannot be "${values.rounds}": give a number from 1 to 99.`);
  if (process.platform !== 'linux') throw new BenchError('This benchmark reads the memory of processes from /proc: it needs Linux.');
  const [load = 0] = loadavg();
  if (load > busyLoad) progress(`This machine is busy (load average ${load.toFixed(1)}): the figures will be larger than on a quiet one.`);
  const runtime = await findRuntime(progress);
  const display = await startVirtualDisplay({ width: 1920, height: 1200 }, progress);
  process.env['DISPLAY'] = display.name;
  const folder = await mkdtemp(join(tmpdir(), 'triad-bench-app-'));
  try {
    const samples = await measure(runtime, Number(values.rounds), folder);
    const results = appResults(samples);
    process.stdout.write(`\n${renderAppTable(results)}\n${runtime.sentence} ${cpus().length} processors, drawn by software.\n`);
    if (values.json !== undefined) {
      const machine = { cpus: cpus().length, cpu: cpus()[0]?.model, memoryBytes: totalmem(), kernel: release(), loadAverage: loadavg() };
      const about = { schemaVersion: 1, electron: runtime.version, runtime: runtime.kind, machine };
      await writeFile(values.json, `${JSON.stringify({ ...about, results, samples }, null, 2)}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await display.stop();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BenchError) && !(error instanceof RuntimeError) && !(error instanceof PracticeError)) throw error;
  progress(error.message);
  process.exitCode = 1;
}
