import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { message } from '../../shared/messages/message.ts';
import type { Change } from '../../shared/domain/change.ts';
import { connectHost } from '../connectHost.ts';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import { createFakeFiles } from './testing/fakeFiles.ts';
import { createFakeHelper, HELPER_BYTES } from './testing/fakeHelper.ts';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';
import { startFakeWindows, type FakeReply, type FakeWindows } from './testing/fakeWindows.ts';

// Numbers as in the table of the README beside this file.

const UNIT = 'triad-sessions-7000';
const RULE = 'triad:sessions:peer:1';
const ADD = `netsh.exe advfirewall firewall add rule name=${RULE} dir=in action=allow protocol=TCP localport=7000,17000 profile=any`;

function firewall(...commands: readonly string[]): Change {
  return {
    kind: 'firewall',
    id: 'f',
    tool: 'windows',
    commands: [...commands],
    undo: [],
    summary: message('change.firewall.allow', { rules: '' }),
  };
}

/** What PowerShell prints for an answer of a script. */
function answered(answer: unknown): FakeReply {
  return { code: 0, stdout: `TRIAD-ANSWER-BEGIN\r\n${JSON.stringify(answer)}\r\nTRIAD-ANSWER-END\r\n` };
}

/** "Ok." and "The requested operation requires elevation." as netsh says them, in the code pages of consoles. */
const LOCALISED: readonly (readonly [string, Buffer, Buffer])[] = [
  ['German, code page 850', Buffer.from('OK.\r\n'), Buffer.from('Der angeforderte Vorgang erfordert erh\x94hte Rechte.\r\n', 'latin1')],
  [
    'Russian, code page 866',
    Buffer.from([0x8e, 0xaa, 0x2e, 0x0d, 0x0a]),
    Buffer.from([0x87, 0xa0, 0xaf, 0xe0, 0xae, 0xe1, 0xa8, 0xa2, 0xa0, 0xa5, 0xac, 0xa0, 0xef, 0x0d, 0x0a]),
  ],
  [
    'Chinese, code page 936',
    Buffer.from([0xc8, 0xb7, 0xb6, 0xa8, 0xa1, 0xa3, 0x0d, 0x0a]),
    Buffer.from([0xc7, 0xeb, 0xc7, 0xf3, 0xb5, 0xc4, 0x0d, 0x0a]),
  ],
];

describe('4 what tools print in the language of the machine', () => {
  test.each(LOCALISED)('decides nothing: %s', async (_, fine, refusal) => {
    let reply: FakeReply = { code: 0, stdout: refusal };
    const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'netsh.exe' ? reply : null) });
    // Words of a refusal with the code of a success, and the other way round.
    await host.apply([firewall(ADD)], new Map());
    reply = { code: 1, stdout: fine };
    const failure = await failureFrom(host.apply([firewall(ADD)], new Map()));
    expect([failure.code, failure.values['code']]).toEqual(['host.commandFailed', 1]);
  });
});

