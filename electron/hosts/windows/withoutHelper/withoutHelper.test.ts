import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Change, ServiceRegistration } from '../../../shared/domain/change.ts';
import { message } from '../../../shared/messages/message.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import { accessFrom } from '../accessList.ts';
import { keyOf } from '../testing/fakeFiles.ts';
import { sendReply, type FakeReply } from '../testing/fakeWindows.ts';
import { scriptAnswer } from '../testing/fakeScripts.ts';
import { observeNothing } from '../testing/fakeHost.ts';
import { startFakeWithoutHelper, type FakeLanguage } from '../testing/fakeWithoutHelper.ts';
import { serverLost } from '../testing/faultOf.ts';

const UNIT = 'triad-sessions-7000';
const ACCOUNT = `NT SERVICE\\${UNIT}`;
const ROOT = 'C:\\Triad';
const NODE = `${ROOT}\\7000`;
const CONF = `${NODE}\\redis.conf`;
const PROGRAM = `${ROOT}\\memurai.exe`;
const BYTES = Buffer.from('MZ memurai');

const registration: ServiceRegistration = {
  imagePath: `${PROGRAM} --service-run ${CONF} --service-name ${UNIT}`,
  display: 'Redis node 7000 of the cluster sessions (Triad)',
  description: 'Node server-1:7000 of the Redis Cluster sessions, managed by Triad.',
  account: ACCOUNT,
  dependsOn: 'Tcpip',
  restartPausesMs: [5000, 15_000, 60_000],
};

const admins = { owner: 'Administrators', group: 'Administrators' } as const;
const conf = (content: string, action: 'create' | 'replace'): Change => ({
  kind: 'file',
  id: `file:${CONF}`,
  path: CONF,
  owner: 'Administrators',
  group: ACCOUNT,
  mode: 0o640,
  content,
  holdsSecret: false,
  action,
  diff: null,
  purpose: message('change.purpose.sysctl'),
});
const service = (action: 'enableAndStart' | 'start' | 'restart' | 'enable'): Change => ({
  kind: 'service',
  id: 's',
  unit: UNIT,
  action,
  definition: { path: CONF, program: PROGRAM, registration },
});
const sha256 = createHash('sha256').update(BYTES).digest('hex');
const INSTALL: readonly Change[] = [
  { kind: 'folder', id: 'f1', path: ROOT, ...admins, mode: 0o755, exists: false },
  { kind: 'folder', id: 'f2', path: NODE, owner: ACCOUNT, group: ACCOUNT, mode: 0o750, exists: false },
  { kind: 'binary', id: 'b', path: PROGRAM, mode: 0o755, sha256, sizeBytes: BYTES.length },
  conf('port 7000\n', 'create'),
  service('enableAndStart'),
];
const PAYLOAD = new Map<string, Uint8Array>([['b', gzipSync(BYTES)]]);

