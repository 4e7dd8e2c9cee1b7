import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import { createFakeFiles, keyOf } from './testing/fakeFiles.ts';
import { HELPER_BYTES, HELPER_FILE } from './testing/fakeHelper.ts';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';
import type { FakeReply } from './testing/fakeWindows.ts';
import { serverLost } from './testing/faultOf.ts';
import { systemFailure } from './systemErrors.ts';

const HELPER_PATH = `C:\\Users\\admin\\${HELPER_FILE}`;
const program = HELPER_FILE.replace('.triad\\', '');

/** Needs the helper in any case: everything else would be done without it where it may not run. */
const fault = serverLost([]);

describe.each(['cmd', 'powershell'] as const)('from %s', (defaultShell) => {
  test('the helper is uploaded once, verified on the server, and used again', async () => {
    const { host, fake } = await startFakeHost({ defaultShell, greeting: 'Welcome to {WIN-1}\r\n' });
    expect(await host.isBetweenBoots()).toBe(false);
    expect(fake.files.get(HELPER_PATH)?.equals(HELPER_BYTES)).toBe(true);
    await Promise.all([host.isBetweenBoots(), host.isBetweenBoots()]);
    const uploads = fake.files.log.filter((line) => line.startsWith('write'));
    expect(uploads).toHaveLength(1);
    expect(fake.calls).toEqual([`${program} acl -`, `${program} version`, `${program} version`, `${program} version`]);
    const probes = fake.ssh.commands.filter((line) => line.startsWith('echo'));
    expect(probes).toEqual(['echo %OS% x']);
  });

  test('a program that may not run is told from one that was taken away', async () => {
    const refused: FakeReply = { code: 1, stderr: 'Dieses Programm wurde durch eine Gruppenrichtlinie geblockt.\r\n' };
    const blocked = await startFakeHost({ defaultShell, onCall: ({ args }) => (args[0] === 'acl' ? refused : null) });
    const failure = await failureFrom(blocked.host.faults.prepare(fault));
    // Such a failure says nothing of its reason: it is decided by a second one.
    expect(blocked.fake.calls).toEqual([`${program} acl -`, `${program} acl -`]);
    expect(failure).toMatchObject({
      code: 'host.programBlocked',
      values: { server: 'win-1', program: HELPER_FILE, code: 1, sha256: createHash('sha256').update(HELPER_BYTES).digest('hex') },
      evidence: 'Dieses Programm wurde durch eine Gruppenrichtlinie geblockt.',
    });

    const files = createFakeFiles();
    files.onRenamed = null;
    const taken = await startFakeHost({ defaultShell, files });
    // The antivirus program takes the file between its writing and its start.
    files.onRenamed = (_, to) => files.entries.delete(to);
    expect((await failureFrom(taken.host.faults.prepare(fault))).code).toBe('host.programQuarantined');
  });
});

test('through PowerShell, which makes every exit code 1, the answer tells the error', async () => {
  const { host, helper } = await startFakeHost({ defaultShell: 'powershell' });
  await host.apply([{ kind: 'disableService', id: 'd', unit: 'none' }], new Map());
  helper.replies.set('start', { code: 1072, stdout: '{"error":1072,"at":"StartServiceW","detail":"x"}' });
  const failure = await failureFrom(host.apply([{ kind: 'service', id: 's', unit: 'none', action: 'start' }], new Map()));
  expect(failure.code).toBe('host.serviceBeingDeleted');
});

test('a server whose default shell is that of a Unix is refused by name', async () => {
  const { host, fake } = await startFakeHost({ defaultShell: 'bash' });
  const failure = await failureFrom(host.isBetweenBoots());
  expect(failure.code).toBe('host.unsupported');
  expect(failure.values['reason']).toContain('Unix shell');
  expect([fake.calls, fake.files.log]).toEqual([[], []]);
});

test('a helper that somebody changed is written anew and never run, whatever it says of itself', async () => {
  const files = createFakeFiles();
  files.put(HELPER_PATH, `${HELPER_BYTES.toString()} and more`);
  const ran: (string | undefined)[] = [];
  const { host } = await startFakeHost({
    files,
    onCall: () => {
      ran.push(files.get(HELPER_PATH)?.toString());
      return null;
    },
  });
  await host.isBetweenBoots();
  expect(ran).toEqual([HELPER_BYTES.toString(), HELPER_BYTES.toString()]);
});

test('what arrived is read back before it is run', async () => {
  const files = createFakeFiles();
  const { host, fake } = await startFakeHost({ files });
  files.onRenamed = (_, to) => files.entries.set(to, Buffer.from('MZ of somebody else'));
  expect(await failureFrom(host.isBetweenBoots())).toMatchObject({ code: 'host.uploadCut', retryable: true });
  expect(fake.calls).toEqual([]);
});

