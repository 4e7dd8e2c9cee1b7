import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { showTool } from './program.ts';
import type { TestCounts } from './vitest.ts';

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  /** Errors outside every test, such as a file that cannot be loaded. */
  errors: z.array(z.unknown()),
});

/**
 * Runs the end-to-end tests of the window, and shows Playwright's words as they come.
 * @param filters parts of paths of test files; none means all.
 */
export async function runPlaywright(filters: readonly string[]): Promise<Omit<TestCounts, 'output'>> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-tests-'));
  try {
    const report = join(folder, 'report.json');
    // The reporter's file is named by the environment, which reaches the tool through this process' own.
    process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = report;
    const { code } = await showTool('playwright', [
      'test',
      '--config=scripts/config/playwright.config.ts',
      '--reporter=list,json',
      ...filters,
    ]);
    const counted = countWindowTests(await readFile(report, 'utf8').catch(() => undefined));
    // It can fail although every test passed, for example when the display cannot be closed.
    return { ...counted, failed: code === 0 ? counted.failed : Math.max(counted.failed, 1) };
  } finally {
    delete process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'];
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param report Playwright's JSON report, undefined when it wrote none because it could not begin. */
export function countWindowTests(report: string | undefined): Omit<TestCounts, 'output'> {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0, ran: 0 };
  const { stats, errors } = reportSchema.parse(JSON.parse(report));
  const failed = stats.unexpected + stats.flaky + errors.length;
  return { passed: stats.expected, failed, skipped: stats.skipped, ran: stats.expected + failed };
}