describe.each(['cmd', 'powershell'] as const)('a server whose policy blocks the helper, through %s', (defaultShell) => {
  test('is installed by the programs of Windows: folders and files with their lists, and the service as it is wanted', async () => {
    const { host, helper, services, fake } = await startFakeWithoutHelper({ defaultShell });
    expect((await host.apply(INSTALL, PAYLOAD)).map(({ outcome }) => outcome)).toEqual(INSTALL.map(() => 'done'));
    const listOf = (path: string, kind: 'file' | 'folder'): unknown => accessFrom(helper.access.get(keyOf(path)) ?? '', kind, [UNIT]);
    expect([listOf(ROOT, 'folder'), listOf(NODE, 'folder'), listOf(PROGRAM, 'file'), listOf(CONF, 'file')]).toEqual([
      { ...admins, mode: 0o755 },
      { owner: ACCOUNT, group: ACCOUNT, mode: 0o750 },
      { ...admins, mode: 0o755 },
      { owner: 'Administrators', group: ACCOUNT, mode: 0o640 },
    ]);
    expect([helper.files.get(CONF)?.toString(), helper.files.get(PROGRAM)?.equals(BYTES)]).toEqual(['port 7000\n', true]);
    expect([...helper.files.entries.keys()].filter((key) => key.includes('.triad-stage') || key.endsWith('.ps1'))).toEqual([]);
    expect(services.get(UNIT)).toEqual({
      state: 4,
      exitCode: 1077,
      settings: {
        'binPath=': registration.imagePath,
        'start=': 'delayed-auto',
        'obj=': ACCOUNT,
        'DisplayName=': registration.display,
        'depend=': 'Tcpip',
        description: registration.description,
        failure: 'reset= 86400 actions= restart/5000/restart/15000/restart/60000',
        failureflag: '1',
        sidtype: 'unrestricted',
      },
    });
    // Once it is known the connection goes the other way to its end; PowerShell hides the code that says it, so that there it takes two attempts.
    expect(fake.calls.filter((call) => call.startsWith('triad-service'))).toHaveLength(defaultShell === 'cmd' ? 1 : 2);
    // A second run finds the service and changes it, and does not start what runs.
    await host.apply([service('enable'), service('start')], new Map());
    expect(fake.calls.filter((call) => call.startsWith('sc.exe create'))).toHaveLength(1);
    expect(services.get(UNIT)?.state).toBe(4);
  });

  test('keeps what was there before once, and is removed to the last file', async () => {
    const { host, helper, services } = await startFakeWithoutHelper({ defaultShell });
    await host.apply(INSTALL, PAYLOAD);
    await host.apply([conf('port 7001\n', 'replace')], new Map());
    expect([helper.files.get(CONF)?.toString(), helper.files.get(`${CONF}.triad-before`)?.toString()]).toEqual([
      'port 7001\n',
      'port 7000\n',
    ]);
    const removal: readonly Change[] = [
      { kind: 'disableService', id: 'd', unit: UNIT },
      { kind: 'removeFolder', id: 'r1', path: NODE, withContents: true },
      { kind: 'removeFile', id: 'r2', path: PROGRAM },
      { kind: 'removeFolder', id: 'r3', path: ROOT, withContents: false },
    ];
    await host.apply(removal, new Map());
    expect([...helper.files.entries.keys()].filter((key) => key.startsWith('/c:/triad'))).toEqual([]);
    expect(services.size).toBe(0);
    // The same again finds nothing, and that is what was wanted.
    await host.apply(removal, new Map());
  });

  test.each([
    [1053, 'host.serviceFailed'],
    [1069, 'host.serviceFailed'],
    [5, 'host.accessDenied'],
  ])('error %d of a start is %s, whatever the shell makes of exit codes', async (code, failureCode) => {
    const { host, services, refusals } = await startFakeWithoutHelper({ defaultShell });
    services.set(UNIT, { state: 1, exitCode: 0, settings: {} });
    refusals.set(`start ${UNIT}`, code);
    expect((await failureFrom(host.apply([service('start')], new Map()))).code).toBe(failureCode);
  });

  test.each(['german', 'russian', 'chinese'] satisfies FakeLanguage[])('and which speaks %s: numbers decide', async (language) => {
    const { host, services, refusals } = await startFakeWithoutHelper({ defaultShell, language });
    // 1060 of a service that is not there, 1056 of one that runs, 1062 of one that does not.
    await host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], new Map());
    services.set(UNIT, { state: 4, exitCode: 0, settings: {} });
    await host.apply([service('start')], new Map());
    await host.apply([service('restart')], new Map());
    refusals.set(`delete ${UNIT}`, 1072);
    const failure = await failureFrom(host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], new Map()));
    expect([failure.code, failure.retryable]).toEqual(['host.serviceBeingDeleted', true]);
  });
});

describe('a service that Windows only marks for deletion', () => {
  const removed: readonly Change[] = [{ kind: 'disableService', id: 'd', unit: UNIT }];

  test('is waited for until it is gone', async () => {
    const { host, services } = await startFakeWithoutHelper();
    services.set(UNIT, { state: 1, exitCode: 0, settings: {}, looksLeft: 2 });
    await host.apply(removed, new Map());
    expect(services.size).toBe(0);
  });

  test('is told where it stays: its name cannot be used again', async () => {
    const { host, services } = await startFakeWithoutHelper();
    services.set(UNIT, { state: 1, exitCode: 0, settings: {}, looksLeft: Number.POSITIVE_INFINITY });
    expect(await failureFrom(host.apply(removed, new Map()))).toMatchObject({ code: 'host.serviceBeingDeleted', retryable: true });
  });
});

test('a service that ends before it runs is told with its code', async () => {
  const { host, services } = await startFakeWithoutHelper();
  services.set(UNIT, { state: 1, exitCode: 1067, settings: {} });
  expect(await failureFrom(host.apply([service('start')], new Map()))).toMatchObject({
    code: 'host.serviceFailed',
    values: { unit: UNIT, state: 1067 },
  });
});

test('settings that this Windows does not take are told, and the service works without them', async () => {
  const { host, refusals } = await startFakeWithoutHelper();
  refusals.set(`failureflag ${UNIT}`, 87);
  const outcomes = await host.apply(INSTALL, PAYLOAD);
  expect(outcomes.at(-1)?.evidence).toContain('failureFlag (Win32 87)');
});

