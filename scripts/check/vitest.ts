import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runTool, showTool } from './program.ts';

const reportSchema = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** What one run of vitest counted. */
export interface TestCounts {
  readonly passed: number;
  /** A file that could not be loaded counts as one, like an error outside every test. */
  readonly failed: number;
  readonly skipped: number;
  /** How many tests and broken files there were, without the skipped ones; none is never a success. */
  readonly ran: number;
  /** Vitest's words; empty when they were shown. */
  readonly output: string;
}

const projects = { unit: ['unit', 'window'], live: ['live'], long: ['long'] } as const;

/**
 * Runs the tests of one kind, see scripts/config/vitest.config.ts.
 * @param kind `unit`, which takes the window's in a browser's document along, `live`, or `long`, which `npm test` leaves out.
 * @param args file filters and options for vitest, as from the command line.
 * @param words whether vitest's words are shown as they come, or collected.
 */
export async function runVitest(kind: 'unit' | 'live' | 'long', args: readonly string[], words: 'show' | 'collect'): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-tests-'));
  try {
    const report = join(folder, 'report.json');
    const run = words === 'show' ? showTool : runTool;
    const { code, output } = await run('vitest', [
      'run',
      '--config=scripts/config/vitest.config.ts',
      ...projects[kind].map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ]);
    const counted = countTests(await readFile(report, 'utf8').catch(() => undefined));
    // It can fail although every test passed, for example by a rejection that nobody handled.
    const failed = code !== 0 && counted.ran > 0 ? Math.max(counted.failed, 1) : counted.failed;
    return { ...counted, failed, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param report vitest's JSON report, undefined when it wrote none because it ran nothing. */
export function countTests(report: string | undefined): Omit<TestCounts, 'output'> {
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0, ran: 0 };
  const { numPassedTests, numPendingTests, numTodoTests, testResults } = reportSchema.parse(JSON.parse(report));
  const failedTests = testResults.flatMap((file) => file.assertionResults).filter((test) => test.status === 'failed').length;
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = failedTests + brokenFiles.length;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, ran: numPassedTests + failed };
}
