import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../shared/domain/change.ts';
import { message } from '../../../shared/messages/message.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import { accessFrom } from '../accessList.ts';
import { keyOf, type FakeFiles } from '../testing/fakeFiles.ts';
import { HELPER_BYTES } from '../testing/fakeHelper.ts';
import { observeNothing, startFakeHost } from '../testing/fakeHost.ts';

const UNIT = 'triad-sessions-7000';
const ACCOUNT = `NT SERVICE\\${UNIT}`;
const ROOT = 'C:\\Triad';
const NODE = `${ROOT}\\nodes\\7000`;
const CONF = `${NODE}\\redis.conf`;
const PROGRAM = `${ROOT}\\bin\\triad-service.exe`;
const NO_PAYLOAD = new Map<string, Uint8Array>();

const admins = { owner: 'Administrators', group: 'Administrators' } as const;
const purpose = message('change.purpose.sysctl');

function folder(path: string, access: { readonly owner: string; readonly group: string; readonly mode: number }): Change {
  return { kind: 'folder', id: `folder:${path}`, path, ...access, exists: false };
}

function file(path: string, content: string, more: Partial<Extract<Change, { kind: 'file' }>> = {}): Change {
  return {
    kind: 'file',
    id: `file:${path}`,
    path,
    owner: 'Administrators',
    group: ACCOUNT,
    mode: 0o640,
    content,
    holdsSecret: false,
    action: 'create',
    diff: null,
    purpose,
    ...more,
  };
}

function binary(path: string, bytes: Buffer): Change {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'binary', id: `binary:${path}`, path, mode: 0o755, sha256, sizeBytes: bytes.length };
}

const textAt = (files: FakeFiles, path: string): string | undefined => files.get(path)?.toString('utf8');
const leftovers = (files: FakeFiles): readonly string[] =>
  [...files.entries.keys()].filter((key) => /\.triad-(?:new|old|stage)/u.test(key));