test('a list that is not there after it was set counts as refused, and so does an upload that differs: nothing is moved', async () => {
  const { host, helper, answers } = await startFakeWithoutHelper();
  await host.apply(INSTALL, PAYLOAD);
  const open = 'O:BAG:BAD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FR;;;BU)';
  answers.set('setLists', scriptAnswer({ languageMode: 'FullLanguage', paths: [{ path: ROOT, error: 0, made: false, sddl: open }] }));
  const list: Change = { kind: 'folder', id: 'f', path: ROOT, ...admins, mode: 0o755, exists: true };
  expect((await failureFrom(host.apply([list], new Map()))).code).toBe('host.commandFailed');
  answers.clear();
  helper.files.onWritten = (path) => {
    if (path.includes('.triad-stage')) helper.files.put(path, 'cut');
  };
  expect((await failureFrom(host.apply([conf('port 7002\n', 'replace')], new Map()))).code).toBe('host.uploadCut');
  expect(helper.files.get(CONF)?.toString()).toBe('port 7000\n');
});

test('a file that another program goes on holding is told, and stays as it was', async () => {
  const { host, helper } = await startFakeWithoutHelper();
  await host.apply(INSTALL, PAYLOAD);
  helper.files.locked.add(keyOf(CONF));
  expect(await failureFrom(host.apply([conf('port 7001\n', 'replace')], new Map()))).toMatchObject({ code: 'host.fileLocked' });
  expect(helper.files.get(CONF)?.toString()).toBe('port 7000\n');
});

test('a link in a tree that is to be removed is refused', async () => {
  const { host, answers } = await startFakeWithoutHelper();
  answers.set('removeTree', scriptAnswer({ error: 4395, at: 'Get-ChildItem', detail: `${NODE}\\link` }));
  const change: Change = { kind: 'removeFolder', id: 'r', path: NODE, withContents: true };
  expect(await failureFrom(host.apply([change], new Map()))).toMatchObject({ evidence: `Get-ChildItem 4395 ${NODE}\\link` });
});

test("Triad's own program is not registered where it may not run, and faults are refused before anything happens", async () => {
  const { host, services, helper } = await startFakeWithoutHelper();
  helper.files.put(PROGRAM, BYTES);
  const wrapped: Change = { ...service('enableAndStart'), kind: 'service', definition: { path: CONF, program: PROGRAM } } as Change;
  expect((await failureFrom(host.apply([wrapped], new Map()))).code).toBe('host.programBlocked');
  services.set(UNIT, { state: 4, exitCode: 0, settings: {} });
  const fault = serverLost([UNIT]);
  expect((await failureFrom(host.faults.prepare(fault))).code).toBe('host.programBlocked');
  expect((await failureFrom(host.faults.inject(fault))).code).toBe('host.programBlocked');
  expect(services.get(UNIT)?.state).toBe(4);
  // Taking back what never happened is no failure: the services run.
  await host.faults.heal(fault);
});

describe('the lock', () => {
  test('is a file that PowerShell holds open, in a folder for administrators, and ends with its input', async () => {
    let ended = '';
    const { host, scripts } = await startFakeWithoutHelper({
      onScript: ({ name }, { channel, input }) => {
        if (name !== 'lock') return null;
        channel.write('{"locked":true}\r\n');
        void input().then((said) => {
          ended = said;
          sendReply(channel, scriptAnswer({ locked: true }));
        });
        return 'held';
      },
    });
    const outcome = await host.holdLock('ana');
    expect(scripts.at(-1)?.request).toEqual({ file: 'C:\\ProgramData\\Triad\\lock', holder: 'ana' });
    if (outcome.kind !== 'taken') throw new Error(outcome.kind);
    await outcome.lock.end();
    expect(ended).toBe('');
  });

  const folder = 'C:\\ProgramData\\Triad';
  const held: FakeReply = { code: 0, stdout: '{"locked":false,"holder":"bea"}\r\n' };
  const foreign = 'O:S-1-5-21-1-2-3-1001D:(A;;FA;;;WD)';

  test.each(['O:BAG:BAD:AI(A;;FA;;;BA)', foreign])(
    'is refused in a folder that holds anything else, owned by %s, and leaves it as it is',
    async (list) => {
      const { host, helper, scripts } = await startFakeWithoutHelper();
      helper.files.put(`${folder}\\licence.dat`, 'of another product');
      helper.access.set(keyOf(folder), list);
      expect(await failureFrom(host.holdLock('ana'))).toMatchObject({ code: 'host.foreignFolder', values: { path: folder } });
      expect(helper.access.get(keyOf(folder))).toBe(list);
      expect(scripts.some(({ name }) => name === 'lock')).toBe(false);
    },
  );

  test.each([
    ['a folder of somebody else', foreign, 'O:BAD:(A;;FA;;;BA)', false],
    ['a folder of administrators, a file of somebody else', 'O:BAD:(A;;FA;;;BA)', foreign, false],
    ['a folder and a file of administrators', 'O:BAD:(A;;FA;;;BA)', 'O:BAD:(A;;FA;;;BA)', true],
  ])('takes over %s: what somebody else could still change goes', async (_, ofFolder, ofFile, stays) => {
    const { host, helper } = await startFakeWithoutHelper({ onScript: ({ name }) => (name === 'lock' ? held : null) });
    helper.files.put(`${folder}\\lock`, 'bea');
    helper.access.set(keyOf(folder), ofFolder);
    helper.access.set(keyOf(`${folder}\\lock`), ofFile);
    await host.holdLock('ana');
    expect(accessFrom(helper.access.get(keyOf(folder)) ?? '', 'folder', [])).toEqual({ ...admins, mode: 0o700 });
    expect(helper.files.get(`${folder}\\lock`) !== undefined).toBe(stays);
  });

  test.each([false, null])('is refused where the folder, once closed, is not told to hold it alone (%s)', async (isEmpty) => {
    const sddl = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
    const { host, answers, scripts } = await startFakeWithoutHelper();
    answers.set(
      'setLists',
      scriptAnswer({ languageMode: 'FullLanguage', paths: [{ path: folder, error: 0, made: false, sddl, isEmpty }] }),
    );
    expect((await failureFrom(host.holdLock('ana'))).code).toBe('host.foreignFolder');
    expect(scripts.some(({ name }) => name === 'lock')).toBe(false);
  });

  test('that somebody else has is told with their name', async () => {
    const { host } = await startFakeWithoutHelper({
      onScript: ({ name }) => (name === 'lock' ? held : null),
    });
    expect(await host.holdLock('ana')).toEqual({ kind: 'held', holder: 'bea' });
  });

  test('needs .NET: where a policy closes it the server is refused by name', async () => {
    const { host } = await startFakeWithoutHelper({ languageMode: 'ConstrainedLanguage' });
    const failure = await failureFrom(host.holdLock('ana'));
    expect([failure.code, String(failure.values['reason'])]).toEqual([
      'host.unsupported',
      expect.stringContaining('ConstrainedLanguage') as unknown,
    ]);
  });
});

