import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PracticeSet, UpOptions } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type TriadAtHome } from './triadCommand.ts';

/** An installed cluster on which trials are interrupted, or go wrong. */
export interface TriedCluster {
  readonly set: PracticeSet;
  readonly triad: TriadAtHome;
  readonly spec: string;
  readonly env: Readonly<Record<string, string>>;
  readonly password: string;
  readonly nodeTimeoutMs: number;
  /** For files of tests: it goes with the home of Triad, and is not in it. */
  readonly notes: string;
}

const NODE_TIMEOUT_MS = 1000;
const PASSWORD = 'the-same-in-every-run';

/** Gives a test file such a cluster on practice servers as `options` say. Its first test installs it, and after a test that failed it is made anew, so that no other one fails for that. */
export function triedClusterForTest(options: UpOptions = {}): () => TriedCluster {
  const servers = practiceSetForTest();
  const triad = triadForTest();
  let cluster: TriedCluster | null = null;

  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || cluster === null) return;
    await triad.killRunning();
    await cluster.set.reset();
    await expectInstalls(cluster);
  });

  test('a cluster to try it on', async () => {
    cluster = triedCluster(await servers.up(options), triad);
    await expectInstalls(cluster);
  });

  return () => {
    if (cluster === null) throw new Error('there is no cluster to try anything on');
    return cluster;
  };
}

function triedCluster(set: PracticeSet, triad: TriadAtHome): TriedCluster {
  const spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = NODE_TIMEOUT_MS;
  });
  const notes = join(dirname(triad.home), 'notes');
  mkdirSync(notes);
  return { set, triad, spec, env: { REDIS_PASSWORD: PASSWORD }, password: PASSWORD, nodeTimeoutMs: NODE_TIMEOUT_MS, notes };
}

async function expectInstalls({ triad, spec, env }: TriedCluster): Promise<void> {
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json'], { env }))).toEqual(passedRun);
}