describe('an installation', () => {
  const bytes = Buffer.from('MZ redis');
  const ini = `${NODE}\\service.ini`;
  const changes: readonly Change[] = [
    folder(ROOT, { ...admins, mode: 0o755 }),
    folder(`${ROOT}\\bin`, { ...admins, mode: 0o755 }),
    folder(`${ROOT}\\nodes`, { ...admins, mode: 0o755 }),
    folder(NODE, { owner: ACCOUNT, group: ACCOUNT, mode: 0o750 }),
    binary(PROGRAM, bytes),
    file(CONF, 'port 7000\n'),
    file(`${NODE}\\auth.conf`, '(secret)', { holdsSecret: true }),
    file(ini, `[service]\r\nname=${UNIT}\n`),
    { kind: 'service', id: `service:${UNIT}`, unit: UNIT, action: 'enableAndStart', definition: { path: ini, program: PROGRAM } },
  ];
  const payload = new Map<string, Uint8Array>([
    [`binary:${PROGRAM}`, gzipSync(bytes)],
    [`file:${NODE}\\auth.conf`, Buffer.from('requirepass x\n')],
  ]);

  test('makes folders, files with their access lists, and services', async () => {
    const { host, helper } = await startFakeHost();
    const outcomes = await host.apply(changes, payload);
    expect(outcomes).toEqual(changes.map(({ id }) => ({ id, outcome: 'done', evidence: '' })));
    const { files } = helper;
    expect([textAt(files, CONF), textAt(files, `${NODE}\\auth.conf`), files.get(PROGRAM)?.equals(bytes)]).toEqual([
      'port 7000\n',
      'requirepass x\n',
      true,
    ]);
    const accessAt = (path: string, kind: 'file' | 'folder'): unknown => accessFrom(helper.access.get(keyOf(path)) ?? '', kind, [UNIT]);
    expect(accessAt(NODE, 'folder')).toEqual({ owner: ACCOUNT, group: ACCOUNT, mode: 0o750 });
    expect(accessAt(CONF, 'file')).toEqual({ owner: 'Administrators', group: ACCOUNT, mode: 0o640 });
    expect(accessAt(PROGRAM, 'file')).toEqual({ ...admins, mode: 0o755 });
    expect(helper.services.get(UNIT)).toMatchObject({ state: 'running', definition: ini });
    expect(leftovers(files)).toEqual([]);
  });

  test('is found as it was asked for', async () => {
    const { host } = await startFakeHost();
    await host.apply(changes, payload);
    const facts = await host.observe({ ...observeNothing, paths: [NODE, CONF, PROGRAM], units: [UNIT] });
    expect(facts.paths.map(({ owner, group, mode }) => [owner, group, mode])).toEqual([
      [ACCOUNT, ACCOUNT, 0o750],
      ['Administrators', ACCOUNT, 0o640],
      ['Administrators', 'Administrators', 0o755],
    ]);
    expect(facts.units).toMatchObject([{ load: 'loaded', active: 'active', enabled: 'enabled' }]);
  });

  test('writes nothing but into a folder that nobody else can open, and no file that is there', async () => {
    const { host, helper } = await startFakeHost();
    const seen: (readonly [string, string | undefined])[] = [];
    helper.files.onWritten = (key) => {
      const above = key.slice(0, key.lastIndexOf('/'));
      if (!key.includes('/.triad/')) seen.push([above, helper.access.get(above)]);
    };
    await host.apply(changes, payload);
    const closed = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
    expect(seen).toEqual(Array.from({ length: 4 }, () => ['/c:/triad/.triad-stage', closed]));
    // Somebody who is faster is not written to.
    helper.files.onWritten = (key) => {
      if (key.endsWith('/0-redis.conf')) helper.files.put(`${ROOT}\\.triad-stage\\1-a.conf`, 'theirs');
    };
    const both = [file(CONF, 'x'), file(`${NODE}\\a.conf`, 'y')];
    expect((await failureFrom(host.apply(both, NO_PAYLOAD))).code).toBe('host.fileLocked');
    expect([textAt(helper.files, CONF), leftovers(helper.files)]).toEqual(['port 7000\n', []]);
  });

  test('gives programs that are there other rights without sending them', async () => {
    const { host, helper } = await startFakeHost();
    helper.files.put(PROGRAM, bytes);
    helper.files.locked.add(keyOf(PROGRAM));
    await host.apply([binary(PROGRAM, bytes)], payload);
    expect(accessFrom(helper.access.get(keyOf(PROGRAM)) ?? '', 'file', [])).toEqual({ ...admins, mode: 0o755 });
    expect(helper.files.log.filter((line) => line.includes('/Triad/'))).toEqual([]);
  });

  test('lets a program that runs end, and removes it with the next one', async () => {
    const { host, helper } = await startFakeHost();
    const { files } = helper;
    files.put(PROGRAM, 'runs');
    files.locked.add(keyOf(PROGRAM));
    await host.apply([binary(PROGRAM, bytes)], payload);
    expect([textAt(files, `${PROGRAM}.triad-old`), files.get(PROGRAM)?.equals(bytes)]).toEqual(['runs', true]);
    files.locked.clear();
    await host.apply([{ kind: 'removeFile', id: 'r', path: PROGRAM }], NO_PAYLOAD);
    expect([files.get(PROGRAM), leftovers(files)]).toEqual([undefined, []]);
  });

  test('needs the bytes of what it writes, and a definition for what it enables', async () => {
    const { host } = await startFakeHost();
    await host.apply(changes.slice(0, 4), NO_PAYLOAD);
    await expect(host.apply([binary(PROGRAM, bytes)], NO_PAYLOAD)).rejects.toThrow('no bytes for');
    await expect(host.apply([{ kind: 'service', id: 's', unit: UNIT, action: 'enable' }], NO_PAYLOAD)).rejects.toThrow('nothing says what');
  });
});

