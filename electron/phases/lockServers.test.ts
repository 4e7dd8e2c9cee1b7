import { expect, test } from 'vitest';
import type { Host } from '../hosts/host.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { lockServers } from './lockServers.ts';
import type { RunContext } from './runContext.ts';

/** Which lock a run of this cluster takes on its server, and what becomes of the run when somebody has it. */
async function lockOf(cluster: string): Promise<{ readonly script: string; readonly code: string }> {
  let script = '';
  const running = { waitForLine: () => Promise.resolve('TRIAD-HELD eve@laptop, run 7, as a') };
  const shell = {
    start: (asked: { readonly script: string }) => {
      script = asked.script;
      return Promise.resolve(running);
    },
  };
  const context = {
    plan: { cluster },
    operator: 'adam@desk',
    runId: '8',
    signal: new AbortController().signal,
    hosts: new Map([['a', { shell } as unknown as Host]]),
    locks: [],
  } as unknown as RunContext;
  const error: unknown = await lockServers.run(context, 'a').catch((reason: unknown) => reason);
  return { script, code: error instanceof FailureError ? error.failure.code : 'none' };
}

test('two clusters on one server take the same lock: what they share is changed by one run at a time', async () => {
  const [first, second] = [await lockOf('first'), await lockOf('second')];
  expect(first.script).toContain("'/run/triad.lock'");
  expect(second.script).toBe(first.script);
  expect(first.code).toBe('host.lockHeld');
});
