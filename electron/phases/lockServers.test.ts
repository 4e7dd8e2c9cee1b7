import { expect, test } from 'vitest';
import type { Host, LockOutcome } from '../hosts/host.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { lockServers } from './lockServers.ts';
import type { RunContext } from './runContext.ts';

/** What becomes of a run on its server when this comes of its lock. */
async function lockWith(
  outcome: LockOutcome,
): Promise<{ readonly asked: readonly string[]; readonly locks: readonly unknown[]; readonly code: string; readonly values: unknown }> {
  const asked: string[] = [];
  const holdLock: Host['holdLock'] = (holder) => {
    asked.push(holder);
    return Promise.resolve(outcome);
  };
  const context = {
    operator: 'adam@desk',
    runId: '8',
    signal: new AbortController().signal,
    lost: new Map(),
    hosts: new Map([['a', { holdLock } as unknown as Host]]),
    locks: [],
  } as unknown as RunContext;
  const error: unknown = await lockServers.run(context, 'a').catch((reason: unknown) => reason);
  const failure = error instanceof FailureError ? error.failure : null;
  return { asked, locks: context.locks, code: failure?.code ?? 'none', values: failure?.values };
}

test('a server is reserved under the name of the run, until the run ends', async () => {
  const lock = { end: () => Promise.resolve() };
  expect(await lockWith({ kind: 'taken', lock })).toMatchObject({ asked: ['adam@desk, run 8, as a'], locks: [lock], code: 'none' });
});

test('who holds it is told', async () => {
  expect(await lockWith({ kind: 'held', holder: 'eve@laptop, run 7, as a' })).toMatchObject({
    code: 'host.lockHeld',
    values: { server: 'a', holder: 'eve@laptop, run 7, as a' },
    locks: [],
  });
});

test('a run that has met itself is told which servers are one machine', async () => {
  expect(await lockWith({ kind: 'held', holder: 'adam@desk, run 8, as b' })).toMatchObject({
    code: 'host.sameMachine',
    values: { server: 'a', other: 'b' },
  });
});

test('changes that go on without their run are told in words', async () => {
  expect(await lockWith({ kind: 'earlierBatch' })).toMatchObject({
    code: 'host.lockHeld',
    values: { holder: 'the changes of an earlier run whose connection was lost are still going on' },
  });
});
