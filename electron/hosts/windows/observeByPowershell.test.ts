import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ServerFacts } from '../../shared/domain/server.ts';
import { failureFrom } from '../linux/testing/failureFrom.ts';
import { createFakeFiles } from './testing/fakeFiles.ts';
import { HELPER_BYTES } from './testing/fakeHelper.ts';
import { observeNothing, startFakeHost } from './testing/fakeHost.ts';
import type { FakeReply } from './testing/fakeWindows.ts';

const HELPER_SHA256 = createHash('sha256').update(HELPER_BYTES).digest('hex');
const UNIT = 'triad-sessions-7000';
const CONF = 'C:\\Triad\\nodes\\7000\\redis.conf';

/** What PowerShell says in place of the helper; lists of one arrive as that one, empty ones as nothing. */
const FACTS = {
  build: 20_348,
  revision: 2700,
  version: '10.0.20348',
  productType: 3,
  name: 'Microsoft Windows Server 2022 Standard',
  edition: 'ServerStandard',
  installation: 'Server Core',
  architecture: 'AMD64',
  hostName: 'WIN-1',
  machineGuid: 'AAAA',
  hardwareId: '4C4C',
  bootTime: 1_700_000_000_000,
  cpuCount: 2,
  memoryBytes: 8e9,
  memoryAvailableBytes: 6e9,
  commitLimitBytes: 10e9,
  commitAvailableBytes: 7e9,
  pageFileBytes: 2e9,
  isElevated: true,
  user: 'WIN-1\\admin',
  addresses: { ip: '10.0.0.1', device: 'Ethernet', isDynamic: false },
  listening: [
    { address: '0.0.0.0', port: 22, pid: 4, program: 'C:\\Windows\\System32\\OpenSSH\\sshd.exe', service: 'sshd' },
    { address: '0.0.0.0', port: 7001, pid: 9, program: 'C:\\Other\\redis-server.exe', service: null },
  ],
  excluded: [{ first: 16_990, last: 17_089 }],
  services: [
    {
      name: UNIT,
      state: 'running',
      pid: 4711,
      exitCode: 0,
      startType: 'auto',
      account: `NT SERVICE\\${UNIT}`,
      imagePath: String.raw`"C:\Triad\bin\redis\triad-service.exe" service "C:\Triad\7000\service.ini"`,
    },
    { name: 'other', state: 'missing' },
  ],
  paths: [
    {
      path: CONF,
      kind: 'file',
      sizeBytes: 9,
      modifiedMs: 1,
      sha256: 'AB12',
      sddl: 'O:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)',
      content: 'port 7000\n',
    },
    { path: 'C:\\none', kind: 'missing' },
  ],
  disks: [{ path: 'C:\\Triad', root: 'C:\\', fileSystem: 'NTFS', freeBytes: 5e9, sizeBytes: 9e9, driveType: 'fixed' }],
  rules: [
    'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=7000|LPort=17000|RA4=10.0.0.2/255.255.255.255|Name=triad:sessions:peer:1|',
    'v2.30|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=7000|Name=triad:sessions:peer:2|',
  ],
  profiles: [
    { name: 'domain', enabled: 0, policyEnabled: null, policyAllowsLocalRules: null },
    { name: 'public', enabled: 1, policyEnabled: null, policyAllowsLocalRules: 0 },
  ],
  timeMs: 1_700_000_100_000,
};
const STATE = { languageMode: 'ConstrainedLanguage', version: '5.1', defender: null, defenderError: null };

const answered = (answer: unknown): FakeReply => ({
  code: 0,
  stdout: `TRIAD-ANSWER-BEGIN\r\n${JSON.stringify(answer)}\r\nTRIAD-ANSWER-END\r\n`,
});