describe('5 codes of the service manager', () => {
  const start: Change = { kind: 'service', id: 's', unit: UNIT, action: 'start' };

  test('1060: a service that is not there is absent when looked for, and removed when removed', async () => {
    const { host } = await startFakeHost();
    const { units } = await host.observe({ ...observeNothing, units: [UNIT] });
    expect(units).toMatchObject([{ unit: UNIT, load: 'not-found', active: 'inactive' }]);
    await host.apply([{ kind: 'disableService', id: 'd', unit: UNIT }], new Map());
  });

  test('1056 and 1062: one that runs already, or has stopped already, is what was wanted', async () => {
    const { host, helper } = await startFakeHost();
    helper.replies.set('start', { code: 0, stdout: JSON.stringify({ name: UNIT, state: 'running', changed: false }) });
    helper.replies.set('stop', { code: 0, stdout: JSON.stringify({ name: UNIT, state: 'stopped', changed: false }) });
    helper.services.set(UNIT, { state: 'running', startType: 'auto', exitCode: 0, definition: '', pid: 1 });
    expect(await host.apply([{ ...start, action: 'restart' }], new Map())).toMatchObject([{ outcome: 'done' }]);
  });

  test.each([
    [1053, 'host.serviceFailed'],
    [1069, 'host.serviceFailed'],
    [1067, 'host.serviceFailed'],
    [1051, 'host.serviceFailed'],
    [1072, 'host.serviceBeingDeleted'],
    [5, 'host.accessDenied'],
  ])('%d is %s, through cmd and through PowerShell', async (code, wanted) => {
    for (const defaultShell of ['cmd', 'powershell'] as const) {
      const { host, helper } = await startFakeHost({ defaultShell });
      helper.replies.set('start', { code, stdout: `{"error":${code},"at":"StartServiceW","detail":""}\r\n` });
      const failure = await failureFrom(host.apply([start], new Map()));
      expect([defaultShell, failure.code]).toEqual([defaultShell, wanted]);
    }
  });
});

test('9 another antivirus program beside a Defender that is off is no Defender that watches files', async () => {
  const defender = { isRunning: false, isRealTime: false, isTamperProtected: false, exclusions: [] };
  const state = { languageMode: 'FullLanguage', version: '5.1', defender, defenderError: null };
  const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'powershell.exe' ? answered(state) : null) });
  expect((await host.observe(observeNothing)).windows?.defender).toEqual(defender);
});

test('9 a Defender whose service does not answer is unknown, and its words do not stop the look', async () => {
  const state = {
    languageMode: 'FullLanguage',
    version: '5.1',
    defender: null,
    defenderError: 'Operation failed with the following error: 0x800106ba.',
  };
  const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'powershell.exe' ? answered(state) : null) });
  expect((await host.observe(observeNothing)).windows).toMatchObject({ defender: null, languageMode: 'FullLanguage' });
});

/** As many pieces as an exchange of keys takes of each side. */
const KEY_PIECES = 4;

/** Holds up the first pieces in both directions: a server that is slow at exchanging keys. */
async function slowWayTo(fake: FakeWindows, delayMs: number): Promise<number> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (act: () => void, waitMs: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, waitMs);
    timers.add(timer);
  };
  const way = createServer({ noDelay: true }, (client) => {
    const server = connect({ host: '127.0.0.1', port: fake.ssh.port, noDelay: true });
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      let pieces = 0;
      let lastAtMs = 0;
      from.on('error', () => undefined);
      from.on('data', (piece) => {
        pieces += 1;
        lastAtMs = Math.max(lastAtMs, performance.now() + (pieces <= KEY_PIECES ? delayMs : 0));
        later(() => to.writable && to.write(piece), Math.max(1, lastAtMs - performance.now()));
      });
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    way.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const timer of timers) clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
    way.close();
  });
  return (way.address() as AddressInfo).port;
}

