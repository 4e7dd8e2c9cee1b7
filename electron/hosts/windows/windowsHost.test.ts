import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import type { ProbeTarget } from '../host.ts';
import { ServerFacts } from '../../shared/domain/server.ts';
import { sddlFor } from './accessList.ts';
import { createFakeFiles, keyOf } from './testing/fakeFiles.ts';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';
import type { FakeReply } from './testing/fakeWindows.ts';
import { encodeScript, frameScript } from './powershell/frameScript.ts';

const UNIT = 'triad-sessions-7000';
const ACCOUNT = `NT SERVICE\\${UNIT}`;
const NODE = 'C:\\Triad\\nodes\\7000';

/** What PowerShell prints for an answer of a script. */
function powershell(answer: unknown, more: { readonly code?: number; readonly stderr?: string } = {}): FakeReply {
  return { code: 0, stdout: `TRIAD-ANSWER-BEGIN\r\n${JSON.stringify(answer)}\r\nTRIAD-ANSWER-END\r\n`, ...more };
}

const DEFENDER = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions: ['C:\\Triad'] };
const STATE = { languageMode: 'FullLanguage', version: '5.1.20348.2700', defender: DEFENDER, defenderError: null };
const PROGRESS = '#< CLIXML\r\n<Objs Version="1.1.0.1"><Obj S="progress" RefId="0"></Obj></Objs>';