describe('a file that is there', () => {
  test('is kept once under a second name, and comes back when ours goes', async () => {
    const { host, helper } = await startFakeHost();
    const { files } = helper;
    files.put(CONF, 'theirs');
    await host.apply([file(CONF, 'first', { action: 'replace' })], NO_PAYLOAD);
    await host.apply([file(CONF, 'second', { action: 'replace' })], NO_PAYLOAD);
    expect([textAt(files, CONF), textAt(files, `${CONF}.triad-before`), leftovers(files)]).toEqual(['second', 'theirs', []]);
    await host.apply([{ kind: 'removeFile', id: 'r', path: CONF }], NO_PAYLOAD);
    expect([textAt(files, CONF), files.get(`${CONF}.triad-before`)]).toEqual(['theirs', undefined]);
  });

  test('is not kept when it holds a secret, and goes for good when the kept one goes too', async () => {
    const { host, helper } = await startFakeHost();
    const { files } = helper;
    files.put(CONF, 'old secret');
    const change = file(CONF, '(secret)', { action: 'replace', holdsSecret: true });
    await host.apply([change], new Map([[change.id, Buffer.from('new secret')]]));
    expect([...files.entries.keys()].filter((key) => key.includes('redis.conf'))).toEqual([keyOf(CONF)]);
    files.put(`${CONF}.triad-before`, 'x');
    await host.apply(
      [
        { kind: 'removeFile', id: 'r', path: CONF },
        { kind: 'removeFile', id: 'b', path: `${CONF}.triad-before` },
      ],
      NO_PAYLOAD,
    );
    expect([...files.entries.keys()].filter((key) => key.includes('redis.conf'))).toEqual([]);
  });

  test('stays as it was when another program holds it, when the disk is full, when the upload differs, and when it may not be written', async () => {
    const { host, helper } = await startFakeHost();
    const { files } = helper;
    files.put(CONF, 'theirs');
    const replace = [file(CONF, 'ours', { action: 'replace' })];
    const untouched = (): void => expect([textAt(files, CONF), leftovers(files)]).toEqual(['theirs', []]);

    files.locked.add(keyOf(CONF));
    expect(await failureFrom(host.apply(replace, NO_PAYLOAD))).toMatchObject({
      code: 'host.fileLocked',
      values: { path: CONF },
    });
    files.locked.clear();
    untouched();

    files.freeBytes = 2;
    expect(await failureFrom(host.apply(replace, NO_PAYLOAD))).toMatchObject({
      code: 'host.diskFull',
      values: { path: `${ROOT}\\.triad-stage\\0-redis.conf` },
    });
    files.freeBytes = 1e9;
    untouched();

    files.onWritten = (key) => {
      if (key.includes('/.triad-stage/')) files.entries.set(key, Buffer.from('our'));
    };
    expect(await failureFrom(host.apply(replace, NO_PAYLOAD))).toMatchObject({
      code: 'host.uploadCut',
      values: { file: CONF },
      retryable: true,
    });
    untouched();

    files.onWritten = (key) => {
      if (key.includes('/.triad-stage/')) files.entries.delete(key);
    };
    expect((await failureFrom(host.apply(replace, NO_PAYLOAD))).code).toBe('host.programQuarantined');
    untouched();

    files.onWritten = null;
    files.denied.add(keyOf(NODE));
    expect((await failureFrom(host.apply(replace, NO_PAYLOAD))).code).toBe('host.accessDenied');
    files.denied.clear();
    untouched();
  });

  test('gets another access list without being written', async () => {
    const { host, helper } = await startFakeHost();
    helper.files.put(CONF, 'theirs');
    await host.apply([file(CONF, 'theirs', { action: 'permissions', mode: 0o640, group: ACCOUNT })], NO_PAYLOAD);
    expect(accessFrom(helper.access.get(keyOf(CONF)) ?? '', 'file', [UNIT])).toMatchObject({ group: ACCOUNT, mode: 0o640 });
    expect(helper.files.log.filter((line) => line.includes('redis.conf'))).toEqual([]);
  });

  test('that a plan names in a way that Windows reads otherwise is never touched', async () => {
    const { host } = await startFakeHost();
    for (const path of [
      'C:\\Triad\\..\\Windows\\x',
      'C:\\Triad\\x.',
      'C:\\Triad\\x ',
      'C:\\Triad\\con:ads',
      '\\\\server\\share\\x',
      'C:\\',
      '/etc/x',
      'C:\\Triad\\*',
    ])
      await expect(host.apply([{ kind: 'removeFile', id: 'r', path }], NO_PAYLOAD)).rejects.toThrow('not a clean absolute path');
  });
});

describe('folders that go', () => {
  test('are removed when they are empty, or with all that is in them', async () => {
    const { host, helper } = await startFakeHost();
    const { files } = helper;
    files.put(`${NODE}\\appendonlydir\\a`, 'x');
    files.put(`${NODE}\\b`, 'x');
    await host.apply([{ kind: 'removeFolder', id: 'f', path: NODE, withContents: false }], NO_PAYLOAD);
    expect(files.get(NODE)).toBeNull();
    await host.apply([{ kind: 'removeFolder', id: 'f', path: NODE, withContents: true }], NO_PAYLOAD);
    await host.apply([{ kind: 'removeFolder', id: 'f', path: NODE, withContents: true }], NO_PAYLOAD);
    await host.apply([{ kind: 'removeFolder', id: 'g', path: `${ROOT}\\nodes`, withContents: false }], NO_PAYLOAD);
    expect([...files.entries.keys()].filter((key) => key.startsWith('/c:/triad/'))).toEqual([]);
    await expect(host.apply([{ kind: 'removeFolder', id: 'f', path: ROOT, withContents: true }], NO_PAYLOAD)).rejects.toThrow('too high');
  });
});