describe('16 the sshd of Server 2019 (7.7)', () => {
  const ident = 'OpenSSH_for_Windows_7.7';

  test.each(['cmd', 'powershell'] as const)(
    'hands over a line with quotes to %s as it was meant, though it escapes nothing',
    async (defaultShell) => {
      const { host, fake } = await startFakeHost({
        ident,
        defaultShell,
        onCall: ({ program }) => (program === 'netsh.exe' ? { code: 0, stdout: 'Ok.\r\n' } : null),
      });
      await host.apply([firewall(ADD)], new Map());
      expect(fake.calls).toEqual([ADD]);
      const quoted = fake.ssh.commands.find((line) => line.includes('netsh.exe advfirewall')) ?? '';
      expect(quoted.includes(String.raw`\"`)).toBe(defaultShell === 'powershell');
      // Asked once for all lines that have quotes.
      await host.apply([firewall(ADD)], new Map());
      expect(fake.ssh.commands.filter((line) => line.startsWith('echo'))).toEqual(['echo %OS% x']);
      expect((await host.observe(observeNothing)).windows).toMatchObject({ build: 20_348 });
    },
  );

  test('a newer one gets the line as it is', async () => {
    const onCall = ({ program }: { readonly program: string }): FakeReply | null => (program === 'netsh.exe' ? { code: 0 } : null);
    const { host, fake } = await startFakeHost({ ident: 'OpenSSH_for_Windows_7.9', defaultShell: 'powershell', onCall });
    await host.apply([firewall(ADD)], new Map());
    expect(fake.ssh.commands.filter((line) => line.includes('\\"') || line.startsWith('echo'))).toEqual([]);
  });

  test('that takes its time to exchange keys is waited for, and every call as long as it needs', async () => {
    const files = createFakeFiles();
    const helper = createFakeHelper(files);
    const fake = await startFakeWindows({ ident, files, onCall: (call) => helper.answer(call) });
    onTestFinished(() => fake.ssh.stop());
    const host = await connectHost({
      server: 'win-1',
      endpoint: { address: '127.0.0.1', port: await slowWayTo(fake, 200) },
      login: { kind: 'password', user: 'admin', password: 'x' },
      sudoPassword: null,
      hostKey: { expected: null, acceptsNew: true },
      helperProgram: () => Promise.resolve(HELPER_BYTES),
    });
    onTestFinished(() => host.close());
    expect(host.platform).toBe('windows');
    expect(await host.isBetweenBoots()).toBe(false);
  });
});

test('17 Server Core is told by name, and nothing that it lacks is asked for', async () => {
  const { host, helper, fake } = await startFakeHost({ defaultShell: 'cmd' });
  const os = {
    build: 20_348,
    revision: 1,
    version: '10.0.20348',
    productType: 'server',
    edition: 'ServerStandardCore',
    installation: 'Server Core',
    architecture: 'x64',
  };
  helper.machine['os'] = os;
  const about = await host.about([]);
  expect([about.installation, about.edition, about.windows, about.powershell]).toEqual([
    'Server Core',
    'ServerStandardCore',
    'Windows 10.0.20348',
    null,
  ]);
  const programs = new Set(fake.calls.map((call) => call.split(' ')[0]?.replace(/-[0-9a-f]{8}/u, '')));
  expect(programs).toEqual(new Set(['powershell.exe', 'triad-service.exe']));
});

test('19 a public profile alone is active: its firewall counts, and rules of ours are for every profile', async () => {
  const { host, helper, fake } = await startFakeHost({ onCall: ({ program }) => (program === 'netsh.exe' ? { code: 0 } : null) });
  const profile = (name: 'domain' | 'private' | 'public', enabled: boolean): (typeof helper.firewall.profiles)[number] => ({
    name,
    enabled,
    policyEnabled: null,
    policyAllowsLocalRules: null,
  });
  helper.firewall.profiles = [profile('domain', false), profile('private', false), profile('public', true)];
  const facts = await host.observe(observeNothing);
  expect(facts.firewall).toMatchObject({ kind: 'windows', isActive: true });
  expect(facts.windows?.firewallProfiles.filter(({ isEnabled }) => isEnabled)).toEqual([
    { profile: 'public', isEnabled: true, takesLocalRules: true },
  ]);
  await host.apply([firewall(ADD)], new Map());
  expect(fake.calls.at(-1)).toMatch(/ profile=any$/u);
});

test('20 a tool that writes UTF-16 to a pipe, as NSSM does, is evidence that can be read', async () => {
  const words = Buffer.from('\uFEFFService "x" is not installed.\r\n', 'utf16le');
  const { host } = await startFakeHost({ onCall: ({ program }) => (program === 'netsh.exe' ? { code: 1, stdout: words } : null) });
  const failure = await failureFrom(host.apply([firewall(ADD)], new Map()));
  expect(failure.evidence).toBe('Service "x" is not installed.');
});