describe('looking', () => {
  test('gives the facts that a Linux server gives, and what only Windows has', async () => {
    const { host, helper, fake } = await startFakeHost({
      onCall: ({ program }) => (program === 'powershell.exe' ? powershell(STATE, { stderr: PROGRESS }) : null),
    });
    helper.files.put(`${NODE}\\redis.conf`, 'port 7000\n');
    helper.access.set(keyOf(NODE), sddlFor({ owner: ACCOUNT, group: ACCOUNT, mode: 0o750 }, 'folder'));
    helper.access.set(keyOf(`${NODE}\\redis.conf`), sddlFor({ owner: 'Administrators', group: ACCOUNT, mode: 0o640 }, 'file'));
    helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 4711 });
    helper.firewall.rules = [
      { name: 'triad:sessions:peer:1', action: 'Allow', active: 'TRUE', direction: 'In' },
      { name: 'triad:sessions:peer:2', action: 'Allow', active: 'FALSE', direction: 'In' },
      { name: 'triad:sessions-b:peer:3', action: 'Allow', active: 'TRUE', direction: 'In' },
      { name: 'triad:sessions:peer:4', action: 'Block', active: 'TRUE', direction: 'In' },
      { name: 'triad-fault:sessions', action: 'Block', active: 'TRUE', direction: 'In' },
      { name: 'triad-fault:sessions', action: 'Block', active: 'FALSE', direction: 'Out' },
      { name: 'triad-fault:other', action: 'Block', active: 'FALSE', direction: 'Out' },
      { source: 'policy', name: 'triad-fault:x', action: 'Block', active: 'TRUE', direction: 'In' },
    ];
    helper.firewall.profiles = [
      { name: 'domain', enabled: true, policyEnabled: false, policyAllowsLocalRules: null },
      { name: 'private', enabled: null, policyEnabled: null, policyAllowsLocalRules: null },
      { name: 'public', enabled: true, policyEnabled: true, policyAllowsLocalRules: false },
    ];
    const facts = await host.observe({
      ...observeNothing,
      paths: [NODE, `${NODE}\\redis.conf`, `${NODE}\\none`, 'C:\\Users'],
      contentOf: [`${NODE}\\redis.conf`],
      units: [UNIT, 'triad-sessions-7001'],
      ports: [7000, 17_000],
      disks: ['C:\\Triad'],
      serviceFolders: [NODE, 'C:\\Users', 'C:\\none'],
    });
    expect(ServerFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({
      server: 'win-1',
      privilege: 'administrator',
      machineId: 'aaaa-bbbb',
      hardwareId: '4c4c4544-0042',
      os: { id: 'windows', versionId: '10.0.20348', prettyName: 'Windows Server 2022 Standard', architecture: 'x86_64' },
      swapBytes: 2e9,
      listening: [{ address: '0.0.0.0', port: 22, pid: 4, program: 'sshd.exe', unit: 'sshd' }],
      firewall: {
        kind: 'windows',
        isActive: true,
        ownRules: ['triad:sessions:peer:1'],
        // Switched off, and turned round: they open nothing, and are there.
        persistedRules: ['triad:sessions:peer:1', 'triad:sessions:peer:2', 'triad:sessions:peer:4'],
      },
      units: [
        { unit: UNIT, load: 'loaded', active: 'active', enabled: 'enabled', mainPid: 4711 },
        { unit: 'triad-sessions-7001', load: 'not-found', active: 'inactive', enabled: '' },
      ],
      disks: [{ path: 'C:\\Triad', mountPoint: 'C:\\', fileSystem: 'NTFS', freeBytes: 5e9 }],
      serviceFolders: [
        { path: NODE, access: 'writable' },
        { path: 'C:\\Users', access: 'denied' },
        { path: 'C:\\none', access: 'absent' },
      ],
      windows: {
        build: 20_348,
        productType: 3,
        isElevated: true,
        languageMode: 'FullLanguage',
        reservedPorts: [17_000],
        faultRules: ['triad-fault:sessions', 'triad-fault:other'],
        activeFaultRules: ['triad-fault:sessions'],
        defender: DEFENDER,
        firewallProfiles: [
          { profile: 'domain', isEnabled: false, takesLocalRules: true },
          { profile: 'private', isEnabled: true, takesLocalRules: true },
          { profile: 'public', isEnabled: true, takesLocalRules: false },
        ],
      },
    });
    expect(facts.paths.map(({ kind, owner, group, mode, content }) => [kind, owner, group, mode, content])).toEqual([
      ['folder', ACCOUNT, ACCOUNT, 0o750, null],
      ['file', 'Administrators', ACCOUNT, 0o640, 'port 7000\n'],
      ['absent', '', '', 0, null],
      ['folder', 'foreign', 'BA', 0, null],
    ]);
    expect(Math.abs(facts.clock.offsetMs)).toBeLessThanOrEqual(facts.clock.uncertaintyMs + 1);
    // PowerShell tells nothing new the second time.
    await host.observe(observeNothing);
    expect(fake.calls.filter((call) => call.startsWith('powershell.exe'))).toEqual([
      `powershell.exe -NoProfile -NonInteractive -EncodedCommand ${encodeScript(frameScript('state', {}))}`,
    ]);
  });

  test('a port that a node of another account has is not one that Windows keeps back', async () => {
    const { host, helper } = await startFakeHost();
    const listener = { address: '10.0.0.1', port: 17_000, pid: 4712, program: 'C:\\Triad\\bin\\redis-server.exe', service: UNIT };
    helper.machine['listening'] = [listener];
    const facts = await host.observe({ ...observeNothing, ports: [7000, 17_000] });
    expect(facts.windows?.reservedPorts).toEqual([]);
    expect(facts.listening).toEqual([{ address: '10.0.0.1', port: 17_000, pid: 4712, program: 'redis-server.exe', unit: UNIT }]);
  });

  test.each([
    ['there is none', null],
    ['it is blocked', { code: 1, stderr: 'blocked by group policy' } as const],
    ['the script fails', powershell({ error: -2_147_024_891, words: 'Access is denied' }, { code: 1 })],
  ])('works without PowerShell: %s', async (_, reply) => {
    const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'powershell.exe' ? reply : null) });
    expect((await host.observe(observeNothing)).windows).toMatchObject({ languageMode: null, defender: null, build: 20_348 });
  });

  test('Constrained Language and a Server Core without Defender are facts', async () => {
    const state = { ...STATE, languageMode: 'ConstrainedLanguage', defender: null };
    const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'powershell.exe' ? powershell(state) : null) });
    expect((await host.observe(observeNothing)).windows).toMatchObject({ languageMode: 'ConstrainedLanguage', defender: null });
  });

  test('wants all rights and a machine that Redis for Windows is built for', async () => {
    const { host, helper } = await startFakeHost();
    helper.machine['isElevated'] = false;
    expect(await failureFrom(host.observe(observeNothing))).toMatchObject({ code: 'host.notElevated', values: { user: 'admin' } });
    helper.machine['isElevated'] = true;
    helper.machine['os'] = { build: 26_100, version: '10.0.26100', productType: 'server', architecture: 'arm64' };
    expect((await failureFrom(host.observe(observeNothing))).values['reason']).toContain('arm64');
  });

  test('tells of a skewed clock', async () => {
    const { host, helper } = await startFakeHost();
    helper.machine['timeMs'] = Date.now() + 90_000;
    const { clock } = await host.observe(observeNothing);
    expect(clock.offsetMs).toBeGreaterThan(80_000);
  });

  test('reads the clock closely also where a program takes long to start', async () => {
    const startMs = 300;
    const { host } = await startFakeHost({
      onCall: async ({ args }) => {
        if (args[0] === 'clock') await new Promise((resolve) => setTimeout(resolve, startMs));
        return null;
      },
    });
    const { clock } = await host.observe(observeNothing);
    expect(clock.uncertaintyMs).toBeLessThan(startMs / 2);
    expect(Math.abs(clock.offsetMs)).toBeLessThanOrEqual(clock.uncertaintyMs + 1);
  });

  test('judges logs as on Linux, in the time zone that the file tells', async () => {
    const { host, helper } = await startFakeHost();
    const log = `${NODE}\\redis.log`;
    const lines = [
      "1:M 23 Nov 2026 05:00:00.000 # Can't save in background: fork: Resource temporarily unavailable",
      '1:M 23 Nov 2026 06:30:00.000 # Error moving temp append only file on the final destination: Permission denied',
      '1:M 23 Nov 2026 06:30:01.000 * Background saving started',
    ];
    helper.files.put(log, lines.join('\r\n'));
    // Written at 12:30:01 UTC: the server is at UTC-6.
    helper.modifiedMs.set(log, Date.UTC(2026, 10, 23, 12, 30, 1, 40));
    const { logs } = await host.observe({ ...observeNothing, logs: [log, 'C:\\none.log'], logsSince: '2026-11-23T12:00:00.000Z' });
    expect(logs).toEqual([
      { path: log, state: 'read', since: '2026-11-23T12:00:00.000Z', troubles: 1, lines: [lines[1]] },
      { path: 'C:\\none.log', state: 'absent', since: '2026-11-23T12:00:00.000Z', troubles: 0, lines: [] },
    ]);
  });
});

