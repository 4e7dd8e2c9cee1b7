import type { TestContext } from 'vitest';
import { TestCluster } from './testCluster.ts';

/** Starts real nodes for one test; they are ended and removed when it is over. Safe for concurrent tests: each ends only its own. */
export async function startFor(test: TestContext, options?: Parameters<typeof TestCluster.start>[0]): Promise<TestCluster> {
  const cluster = await TestCluster.start(options);
  test.onTestFinished(() => cluster.stop());
  return cluster;
}