describe('services', () => {
  test('tells which settings Windows did not take, and goes on', async () => {
    const { host, helper } = await startFakeHost();
    const ini = `${NODE}\\service.ini`;
    helper.files.put(ini, `[service]\r\nname=${UNIT}\n`);
    helper.files.put(PROGRAM, HELPER_BYTES);
    helper.services.set(UNIT, { state: 'stopped', startType: 'auto', exitCode: 0, definition: ini, pid: 0 });
    const refused = [
      { setting: 'failureFlag', error: 120 },
      { setting: 'delayed', error: 87 },
    ];
    helper.replies.set('install', { code: 0, stdout: JSON.stringify({ name: UNIT, created: false, changed: true, refused }) });
    const service: Change = { kind: 'service', id: 's', unit: UNIT, action: 'start', definition: { path: ini, program: PROGRAM } };
    expect(await host.apply([service], NO_PAYLOAD)).toEqual([
      { id: 's', outcome: 'done', evidence: expect.stringContaining('failureFlag (Win32 120), delayed (Win32 87)') as string },
    ]);
    expect(helper.services.get(UNIT)?.state).toBe('running');
  });

  test('are restarted by stop and start, and taken out of Windows, also when there is none', async () => {
    const { host, helper, fake } = await startFakeHost();
    helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
    await host.apply([{ kind: 'service', id: 's', unit: UNIT, action: 'restart' }], NO_PAYLOAD);
    await host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], NO_PAYLOAD);
    await host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], NO_PAYLOAD);
    const verbs = fake.calls.map((call) => call.split(' ').slice(1, 3).join(' ')).filter((call) => call.endsWith(UNIT));
    expect(verbs).toEqual([`stop ${UNIT}`, `start ${UNIT}`, `stop ${UNIT}`, `remove ${UNIT}`, `stop ${UNIT}`, `remove ${UNIT}`]);
    expect(helper.services.size).toBe(0);
  });

  test('are registered anew before they are started: their file may be another one than Windows was told', async () => {
    const { host, helper } = await startFakeHost();
    const ini = `${NODE}\\service.ini`;
    helper.files.put(ini, `[service]\r\nname=${UNIT}\n`);
    helper.files.put(PROGRAM, HELPER_BYTES);
    helper.services.set(UNIT, { state: 'stopped', startType: 'auto', exitCode: 0, definition: 'of an older program', pid: 0 });
    const definition = { path: ini, program: PROGRAM };
    await host.apply([{ kind: 'service', id: 's', unit: UNIT, action: 'start', definition }], NO_PAYLOAD);
    expect(helper.services.get(UNIT)).toMatchObject({ state: 'running', definition: ini });
  });

  test('of which one does not start are all tried to their end, and that one is named', async () => {
    const { host, helper } = await startFakeHost();
    const other = 'triad-sessions-7001';
    helper.services.set(other, { state: 'stopped', startType: 'auto', exitCode: 0, definition: '', pid: 0 });
    const services = [UNIT, other].map((unit): Change => ({ kind: 'service', id: unit, unit, action: 'restart' }));
    const failure = await failureFrom(host.apply(services, NO_PAYLOAD));
    expect([failure.code, failure.values['unit'], helper.services.get(other)?.state]).toEqual(['host.serviceFailed', UNIT, 'running']);
  });

  test.each([
    [1053, 'host.serviceFailed'],
    [1066, 'host.serviceFailed'],
    [1067, 'host.serviceFailed'],
    [1069, 'host.serviceFailed'],
    [5, 'host.accessDenied'],
    [1260, 'host.programBlocked'],
    [0xc0000135, 'host.libraryMissing'],
  ])('that end in error %d name it', async (code, failureCode) => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('start', { code, stdout: `{"error":${code},"at":"StartServiceW","detail":"stopped"}\r\n` });
    const failure = await failureFrom(host.apply([{ kind: 'service', id: 's', unit: UNIT, action: 'start' }], NO_PAYLOAD));
    expect([failure.code, failure.evidence]).toEqual([failureCode, `StartServiceW ${code} stopped`]);
  });

  test('that wait to be deleted are named', async () => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('stop', { code: 0, stdout: '{"name":"x","state":"stopped","changed":true}' });
    helper.replies.set('remove', { code: 1072, stdout: '{"error":1072,"at":"DeleteService","detail":"x"}' });
    const failure = await failureFrom(host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], NO_PAYLOAD));
    expect(failure).toMatchObject({ code: 'host.serviceBeingDeleted', values: { unit: UNIT }, retryable: true });
  });
});

