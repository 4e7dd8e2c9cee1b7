import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { buildCli } from '../build/buildCli.ts';
import { cliOutput, cliSourceState, isCliBuilt } from '../build/cliState.mjs';
import type { PracticeSet } from '../practice/practiceSet.ts';
import { passwordVariable, type Bench, type Finding } from './bench.ts';
import { BenchError } from './benchError.ts';
import { largestMeasured, readEventStream, type RunFacts } from './eventStream.ts';
import { proveCluster } from './proveCluster.ts';
import { lastWordsOf, runTimed } from './timedProgram.ts';

/** Builds the command line of this checkout, unless it is built. */
export async function ensureCli(progress: (sentence: string) => void): Promise<void> {
  if (isCliBuilt(cliSourceState())) return;
  progress('Building the command line.');
  await buildCli();
}

/** Installs on fresh servers by the built command line, looks whether the cluster stands, and installs again, which has nothing to do. */
export async function measureTriad(bench: Bench, round: number): Promise<Finding> {
  const folder = join(bench.folder, `triad-${round}`);
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  const specFile = join(folder, 'spec.yaml');
  await writeFile(specFile, benchSpec(bench.set), { mode: 0o600 });
  const env = { ...process.env, ...bench.set.spec().environment, TRIAD_HOME: home, [passwordVariable]: bench.password };
  const install = async (report: string): Promise<RunFacts & { readonly wallMs: number }> => {
    const args = [cliOutput.entry, 'install', '--yes', '--json', '--spec', specFile, '--report', join(folder, report)];
    const run = await runTimed(process.execPath, args, { env, signal: bench.signal });
    if (run.code !== 0) throw new BenchError(`The installation failed:\n${lastWordsOf(run)}`);
    return { ...readEventStream(run.stdout), wallMs: run.wallMs };
  };

  const first = await install('report');
  if (first.changes === 0) throw new BenchError('The installation on fresh servers changed nothing: they were not fresh.');
  // Triad says that it is verified, so it must be so at first sight.
  await proveCluster(
    bench.set.servers.map(({ address }) => address),
    bench.password,
    0,
  );
  const again = await install('report-again');
  if (again.changes > 0) throw new BenchError(`The second installation should have had nothing to do, and made ${again.changes} changes.`);
  return {
    figures: {
      install: first.wallMs,
      installAgain: again.wallMs,
      agreed: largestMeasured(first, 'formation.agreedMs'),
      ready: largestMeasured(first, 'formation.readyMs'),
      startToReady: largestMeasured(first, 'startToReadyMs'),
      roundTrips: largestMeasured(first, 'roundTrips'),
      roundTripsAgain: largestMeasured(again, 'roundTrips'),
    },
    details: { first, again },
  };
}

/** The set's specification, with the benchmark's password. */
export function benchSpec(set: PracticeSet): string {
  const document = parseDocument(set.spec().yaml);
  document.setIn(['redis', 'passwordEnv'], passwordVariable);
  return document.toString();
}