describe('the network', () => {
  test('listeners stay until they are ended, and ports that somebody has are told with the reason', async () => {
    const ready = {
      ready: true,
      refused: [
        { port: 7001, error: 10_048 },
        { port: 17_000, error: 10_013 },
        { port: 17_001, error: 10_049 },
      ],
    };
    let ended = false;
    const { host, fake } = await startFakeHost({
      onCall: async (call) => {
        if (call.args[0] !== 'listen') return null;
        call.channel.write(`${JSON.stringify(ready)}\r\n`);
        await call.input();
        ended = true;
        return { code: 0, stdout: '{"endedBy":"input","accepted":[]}\r\n' };
      },
    });
    const ports = [7000, 7001, 17_000, 17_001].map((port) => ({ port, nonce: `n${port}` }));
    const listeners = await host.listen('10.0.0.1', ports, 90_500);
    expect(listeners.refused).toEqual([
      { port: 7001, reason: 'in use' },
      { port: 17_000, reason: 'reserved by Windows (netsh int ipv4 show excludedportrange tcp)' },
      { port: 17_001, reason: 'error 10049' },
    ]);
    expect(fake.calls.at(-1)).toContain(' listen 91 10.0.0.1 7000=n7000 7001=n7001 17000=n17000 17001=n17001');
    expect(ended).toBe(false);
    await listeners.end();
    expect(ended).toBe(true);
  });

  test('attempts are named as on Linux', async () => {
    const at = (address: string, port: number, outcome: string, answer: string | null, error = 0): object => ({
      address,
      port,
      outcome,
      elapsedMs: 3,
      answer,
      error,
    });
    const targets = [
      // As a listener on Linux says it.
      at('10.0.0.2', 7000, 'open', 'word\n'),
      at('10.0.0.2', 7001, 'open', 'HTTP/1.1'),
      at('10.0.0.2', 17_000, 'refused', null, 10_061),
      at('10.0.0.3', 7000, 'timeout', null),
      at('10.0.0.3', 7001, 'unreachable', null, 10_065),
      at('10.0.0.3', 17_000, 'error', null, 10_013),
      at('10.0.0.3', 17_001, 'open', null),
    ];
    const { host, helper, fake } = await startFakeHost();
    helper.replies.set('connect', { code: 0, stdout: JSON.stringify({ targets }) });
    const to = (address: string, port: number, nonce: string | null): ProbeTarget => ({ to: 'other', address, port, nonce });
    const cells = await host.probe(
      [
        to('10.0.0.2', 7000, 'word'),
        to('10.0.0.2', 7001, 'word'),
        to('10.0.0.2', 17_000, 'word'),
        to('10.0.0.3', 7000, 'word'),
        to('10.0.0.3', 7001, null),
        to('10.0.0.3', 17_000, null),
        to('10.0.0.3', 17_001, null),
        to('10.0.0.4', 7000, null),
      ],
      2000,
    );
    expect(cells.map(({ reach }) => reach)).toEqual([
      'open',
      'intercepted',
      'refused',
      'filtered',
      'unreachable',
      'unreachable',
      'open',
      'unknown',
    ]);
    expect(fake.calls.at(-1)).toContain(' connect 4000 10.0.0.2:7000=word 10.0.0.2:7001=word');
    expect(fake.calls.at(-1)).toContain('10.0.0.3:7001=-');
    expect(await host.probe([], 1)).toEqual([]);
  });

  test('streams are forwarded', async () => {
    const echo = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => {
      echo.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      echo.close();
    });
    const { host } = await startFakeHost();
    const stream = await host.forward('127.0.0.1', (echo.address() as AddressInfo).port);
    stream.write('ping');
    const said = await new Promise<string>((resolve) => {
      stream.once('data', (bytes: Buffer) => resolve(bytes.toString()));
    });
    stream.destroy();
    expect(said).toBe('ping');
  });
});

