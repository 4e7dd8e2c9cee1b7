// `npm test [-- FILTER...]`: sets up what the tests need, then checks and tests everything. With a file filter (a part of a path) or
// options of vitest, only the tests that match, and only the preparation that these need.
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { busyShare } from '../check/busyShare.ts';
import { runPlaywright } from '../check/playwright.ts';
import { root, showScript } from '../check/program.ts';
import { sourceFiles } from '../check/sourceFiles.ts';
import { staticSteps, staticStepsAtOnce } from '../check/staticSteps.ts';
import { renderSteps, runSteps, seconds } from '../check/step.ts';
import { runVitest } from '../check/vitest.ts';

const args = process.argv.slice(2);
const filters = args.filter((arg) => !arg.startsWith('-'));
const everything = args.length === 0;
const total = { passed: 0, failed: 0 };

/** What the name of a test file tells about what it needs. */
const kinds = { window: /\.spec\.ts$/u, live: /\.live\.test\.tsx?$/u, unit: /(?<!\.live|\.long)\.test\.tsx?$/u } as const;

/** Whether a test file of this kind matches the filters; vitest and Playwright fail when none does. */
function hasTests(kind: keyof typeof kinds): boolean {
  return sourceFiles(root).some(
    (file) => kinds[kind].test(file) && (filters.length === 0 || filters.some((filter) => file.includes(filter.replace(/^\.\//u, '')))),
  );
}

async function runTests(kind: keyof typeof kinds): Promise<boolean> {
  if (!hasTests(kind)) {
    process.stdout.write(everything ? `There is no ${kind} test.\n` : `No ${kind} test matches.\n`);
    return !everything;
  }
  const counts = kind === 'window' ? await runPlaywright(filters) : await runVitest(kind, args, 'show');
  const { passed, failed, skipped, ran } = counts;
  total.passed += passed;
  total.failed += failed;
  // A filter by name (-t) skips the others by its nature.
  if (everything && skipped > 0) process.stdout.write(`${skipped} tests were skipped, which no test may be.\n`);
  return failed === 0 && (everything ? skipped === 0 && ran > 0 : ran > 0 || skipped > 0);
}

async function prepare(file: string, ...options: readonly string[]): Promise<boolean> {
  if (existsSync(join(root, file))) return (await showScript(file, options)).code === 0;
  process.stdout.write(`${file} does not exist in this checkout: nothing to prepare.\n`);
  return true;
}

async function runStaticSteps(): Promise<boolean> {
  const finished = await runSteps(staticSteps, staticStepsAtOnce);
  process.stdout.write(renderSteps(finished));
  return finished.every((step) => step.ok);
}

// The journeys through the window install on practice servers, too.
const withServers = everything || hasTests('live') || hasTests('window');
const sections: readonly (readonly [title: string, wanted: boolean, run: () => Promise<boolean>])[] = [
  ['Redis bundle', withServers, () => prepare('scripts/redis/cli.ts', 'ensure')],
  ['Practice servers: prerequisites', withServers, () => prepare('scripts/practice/cli.ts', 'prepare')],
  // Plans for Windows servers hold it.
  ['Windows helper', true, () => prepare('scripts/windows-service/cli.ts', 'ensure')],
  ['Static checks', everything, runStaticSteps],
  ['Unit tests', true, () => runTests('unit')],
  ['Live tests', true, () => runTests('live')],
  ['Window tests', true, () => runTests('window')],
];

let passed = true;
for (const [title, wanted, run] of sections) {
  if (!wanted || !passed) continue;
  process.stdout.write(`\n== ${title}\n`);
  const startedAt = performance.now();
  const processors = cpus();
  passed = await run();
  const took = seconds(performance.now() - startedAt);
  process.stdout.write(`== ${title}: ${passed ? 'ok' : 'FAILED'} after ${took}, ${busyShare(processors, cpus())}\n`);
}
if (total.passed + total.failed === 0) {
  if (passed) process.stdout.write('\nNo test ran.\n');
  passed = false;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = passed ? 0 : 1;