const fullLanguage = scriptAnswer({ languageMode: 'FullLanguage', version: '5.1', defender: null, defenderError: null });

test('the clock is asked of a PowerShell that runs already, where nothing limits it', async () => {
  const { host } = await startFakeWithoutHelper({
    onScript: ({ name }, { channel }) => {
      if (name === 'state') return fullLanguage;
      if (name !== 'clock') return null;
      let answer = 0;
      const tell = (): void => void channel.write(`${JSON.stringify({ answer: answer++, timeMs: Date.now() + 5000 })}\r\n`);
      // As long as it takes to start.
      setTimeout(tell, 400);
      channel.on('data', tell);
      channel.on('end', () => sendReply(channel, scriptAnswer({ asked: answer })));
      return 'held';
    },
  });
  const { clock, windows } = await host.observe(observeNothing);
  expect(windows?.helper?.state).toBe('blocked');
  expect(Math.abs(clock.offsetMs - 5000)).toBeLessThan(100);
  expect(clock.uncertaintyMs).toBeLessThan(200);
});

test('a clock that tells nothing is no failed look: the look itself told the time, with all that it took as its uncertainty', async () => {
  const { host } = await startFakeWithoutHelper({
    onScript: ({ name }) => (name === 'state' ? fullLanguage : name === 'clock' ? { code: 1, stderr: 'no console' } : null),
  });
  const { clock } = await host.observe(observeNothing);
  expect(Math.abs(Date.now() + clock.offsetMs - 1_700_000_100_000)).toBeLessThan(60_000);
});

test('a look that is ended while the clock is asked has failed', async () => {
  const ended = new AbortController();
  const { host } = await startFakeWithoutHelper({
    onScript: ({ name }) => {
      if (name === 'clock') ended.abort();
      return name === 'state' ? fullLanguage : name === 'clock' ? 'held' : null;
    },
  });
  expect((await failureFrom(host.observe(observeNothing, { signal: ended.signal }))).code).toBe('run.aborted');
});

test('logs are read, whether the server is between two boots is known, and the network is tried by PowerShell', async () => {
  const { host, helper, refusals } = await startFakeWithoutHelper();
  const log = `${NODE}\\redis.log`;
  helper.files.put(log, '1:M 01 Jan 2026 00:00:00.000 * Ready\n');
  expect(await host.readLogs([log, `${NODE}\\none.log`])).toMatchObject([
    { state: 'read', text: '1:M 01 Jan 2026 00:00:00.000 * Ready\n' },
    { state: 'absent' },
  ]);
  expect(await host.isBetweenBoots()).toBe(false);
  expect(await host.about([])).toMatchObject({ helper: null, windows: 'Microsoft Windows Server 2022 Standard' });
  refusals.set('query EventLog', 1115);
  expect(await host.isBetweenBoots()).toBe(true);
});
