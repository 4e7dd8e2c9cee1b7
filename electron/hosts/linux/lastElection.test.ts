import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { HostShell } from './hostShell.ts';
import { lastElectionAgoMs } from './lastElection.ts';

const run = promisify(execFile);

/** Redis writes local time: `23 Nov 2026 01:06:19.123`. */
function stamp(at: Date): string {
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][at.getMonth()] ?? '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  return `${two(at.getDate())} ${month} ${at.getFullYear()} ${time}`;
}

/** How long ago the node was elected, as a server with this log tells; the script really runs. */
async function agoWith(log: string | null): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'triad-election-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const logFile = join(folder, 'redis.log');
  if (log !== null) writeFileSync(logFile, log);
  const shell = { run: async ({ script }: { readonly script: string }) => run('sh', ['-c', script]) } as unknown as HostShell;
  return lastElectionAgoMs(shell, logFile);
}

test('the newest election in the log counts', async () => {
  const at = (agoMs: number): string => stamp(new Date(Date.now() - agoMs));
  const agoMs = await agoWith(
    [
      `123:S ${at(90_000)} * Starting a failover election for epoch 7.`,
      `123:S ${at(8000)} # Starting a failover election for epoch 8.`,
      `123:S ${at(7990)} * Failover election won: I'm the new master.`,
      `123:M ${at(1000)} * Synchronization with replica succeeded`,
      '',
    ].join('\n'),
  );
  expect(agoMs).toBeGreaterThanOrEqual(8000);
  expect(agoMs).toBeLessThan(30_000);
});

test.each([
  ['no election', '123:M 23 Nov 2026 01:06:19.123 * Ready to accept connections\n'],
  ['nothing', ''],
])('a log with %s forbids nothing', async (_name, log) => {
  expect(await agoWith(log)).toBeNull();
});

test('neither does a log that is not there', async () => {
  expect(await agoWith(null)).toBeNull();
});
