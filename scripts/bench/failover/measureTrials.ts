import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { FailoverTrial } from '../../../electron/shared/domain/failover.ts';
import { cliOutput } from '../../build/cliState.mjs';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { passwordVariable } from '../bench.ts';
import { BenchError } from '../benchError.ts';
import { benchSpec } from '../measureTriad.ts';
import { lastWordsOf, runTimed } from '../timedProgram.ts';
import type { PartOptions } from './part.ts';

/** A cluster that the built command line has installed, to try failovers on. */
export interface BenchCluster {
  /** Runs a failover test with these arguments; gives its trials, whatever their verdicts. A BenchError where there are none. */
  test(...args: readonly string[]): Promise<readonly FailoverTrial[]>;
}

/** Installs a cluster on a set's servers by the built command line, with this node timeout. */
export async function installCluster(
  set: PracticeSet,
  nodeTimeoutMs: number,
  { folder, signal }: Pick<PartOptions, 'folder' | 'signal'>,
): Promise<BenchCluster> {
  const place = join(folder, `timeout-${nodeTimeoutMs}`);
  await mkdir(place, { recursive: true });
  const specFile = join(place, 'spec.yaml');
  const spec = parseDocument(benchSpec(set));
  spec.setIn(['redis', 'nodeTimeoutMs'], nodeTimeoutMs);
  await writeFile(specFile, spec.toString(), { mode: 0o600 });
  const env = {
    ...process.env,
    ...set.spec().environment,
    TRIAD_HOME: join(place, 'home'),
    [passwordVariable]: 'a password of the benchmark',
  };
  const triad = (...args: readonly string[]): ReturnType<typeof runTimed> =>
    runTimed(process.execPath, [cliOutput.entry, ...args, '--yes', '--json', '--spec', specFile], { env, signal });
  const installed = await triad('install');
  if (installed.code !== 0) throw new BenchError(`The installation failed:\n${lastWordsOf(installed)}`);
  return {
    test: async (...args) => {
      const run = await triad('failover-test', ...args);
      const trials = run.stdout.split('\n').flatMap((line) => trialOf(line));
      if (trials.length === 0) throw new BenchError(`The failover test has no trial:\n${lastWordsOf(run)}`);
      return trials;
    },
  };
}

function trialOf(line: string): readonly FailoverTrial[] {
  if (!line.includes('"trialFinished"')) return [];
  const event: unknown = JSON.parse(line);
  const trial = typeof event === 'object' && event !== null && 'trial' in event ? FailoverTrial.safeParse(event.trial) : null;
  return trial?.success === true ? [trial.data] : [];
}