describe('the reservation', () => {
  test('is held under a name until it is ended', async () => {
    const { host, helper } = await startFakeHost();
    const outcome = await host.holdLock('ana@desk, run 7');
    if (outcome.kind !== 'taken') throw new Error(outcome.kind);
    await outcome.lock.end();
    expect(helper.inputs.get('lock C:\\ProgramData\\Triad')).toMatch(/^ana@desk, run 7\n\.*$/u);
  });

  test('of somebody else is told with the name', async () => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('lock', { code: 32, stdout: '{"locked":false,"holder":"rui"}\r\n' });
    expect(await host.holdLock('ana')).toEqual({ kind: 'held', holder: 'rui' });
  });

  test('is refused where somebody else uses its folder', async () => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('lock', { code: 1307, stdout: '{"error":1307,"at":"lock","detail":"x"}\r\n' });
    expect(await failureFrom(host.holdLock('ana'))).toMatchObject({
      code: 'host.foreignFolder',
      values: { path: 'C:\\ProgramData\\Triad' },
    });
  });
});

test('the last election is found in a log in local time', async () => {
  const { host, helper } = await startFakeHost();
  const log = `${NODE}\\redis.log`;
  const at = Date.UTC(2026, 10, 23, 12, 30, 0);
  const line = (words: string, second: string): string => `1:S 23 Nov 2026 13:30:${second}.000 # ${words}`;
  helper.files.put(log, [line('Starting a failover election for epoch 9.', '00'), line('Failover election won', '01')].join('\n'));
  helper.modifiedMs.set(log, at + 1000);
  helper.machine['timeMs'] = at + 5000;
  expect(await host.lastElectionAgoMs(log)).toBe(5000);
  helper.files.put(log, line('Failover election won', '01'));
  expect(await host.lastElectionAgoMs(log)).toBeNull();
  expect(await host.lastElectionAgoMs('C:\\none.log')).toBeNull();
});

test('the ends of logs are read with what was put aside, in the time zone that the files tell', async () => {
  const { host, helper } = await startFakeHost();
  const log = `${NODE}\\redis.log`;
  const line = (words: string): string => `1:S 23 Nov 2026 13:30:00.000 # ${words}\r\n`;
  helper.files.put(log, line('new'));
  helper.files.put(`${log}.1`, line('old'));
  helper.modifiedMs.set(log, Date.UTC(2026, 10, 23, 12, 30, 0));
  expect(await host.readLogs([log, 'C:\\none.log'])).toEqual([
    { path: log, state: 'read', text: line('old') + line('new'), isWhole: true, zoneMinutes: 60 },
    { path: 'C:\\none.log', state: 'absent', text: '', isWhole: false, zoneMinutes: null },
  ]);
  helper.files.put(log, line('x'.repeat(70_000)));
  expect((await host.readLogs([log]))[0]).toMatchObject({ text: line('x'.repeat(70_000)), isWhole: false });
});