test('only administrators with all rights may change the program and its folder; a login that is none works on', async () => {
  const { host, helper } = await startFakeHost();
  await host.isBetweenBoots();
  const closed = 'O:BAG:BAD:P(A;;0x1f01ff;;;SY)(A;;0x1f01ff;;;BA)';
  expect(['C:\\Users\\admin\\.triad', HELPER_PATH].map((path) => helper.access.get(keyOf(path)))).toEqual([
    closed.replaceAll('A;;', 'A;OICI;'),
    closed,
  ]);
  const other = await startFakeHost();
  other.helper.replies.set('acl', { code: 1307, stdout: JSON.stringify({ paths: [{ path: '.triad', error: 1307 }] }) });
  expect(await other.host.isBetweenBoots()).toBe(false);
});

test('a copy of Triad without the program says so', async () => {
  const { host } = await startFakeHost({ helperBytes: null });
  const failure = await failureFrom(host.isBetweenBoots());
  expect(failure.values['reason']).toContain('no program for Windows servers');
});

test('what stood in the way once is tried again by the next call', async () => {
  const files = createFakeFiles();
  files.denied.add(keyOf('C:\\Users\\admin'));
  const { host } = await startFakeHost({ files });
  expect(await failureFrom(host.isBetweenBoots())).toMatchObject({ code: 'host.accessDenied', values: { step: 'upload' } });
  files.denied.clear();
  files.freeBytes = 3;
  expect((await failureFrom(host.isBetweenBoots())).code).toBe('host.diskFull');
  files.freeBytes = 1000;
  expect(await host.isBetweenBoots()).toBe(false);
});

test.each([
  [225, 'host.programQuarantined'],
  [226, 'host.programQuarantined'],
  [1260, 'host.programBlocked'],
  [0xc0000135, 'host.libraryMissing'],
])('exit code %d of a program that does not start is %s', async (code, failureCode) => {
  const { host, fake } = await startFakeHost({ onCall: ({ args }) => (args[0] === 'acl' ? { code } : null) });
  expect((await failureFrom(host.faults.prepare(fault))).code).toBe(failureCode);
  expect(fake.calls).toEqual([`${program} acl -`]);
});

test.each(['cmd', 'powershell'] as const)(
  'a first call that fails once without a reason decides nothing, through %s',
  async (defaultShell) => {
    let calls = 0;
    const { host, fake } = await startFakeHost({
      defaultShell,
      onCall: ({ args }) => (args[0] === 'acl' && (calls += 1) === 1 ? { code: 32, stderr: 'in use' } : null),
    });
    await host.faults.prepare(fault);
    expect(fake.calls.slice(0, 2)).toEqual([`${program} acl -`, `${program} acl -`]);
    expect((await host.observe(observeNothing)).windows?.helper?.state).toBe('runs');
  },
);

test('a verb that says nothing that can be used has failed, whatever its code', async () => {
  const { host, helper } = await startFakeHost();
  helper.replies.set('observe', { code: 0, stdout: '{"os":1}\r\n' });
  expect(await failureFrom(host.observe(observeNothing))).toMatchObject({
    code: 'host.commandFailed',
    values: { step: 'observe', code: 0 },
  });
  helper.replies.set('observe', { code: 8, stdout: '{"error":8,"at":"calloc","detail":"x"}\r\n' });
  expect(await failureFrom(host.observe(observeNothing))).toMatchObject({ values: { step: 'observe', code: 8 }, evidence: 'calloc 8 x' });
});

test('a helper that never ends is given up at the deadline', async () => {
  const { host } = await startFakeHost({ onCall: ({ args }) => (args[0] === 'version' ? 'held' : null) });
  const failure = await failureFrom(host.isBetweenBoots({ deadlineMs: 1500 }));
  expect(failure).toMatchObject({ code: 'host.commandTimedOut', values: { step: 'bootState' } });
});

test('a server that shuts down cannot be counted on', async () => {
  const { host, helper } = await startFakeHost();
  helper.replies.set('version', { code: 1115 });
  expect(await host.isBetweenBoots()).toBe(true);
});

test.each([
  [5, 'startService', 'host.accessDenied'],
  [32, 'write', 'host.fileLocked'],
  [33, 'write', 'host.fileLocked'],
  [1224, 'removeTree', 'host.fileLocked'],
  [1307, 'lockServers', 'host.foreignFolder'],
  [39, 'write', 'host.diskFull'],
  [112, 'write', 'host.diskFull'],
  [225, 'startService', 'host.programQuarantined'],
  [0x800704ec, 'startService', 'host.programBlocked'],
  [1072, 'installService', 'host.serviceBeingDeleted'],
  [1053, 'startService', 'host.serviceFailed'],
  [1060, 'startService', 'host.serviceFailed'],
  [1067, 'startService', 'host.serviceFailed'],
  [1069, 'startService', 'host.serviceFailed'],
  [1051, 'stopService', 'host.serviceFailed'],
  [1073, 'installService', 'host.serviceFailed'],
  [87, 'observe', 'host.commandFailed'],
])('error %d in %s is %s', (code, step, failureCode) => {
  const { failure } = systemFailure(code, { server: 'win-1', step, what: 'thing', evidence: 'words' });
  expect([failure.code, failure.evidence]).toEqual([failureCode, 'words']);
});
