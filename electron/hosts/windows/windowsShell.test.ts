import { afterEach, describe, expect, test } from 'vitest';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import type { SshConnection } from '../ssh/sshConnection.ts';
import { connectFake, startFakeWindows, type FakeWindows, type FakeWindowsOptions } from './testing/fakeWindows.ts';
import { lastJsonLine } from './decodeOutput.ts';
import { createWindowsShell, programFailure, type WindowsShell } from './windowsShell.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function shellOf(options: FakeWindowsOptions): Promise<{ shell: WindowsShell; fake: FakeWindows; connection: SshConnection }> {
  const fake = await startFakeWindows(options);
  opened.push(() => fake.ssh.stop());
  const connection = await connectFake(fake);
  opened.push(() => connection.close());
  return { shell: createWindowsShell('win-1', connection), fake, connection };
}

describe.each(['cmd', 'powershell'] as const)('through %s', (defaultShell) => {
  test('a program gets its arguments and its input, and its outputs come back behind a login message', async () => {
    const { shell } = await shellOf({
      defaultShell,
      greeting: 'Authorised users only!\r\n{press any key}\r\n',
      onCall: async ({ program, args, ...call }) => ({
        code: 0,
        stdout: `${JSON.stringify({ program, args, input: await call.input() })}\r\n`,
        stderr: 'note',
      }),
    });
    const args = ['observe', 'C:\\with blank\\x', '10.0.0.1:7000=-', '(OI)'];
    const result = await shell.run({
      step: 'observe',
      program: '.triad\\triad-service-0a1b2c3d.exe',
      args,
      input: ['path\tC:\\é\n', '\n'],
    });
    expect([result.code, result.stderr, lastJsonLine(result.stdout)]).toEqual([
      0,
      'note',
      { program: 'triad-service-0a1b2c3d.exe', args, input: 'path\tC:\\é\n\n' },
    ]);
    expect(result.firstOutputAtMs).toBeGreaterThanOrEqual(result.sentAtMs);
  });

  test('a program that is not there is an exit code like any other', async () => {
    const { shell } = await shellOf({ defaultShell });
    const result = await shell.run({ step: 'x', program: 'nosuch.exe', args: [] });
    expect(result.code).toBe(defaultShell === 'cmd' ? 9009 : 1);
  });
});

test.each([1060, 9009, 0xc0000135, 0xffffffff])('the exit code %d arrives whole', async (code) => {
  const { shell } = await shellOf({ onCall: () => ({ code }) });
  const result = await shell.run({ step: 'x', program: 'sc.exe', args: [] });
  expect(result.code).toBe(code);
  expect(programFailure('win-1', 'x', result).failure).toMatchObject({
    code: 'host.commandFailed',
    values: { step: 'x', server: 'win-1', code },
  });
});

test('an error of PowerShell is the evidence, not its XML', async () => {
  const stderr = '#< CLIXML\r\n<Objs Version="1.1.0.1"><S S="Error">Access is denied_x000D__x000A_</S></Objs>';
  const { shell } = await shellOf({ onCall: () => ({ code: 1, stdout: 'so far', stderr }) });
  const result = await shell.run({ step: 'x', program: 'powershell.exe', args: [] });
  expect(programFailure('win-1', 'x', result).failure.evidence).toBe('Access is denied');
});

test('a channel that never closes is given up at the deadline, and its place is free again', async () => {
  const { shell, connection } = await shellOf({
    onCall: ({ program, channel }) => {
      if (program !== 'hangs.exe') return { code: 0 };
      channel.write('still here');
      return 'held';
    },
  });
  const hang = (deadlineMs: number): Promise<unknown> => shell.run({ step: 'probe', program: 'hangs.exe', args: [] }, { deadlineMs });
  const failure = await failureFrom(hang(1500));
  expect(failure).toMatchObject({ code: 'host.commandTimedOut', values: { step: 'probe' }, evidence: 'still here', retryable: true });
  // More than a connection has places for.
  const more = await Promise.all(Array.from({ length: 12 }, () => failureFrom(hang(300))));
  expect(new Set(more.map(({ code }) => code))).toEqual(new Set(['host.commandTimedOut']));
  expect((await shell.run({ step: 'x', program: 'whoami.exe', args: [] })).code).toBe(0);
  expect(connection.lostFailure()).toBeNull();
});

test('an abort of the caller and too much output end a call', async () => {
  const { shell } = await shellOf({
    onCall: ({ program, channel }) => {
      if (program === 'much.exe') channel.write(Buffer.alloc(2000, 'x'));
      return 'held';
    },
  });
  const controller = new AbortController();
  const call = shell.run({ step: 'x', program: 'hangs.exe', args: [] }, { signal: controller.signal });
  controller.abort();
  expect((await failureFrom(call)).code).toBe('run.aborted');
  expect(await failureFrom(shell.run({ step: 'x', program: 'much.exe', args: [] }, { maxBytes: 1000 }))).toMatchObject({
    code: 'host.commandFailed',
    values: { code: '> 1000 B' },
  });
});

test('a channel that ends without an exit code tells of a lost connection', async () => {
  const { shell } = await shellOf({
    onCall: ({ channel }) => {
      channel.end();
      channel.close();
      return 'held';
    },
  });
  expect((await failureFrom(shell.run({ step: 'x', program: 'a.exe', args: [] }))).code).toBe('ssh.connectionLost');
});

test('a line that cmd would refuse never leaves', async () => {
  const { shell, fake } = await shellOf({});
  await expect(shell.run({ step: 'x', program: 'a.exe', args: ['b'.repeat(8200)] })).rejects.toThrow('cmd takes');
  expect(fake.ssh.commands).toEqual([]);
});

describe('a program that goes on', () => {
  test('is waited for by its lines, and ends with its input', async () => {
    const { shell } = await shellOf({
      greeting: 'hello\r\n',
      onCall: async ({ channel, ...call }) => {
        channel.write('{"ready":');
        channel.write('true}\r\n{"par');
        await call.input();
        channel.write('tial":1}\r\n');
        return { code: 0, stdout: '{"accepted":2}\r\n' };
      },
    });
    const running = await shell.start({ step: 'listen', program: 'a.exe', args: ['listen'] });
    expect(await running.waitForLine((line) => line.startsWith('{'))).toBe('{"ready":true}');
    const result = await running.end();
    expect([result.code, lastJsonLine(result.stdout)]).toEqual([0, { accepted: 2 }]);
  });

  test('and ends without the line fails with its code; one that does not come in time is stopped waiting for', async () => {
    const { shell } = await shellOf({ onCall: ({ program }) => (program === 'a.exe' ? { code: 5, stderr: 'no' } : 'held') });
    const ended = await shell.start({ step: 'listen', program: 'a.exe', args: [] });
    expect(await failureFrom(ended.waitForLine(() => true))).toMatchObject({
      code: 'host.commandFailed',
      values: { code: 5 },
      evidence: 'no',
    });
    const silent = await shell.start({ step: 'listen', program: 'b.exe', args: [] });
    expect((await failureFrom(silent.waitForLine(() => true, { deadlineMs: 50 }))).code).toBe('host.commandTimedOut');
    expect((await failureFrom(silent.end({ deadlineMs: 50 }))).code).toBe('host.commandTimedOut');
  });

  test('rejects its end when the connection is lost', async () => {
    const { shell, fake } = await shellOf({ onCall: () => 'held' });
    const running = await shell.start({ step: 'lock', program: 'a.exe', args: [] });
    fake.ssh.cut();
    expect((await failureFrom(running.ended)).code).toBe('ssh.connectionLost');
  });
});
