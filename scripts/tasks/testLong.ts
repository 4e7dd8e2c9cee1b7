// `npm run test:long [-- FILTER...]`: what takes too long for `npm test`. Every scenario of the failover test on every server, and Triad killed in every state of each.
// Options of vitest go to it: `-- -t "networkCut, promoted"` runs those alone.
import { performance } from 'node:perf_hooks';
import { showScript } from '../check/program.ts';
import { seconds } from '../check/step.ts';
import { runVitest } from '../check/vitest.ts';

const args = process.argv.slice(2);
const preparations = [
  ['scripts/redis/cli.ts', 'ensure'],
  ['scripts/practice/cli.ts', 'prepare'],
  ['scripts/windows-service/cli.ts', 'ensure'],
] as const;

let isPrepared = true;
for (const [file, option] of preparations) isPrepared &&= (await showScript(file, [option])).code === 0;
if (!isPrepared) process.exitCode = 1;
else {
  const startedAt = performance.now();
  const { passed, failed, ran } = await runVitest('long', args, 'show');
  process.stdout.write(`\n${passed} passed, ${failed} failed after ${seconds(performance.now() - startedAt)}\n`);
  process.exitCode = failed === 0 && ran > 0 ? 0 : 1;
}
