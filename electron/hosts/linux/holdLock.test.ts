import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { LockOutcome } from '../host.ts';
import { holdLock } from './holdLock.ts';
import type { HostShell } from './hostShell.ts';

/** What comes of a lock on a server whose script answers this, and the script and its input. */
async function take(
  answer: string,
): Promise<{ readonly outcome: LockOutcome; readonly script: string; readonly input: string; readonly did: readonly string[] }> {
  let script = '';
  let input = '';
  const did: string[] = [];
  const running = {
    waitForLine: (isIt: (line: string) => boolean) =>
      isIt(answer) ? Promise.resolve(answer) : Promise.reject(new Error('it waits for another line')),
    write: (bytes: string) => did.push(`beat ${bytes}`),
    end: () => {
      did.push('end');
      return Promise.resolve();
    },
  };
  const shell = {
    start: (asked: { readonly script: string; readonly input?: readonly Uint8Array[] }) => {
      ({ script } = asked);
      input = Buffer.concat(asked.input ?? []).toString('utf8');
      return Promise.resolve(running);
    },
  } as unknown as HostShell;
  return { outcome: await holdLock(shell, 'adam@desk, run 8, as a', {}), script, input, did };
}

async function lockScript(): Promise<string> {
  return (await take('TRIAD-HELD x')).script;
}

test('two clusters on one server take the same lock: what they share is changed by one run at a time', async () => {
  expect(await take('TRIAD-HELD eve@laptop, run 7, as a')).toMatchObject({
    outcome: { kind: 'held', holder: 'eve@laptop, run 7, as a' },
    input: 'adam@desk, run 8, as a\n',
    script: expect.stringContaining("'/run/triad.lock'") as unknown,
  });
});

test('changes that go on without their run are told apart from another run', async () => {
  expect((await take('TRIAD-HELD TRIAD-EARLIER')).outcome).toEqual({ kind: 'earlierBatch' });
});

test('a lock that was taken beats until it is ended', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { outcome, did } = await take('TRIAD-LOCKED');
  if (outcome.kind !== 'taken') throw new Error('it was not taken');
  vi.advanceTimersByTime(9000);
  await outcome.lock.end();
  vi.advanceTimersByTime(9000);
  expect(did).toEqual(['beat .', 'beat .', 'end']);
});

test('a batch that still goes on without its connection is waited for, then told; the reservation is given back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-reserve-'));
  const lock = join(folder, 'triad.lock');
  const script = await lockScript();
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
  const script = await lockScript();
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