describe('the firewall', () => {
  const change = (...commands: readonly string[]): Change => ({
    kind: 'firewall',
    id: 'firewall:x',
    tool: 'windows',
    commands: [...commands],
    undo: [],
    summary: message('change.firewall.allow', { rules: '' }),
  });
  const remove = 'netsh.exe advfirewall firewall delete rule name=triad:sessions:peer:1';
  const add =
    'netsh.exe advfirewall firewall add rule name="triad:sessions:peer:1" dir=in action=allow protocol=TCP localport=7000,17000 profile=any';

  test.each(['cmd', 'powershell'] as const)(
    'is told by netsh through %s; that a rule to be deleted is not there is no failure',
    async (defaultShell) => {
      const { host, fake } = await startFakeHost({
        defaultShell,
        onCall: ({ program, args }) => {
          if (program !== 'netsh.exe') return null;
          return args.includes('delete')
            ? { code: 1, stdout: 'Keine Regeln stimmen mit den angegebenen Kriterien \xFCberein.\r\n' }
            : { code: 0, stdout: 'OK.\r\n' };
        },
      });
      await host.apply([change(remove, add)], NO_PAYLOAD);
      expect(fake.calls.filter((call) => call.startsWith('netsh.exe'))).toEqual([remove, add.replaceAll('"', '')]);
    },
  );

  test.each([
    ['as it was', { action: 'Allow', active: 'TRUE' }],
    ['switched off', { action: 'Allow', active: 'FALSE' }],
    ['written in other letters', { name: 'Triad:Sessions:Peer:1' }],
  ])('that says it deleted nothing while the rule is there, %s, has failed', async (_, differences) => {
    const words = 'The requested operation requires elevation (Run as administrator).';
    const { host, helper } = await startFakeHost({
      onCall: ({ program }) => (program === 'netsh.exe' ? { code: 1, stdout: words } : null),
    });
    helper.firewall.rules = [{ source: 'local', name: 'triad:sessions:peer:1', direction: 'In', ...differences }];
    // The model finds names by their letters; Windows does not care for their case.
    if ('name' in differences)
      helper.replies.set('firewall', {
        code: 0,
        stdout: JSON.stringify({ rules: helper.firewall.rules, profiles: helper.firewall.profiles }),
      });
    const failure = await failureFrom(host.apply([change(remove)], NO_PAYLOAD));
    expect(failure).toMatchObject({ code: 'host.commandFailed', values: { step: 'firewall', code: 1 }, evidence: words });
  });

  test('that deleted nothing because a group policy has a rule of that name is no failure: it is not ours', async () => {
    const { host, helper } = await startFakeHost({ onCall: ({ program }) => (program === 'netsh.exe' ? { code: 1 } : null) });
    helper.firewall.rules = [{ source: 'policy', name: 'triad:sessions:peer:1' }];
    expect(await host.apply([change(remove)], NO_PAYLOAD)).toMatchObject([{ outcome: 'done' }]);
  });

  test('that refuses is a failure with its words', async () => {
    const words = Buffer.from('Le op\xE9ration demand\xE9e n\x82cessite une \x82l\x82vation.', 'latin1');
    const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'netsh.exe' ? { code: 1, stdout: words } : null) });
    const failure = await failureFrom(host.apply([change(add)], NO_PAYLOAD));
    expect(failure).toMatchObject({
      code: 'host.commandFailed',
      values: { step: 'firewall', code: 1 },
      evidence: words.toString('latin1'),
    });
  });

  test('is given to no other program', async () => {
    const { host } = await startFakeHost();
    await expect(host.apply([change('ufw allow 7000')], NO_PAYLOAD)).rejects.toThrow('not a command for the firewall of Windows');
  });
});

test('accounts come with their services, and kernel settings are not for Windows', async () => {
  const { host } = await startFakeHost();
  expect(await host.apply([{ kind: 'user', id: 'u', user: ACCOUNT }], NO_PAYLOAD)).toEqual([{ id: 'u', outcome: 'done', evidence: '' }]);
  const kernel: Change = {
    kind: 'kernel',
    id: 'k',
    setting: 'vm.overcommit_memory',
    path: '/proc/sys/vm/overcommit_memory',
    before: '0',
    after: '1',
  };
  await expect(host.apply([kernel], NO_PAYLOAD)).rejects.toThrow('Windows has no setting');
});

test('an abort ends a batch between its steps', async () => {
  const { host, helper } = await startFakeHost();
  helper.files.put(CONF, 'theirs');
  const controller = new AbortController();
  helper.files.onWritten = () => controller.abort();
  const failure = await failureFrom(host.apply([file(CONF, 'ours', { action: 'replace' })], NO_PAYLOAD, { signal: controller.signal }));
  expect([failure.code, textAt(helper.files, CONF), leftovers(helper.files)]).toEqual(['run.aborted', 'theirs', []]);
});