/** A server whose policy lets the helper not run; `facts` is what PowerShell says then. */
async function blocked(
  facts: FakeReply,
  defaultShell: 'cmd' | 'powershell' = 'cmd',
): Promise<Awaited<ReturnType<typeof startFakeHost>> & { readonly scripts: readonly string[] }> {
  const scripts: string[] = [];
  const files = createFakeFiles();
  const set = await startFakeHost({
    files,
    defaultShell,
    onCall: ({ program, args }) => {
      if (program !== 'powershell.exe') return { code: 1260, stderr: 'This program is blocked by group policy.' };
      const last = args.at(-1) ?? '';
      if (!last.endsWith('.ps1')) return answered(STATE);
      scripts.push(files.get(`C:\\Users\\admin\\${last}`)?.toString('utf8') ?? '');
      return facts;
    },
  });
  return { ...set, scripts };
}

describe.each(['cmd', 'powershell'] as const)('where a policy blocks the helper, through %s', (defaultShell) => {
  test('a look goes on by PowerShell, gives the same facts, and says what told them', async () => {
    const { host, scripts, fake } = await blocked(answered(FACTS), defaultShell);
    const facts = await host.observe({
      ...observeNothing,
      paths: [CONF, 'C:\\none'],
      contentOf: [CONF],
      units: [UNIT, 'other'],
      ports: [7000, 7001, 17_000],
      disks: ['C:\\Triad'],
      logs: ['C:\\Triad\\nodes\\7000\\redis.log'],
    });
    expect(ServerFacts.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({
      machineId: 'aaaa',
      os: { id: 'windows', versionId: '10.0.20348', architecture: 'x86_64' },
      addresses: [{ ip: '10.0.0.1', device: 'Ethernet', isDynamic: false }],
      firewall: { kind: 'windows', isActive: true, ownRules: ['triad:sessions:peer:1'] },
      units: [
        { unit: UNIT, load: 'loaded', active: 'active', enabled: 'enabled', mainPid: 4711 },
        { unit: 'other', load: 'not-found' },
      ],
      disks: [{ path: 'C:\\Triad', fileSystem: 'NTFS', freeBytes: 5e9 }],
      redisProcesses: [{ pid: 9, executable: 'C:\\Other\\redis-server.exe' }],
      windows: {
        helper: { state: 'blocked', sha256: HELPER_SHA256 },
        languageMode: 'ConstrainedLanguage',
        excludedPorts: [[16_990, 17_089]],
        reservedPorts: [17_000],
        firewallProfiles: [
          { profile: 'domain', isEnabled: false, takesLocalRules: true },
          { profile: 'public', isEnabled: true, takesLocalRules: false },
        ],
      },
    });
    expect(facts.paths).toMatchObject([
      { path: CONF, kind: 'file', sha256: 'ab12', content: 'port 7000\n', owner: 'Administrators' },
      { path: 'C:\\none', kind: 'absent' },
    ]);
    // What it must look at goes with the script, and the script goes again.
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain('\\\\|Name=(?:triad:sessions:|triad-fault:)');
    expect(scripts[0]).toContain('redis.log');
    expect([...fake.files.entries.keys()].filter((key) => key.endsWith('.ps1'))).toEqual([]);
  });
});

test('where PowerShell may not look either, it is the helper that has to be allowed, by its hash', async () => {
  const { host } = await blocked({ code: 1, stderr: 'cannot be loaded because running scripts is disabled on this system' });
  expect(await failureFrom(host.observe(observeNothing))).toMatchObject({
    code: 'host.programBlocked',
    values: { code: 1260, sha256: HELPER_SHA256 },
  });
});

test('another failure of a look is no reason to ask PowerShell', async () => {
  const { host, helper, fake } = await startFakeHost();
  helper.replies.set('observe', { code: 8, stdout: '{"error":8,"at":"calloc","detail":"x"}' });
  expect((await failureFrom(host.observe(observeNothing))).code).toBe('host.commandFailed');
  expect(fake.calls.filter((call) => call.includes('.ps1'))).toEqual([]);
});
