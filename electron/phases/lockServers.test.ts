import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Host } from '../hosts/host.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { lockServers } from './lockServers.ts';
import type { RunContext } from './runContext.ts';

/** Which lock a run of this cluster takes on its server, and what becomes of the run when somebody has it. */
async function lockOf(
  cluster: string,
  held = 'eve@laptop, run 7, as a',
): Promise<{ readonly script: string; readonly code: string; readonly holder: unknown }> {
  let script = '';
  const running = { waitForLine: () => Promise.resolve(`TRIAD-HELD ${held}`) };
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
    lost: new Map(),
    hosts: new Map([['a', { shell } as unknown as Host]]),
    locks: [],
  } as unknown as RunContext;
  const error: unknown = await lockServers.run(context, 'a').catch((reason: unknown) => reason);
  const failure = error instanceof FailureError ? error.failure : null;
  return { script, code: failure?.code ?? 'none', holder: failure?.values['holder'] };
}

test('two clusters on one server take the same lock: what they share is changed by one run at a time', async () => {
  const [first, second] = [await lockOf('first'), await lockOf('second')];
  expect(first.script).toContain("'/run/triad.lock'");
  expect(second.script).toBe(first.script);
  expect(first).toMatchObject({ code: 'host.lockHeld', holder: 'eve@laptop, run 7, as a' });
});

test('changes that go on without their run are told in words', async () => {
  expect((await lockOf('first', 'TRIAD-EARLIER')).holder).toBe(
    'the changes of an earlier run whose connection was lost are still going on',
  );
});

test('a batch that still goes on without its connection is waited for, then told; the reservation is given back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-reserve-'));
  const lock = join(folder, 'triad.lock');
  const { script } = await lockOf('first');
  const here = script.replace('/run/triad.lock', lock).replace('</etc', `<${folder}`).replace('patience=60', 'patience=1');
  const reserve = async (): Promise<string> => {
    const child = spawn('/bin/sh', ['-c', here], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write('adam@desk, run 8, as a\n');
    // The run that waits keeps its side open until it is told.
    const told = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    child.stdin.end();
    await ended;
    return told;
  };

  const batch = spawn('flock', [folder, 'sh', '-c', 'echo held; read -r word'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    batch.stdin.destroy();
    rmSync(folder, { recursive: true });
  });
  await new Promise((resolve) => batch.stdout.once('data', resolve));
  expect(await reserve()).toBe('TRIAD-HELD TRIAD-EARLIER\n');
  expect(existsSync(lock)).toBe(false);

  const ended = new Promise((resolve) => batch.once('close', resolve));
  batch.stdin.end();
  await ended;
  expect(await reserve()).toBe('TRIAD-LOCKED\n');
  expect(existsSync(lock)).toBe(false);
});

test('a lock that is held and not signed yet is looked at again: who holds it is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-reserve-'));
  const lock = join(folder, 'triad.lock');
  const { script } = await lockOf('first');
  const sign = 'echo held; read -r word; echo "eve@laptop, run 7, as a" > "$0"; read -r word';
  const holder = spawn('flock', [lock, 'sh', '-c', sign, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    holder.stdin.destroy();
    rmSync(folder, { recursive: true });
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const child = spawn('/bin/sh', ['-c', script.replace('/run/triad.lock', lock)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('adam@desk, run 8, as a\n');
  const told = new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  // Signed only when the other one has tried the lock.
  const hasTried = (): string => {
    try {
      return readlinkSync(`/proc/${child.pid}/fd/9`);
    } catch {
      return '';
    }
  };
  await expect.poll(hasTried, { interval: 5 }).toBe(lock);
  holder.stdin.write('now\n');
  expect(await told).toBe('TRIAD-HELD eve@laptop, run 7, as a\n');
  child.stdin.end();
});