test('a secret is read as it stands', async () => {
  const { host, helper } = await startFakeHost();
  helper.files.put(`${NODE}\\auth.conf`, 'requirepass "ä"\n');
  expect(await host.readSecretFile(`${NODE}\\auth.conf`)).toBe('requirepass "ä"\n');
  expect((await failureFrom(host.readSecretFile('C:\\none'))).code).toBe('host.commandFailed');
});

test('Defender is told of folders, and a refusal without a word is noticed', async () => {
  let missing: readonly string[] = [];
  let left: readonly string[] = [];
  const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'powershell.exe' ? powershell({ missing, left }) : null) });
  await host.excludeFromDefender(['C:\\Triad']);
  missing = ['C:\\Triad'];
  expect(await failureFrom(host.excludeFromDefender(['C:\\Triad']))).toMatchObject({
    code: 'host.defenderRefused',
    values: { paths: 'C:\\Triad' },
  });
  await host.includeInDefender(['C:\\Triad']);
  left = ['C:\\Triad'];
  expect((await failureFrom(host.includeInDefender(['C:\\Triad']))).code).toBe('host.defenderRefused');
});

test('a script that is too long for a command line goes as a file, which is gone afterwards', async () => {
  const paths = Array.from({ length: 60 }, (_, number) => `C:\\Triad\\nodes\\${number}\\é and a longer name than that`);
  const files = createFakeFiles();
  let script = '';
  const { host, fake } = await startFakeHost({
    files,
    onCall: ({ program, args }) => {
      if (program !== 'powershell.exe') return null;
      script = files.get(`C:\\Users\\admin\\${args.at(-1) ?? ''}`)?.toString('utf8') ?? '';
      return powershell({ missing: [] });
    },
  });
  await host.excludeFromDefender(paths);
  expect(fake.calls.at(-1)).toMatch(
    /^powershell\.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File \.triad\\[0-9a-f]{16}\.ps1$/u,
  );
  expect(script.replaceAll('\r\n', '\n')).toBe(`\uFEFF${frameScript('excludeFromDefender', { paths })}`);
  expect([...files.entries.keys()].filter((key) => key.endsWith('.ps1'))).toEqual([]);
});

describe('where a policy blocks the helper', () => {
  test('the network is tried by PowerShell, which also asks a node for its name', async () => {
    const targets = [
      { address: '10.0.0.2', port: 7000, outcome: 'open', elapsedMs: 3, answer: '-NOAUTH Authentication required.', error: 0 },
      { address: '10.0.0.2', port: 7001, outcome: 'open', elapsedMs: 3, answer: 'HTTP/1.1 400', error: 0 },
      { address: '10.0.0.2', port: 17_000, outcome: 'open', elapsedMs: 3, answer: null, error: 0 },
    ];
    let input: string | null = null;
    const { host } = await startFakeHost({
      onCall: async ({ program, args, channel, ...call }) => {
        if (program !== 'powershell.exe') return { code: 1, stderr: 'blocked' };
        const script = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
        if (!script.includes('TcpListener')) return powershell({ targets });
        channel.write('{"ready":true,"refused":[{"port":7001,"error":10048}]}\r\n');
        input = await call.input();
        return powershell({ accepted: 1 });
      },
    });
    const listeners = await host.listen('10.0.0.1', [{ port: 7000, nonce: 'n' }], 60_000);
    expect(listeners.refused).toEqual([{ port: 7001, reason: 'in use' }]);
    await listeners.end();
    expect(input).toBe('');
    const to = (port: number): ProbeTarget => ({ to: 'other', address: '10.0.0.2', port, nonce: null });
    const cells = await host.probe([to(7000), to(7001), to(17_000)], 2000);
    expect(cells.map(({ reach }) => reach)).toEqual(['open', 'intercepted', 'open']);
    expect((await failureFrom(host.observe(observeNothing))).code).toBe('host.programBlocked');
  });

  test('Constrained Language is told as the failure of the script', async () => {
    const words = 'Cannot invoke method. Method invocation is supported only on core types in this language mode.';
    const { host } = await startFakeHost({
      onCall: ({ program }) =>
        program === 'powershell.exe' ? powershell({ error: -2_146_233_087, words }, { code: 1 }) : { code: 1, stderr: 'blocked' },
    });
    const probe = host.probe([{ to: 'other', address: '10.0.0.2', port: 7000, nonce: 'n' }], 1000);
    expect(await failureFrom(probe)).toMatchObject({
      code: 'host.commandFailed',
      values: { step: 'connect', code: '0x80131501' },
      evidence: words,
    });
  });
});
