import { describe, expect, test } from 'vitest';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import { networkCut, serverLost } from './testing/faultOf.ts';
import { startFakeHost } from './testing/fakeHost.ts';

const UNIT = 'triad-sessions-7000';

describe('a fault', () => {
  const fault = serverLost([UNIT, 'triad-sessions-7001']);

  test('is prepared with its undo on the server, injected and healed', async () => {
    const { host, helper, fake } = await startFakeHost();
    for (const service of fault.services)
      helper.services.set(service, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
    await host.faults.prepare(fault);
    await host.faults.inject(fault);
    expect(helper.services.get(UNIT)?.state).toBe('paused');
    await host.faults.heal(fault);
    expect(helper.services.get(UNIT)?.state).toBe('running');
    const verbs = fake.calls.filter((call) => !call.endsWith(' acl -')).map((call) => call.slice(call.indexOf(' ') + 1));
    expect(verbs).toEqual([
      'undo install 120 triad-heal-sessions triad-sessions-7000 triad-sessions-7001',
      'kill triad-heal-sessions triad-sessions-7000 triad-sessions-7001',
      'undo now triad-heal-sessions',
      'start triad-sessions-7000 75000',
      'start triad-sessions-7001 75000',
      'status triad-sessions-7000 triad-sessions-7001',
    ]);
  });

  test('is not injected where its undo cannot be placed, and healing tells of a node that stays down', async () => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('undo install', { code: 1072, stdout: '{"error":1072,"at":"CreateServiceW","detail":"x"}' });
    expect((await failureFrom(host.faults.prepare(fault))).code).toBe('host.serviceBeingDeleted');
    helper.replies.set('start', { code: 0, stdout: JSON.stringify({ name: UNIT, state: 'running', changed: true }) });
    helper.services.set(UNIT, { state: 'stopped', startType: 'auto', exitCode: 1066, definition: '', pid: 0 });
    expect(await failureFrom(host.faults.heal(fault))).toMatchObject({ code: 'host.serviceFailed', values: { unit: UNIT, state: 1066 } });
  });
});

/** The words of every call, without the program's path. */
function wordsOf(calls: readonly string[]): readonly string[] {
  return calls.filter((call) => !call.endsWith(' acl -')).map((call) => call.slice(call.indexOf(' ') + 1));
}

test.each([
  ['restarted', 'crash'],
  ['frozen', 'freeze'],
] as const)('a process that is %s: its service is left alone', async (kind, verb) => {
  const { host, fake } = await startFakeHost();
  await host.faults.prepare(serverLost([UNIT], kind));
  await host.faults.inject(serverLost([UNIT], kind));
  expect(wordsOf(fake.calls)).toEqual([`undo install 120 triad-heal-sessions ${UNIT}`, `${verb} triad-heal-sessions ${UNIT}`]);
});

test('a cut: the undo stands before its rules, these before the fault, and the fault is one command', async () => {
  const netsh: string[] = [];
  const { host, fake, helper } = await startFakeHost({
    onCall: (call) => {
      if (!call.program.endsWith('netsh.exe')) return Promise.resolve(null);
      netsh.push(call.args.join(' '));
      // There is nothing to delete.
      return Promise.resolve({ code: call.args.includes('delete') ? 1 : 0 });
    },
  });
  const fault = networkCut([UNIT], 'both');
  helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
  await host.faults.prepare(fault);
  expect(netsh.map((line) => line.split(' ')[2])).toEqual(['delete', 'add', 'add']);
  expect(netsh.join()).not.toContain('enable=yes');
  expect(wordsOf(fake.calls)[0]).toBe(`undo install 120 triad-heal-sessions ${UNIT}`);
  await host.faults.inject(fault);
  expect(netsh.slice(3)).toEqual(['advfirewall firewall set rule name=triad-fault:sessions new enable=yes']);
  expect(wordsOf(fake.calls)).toContain('status triad-heal-sessions');
  await host.faults.heal(fault);
  expect(wordsOf(fake.calls).slice(-3)).toEqual(['undo now triad-heal-sessions', `start ${UNIT} 75000`, `status ${UNIT}`]);
});

test('a cut that comes when its undo has been used is not made', async () => {
  const netsh: string[] = [];
  const { host, helper } = await startFakeHost({
    onCall: (call) => {
      if (!call.program.endsWith('netsh.exe')) return Promise.resolve(null);
      netsh.push(call.args.join(' '));
      return Promise.resolve({ code: 0 });
    },
  });
  const fault = networkCut([UNIT], 'both');
  await host.faults.prepare(fault);
  helper.services.delete('triad-heal-sessions');
  expect(await failureFrom(host.faults.inject(fault))).toMatchObject({
    code: 'host.commandFailed',
    evidence: 'triad-heal-sessions: missing',
  });
  helper.services.set('triad-heal-sessions', { state: 'stopPending', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
  expect((await failureFrom(host.faults.inject(fault))).code).toBe('host.commandFailed');
  expect(netsh.join()).not.toContain('enable=yes');
});

test.each(['killed', 'restarted', 'frozen'] as const)(
  'a process is not %s by a fault that comes when its undo has been used',
  async (kind) => {
    const { host, helper } = await startFakeHost();
    const fault = serverLost([UNIT], kind);
    helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
    await host.faults.prepare(fault);
    await host.faults.heal(fault);
    expect(await failureFrom(host.faults.inject(fault))).toMatchObject({
      code: 'host.commandFailed',
      evidence: 'undo 1060 triad-heal-sessions',
    });
    expect(helper.services.get(UNIT)?.state).toBe('running');
  },
);

test('a fault that is not undone yet is not healed', async () => {
  const { host, helper } = await startFakeHost();
  helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
  helper.replies.set('undo now', { code: 0, stdout: '{"services":[],"rules":0,"rulesError":0,"ended":false}' });
  expect((await failureFrom(host.faults.heal(serverLost([UNIT])))).code).toBe('host.commandFailed');
  helper.replies.set('undo now', { code: 1, stdout: '{"services":[],"rules":1,"rulesError":1,"ended":false}' });
  expect((await failureFrom(host.faults.heal(serverLost([UNIT])))).code).toBe('host.commandFailed');
});
