import { describe, expect, test } from 'vitest';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import { serverLost } from './testing/faultOf.ts';
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
      'kill triad-sessions-7000 triad-sessions-7001',
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

test('a fault that is not undone yet is not healed', async () => {
  const { host, helper } = await startFakeHost();
  helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
  helper.replies.set('undo now', { code: 0, stdout: '{"services":[],"rules":0,"rulesError":0,"ended":false}' });
  expect((await failureFrom(host.faults.heal(serverLost([UNIT])))).code).toBe('host.commandFailed');
  helper.replies.set('undo now', { code: 1, stdout: '{"services":[],"rules":1,"rulesError":1,"ended":false}' });
  expect((await failureFrom(host.faults.heal(serverLost([UNIT])))).code).toBe('host.commandFailed');
});
