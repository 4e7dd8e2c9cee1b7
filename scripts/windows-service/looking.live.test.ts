import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { windowsMachineForTest } from './testing/testMachine.ts';

const windows = windowsMachineForTest();

it('clock: tells the time at once and for each line, and ends with its input', async () => {
  const clock = windows.start(['clock']);
  const isNow = (told: unknown, answer: number): void => {
    expect(told).toEqual({ answer, timeMs: expect.any(Number) as number });
    expect(Math.abs((told as { readonly timeMs: number }).timeMs - Date.now())).toBeLessThan(5000);
  };
  isNow(await clock.line(0), 0);
  clock.process.stdin?.write('\n');
  isNow(await clock.line(1), 1);
  clock.process.stdin?.end();
  await clock.ended;
});

it('version: says which program it is', async () => {
  const told = await windows.verb(['version']);
  expect(told).toMatchObject({ code: 0, lines: [{ version: '1', architecture: 'x64' }] });
  expect(Math.abs(Number(told.answer['timeMs']) - Date.now())).toBeLessThan(60_000);
});

it('refuses what it does not know, with a line of JSON and the code of Windows', async () => {
  expect(await windows.verb(['guess'])).toMatchObject({ code: 160, lines: [{ error: 160, at: 'arguments', detail: 'unknown verb' }] });
  expect(await windows.verb(['hash'])).toMatchObject({ code: 160, lines: [{ error: 160, at: 'arguments' }] });
  expect(await windows.verb(['start', 'x', 'soon'])).toMatchObject({ code: 160, answer: { detail: 'soon' } });
});

it('hash: SHA-256 and size, names with every letter, what is missing has its code', async () => {
  const bytes = Buffer.alloc(3_000_000, 'abc');
  mkdirSync(windows.file('Dados de Évora'), { recursive: true });
  writeFileSync(windows.file('Dados de Évora/Größe 漢.bin'), bytes);
  writeFileSync(windows.file('empty'), '');
  const { code, answer } = await windows.verb(['hash', 'C:\\Dados de Évora\\Größe 漢.bin', 'C:\\empty', 'C:\\none']);
  expect(code).toBe(2);
  expect(answer).toEqual({
    files: [
      { path: 'C:\\Dados de Évora\\Größe 漢.bin', sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length },
      { path: 'C:\\empty', sha256: createHash('sha256').digest('hex'), sizeBytes: 0 },
      { path: 'C:\\none', error: 2 },
    ],
  });
});

it('observe: the machine, and what was asked about', async () => {
  writeFileSync(windows.file('note.txt'), 'á"\\\u0001é\r\n');
  writeFileSync(windows.file('long.log'), `${'x'.repeat(100_000)}END`);
  const request = [
    'content\tC:\\note.txt',
    'path\tC:\\none',
    'path\tC:\\windows',
    'log\tC:\\long.log',
    'service\tnone',
    'service\tRpcSs',
    'port\t7000',
    'disk\tC:\\Triad\\data',
  ];
  const { code, answer } = await windows.verb(['observe'], `${request.join('\n')}\n\nnot read\n`);
  expect(code).toBe(0);
  expect(answer).toMatchObject({
    os: { build: expect.any(Number) as number, version: expect.stringMatching(/^\d+\.\d+\.\d+$/u) as string, architecture: 'x64' },
    machineGuid: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string,
    isElevated: true,
    dynamicPorts: null,
    excludedPorts: null,
    problems: [],
    redisProcesses: [],
    ports: [{ port: 7000, bindError: 0 }],
    disks: [{ path: 'C:\\Triad\\data', root: 'C:\\', driveType: 'fixed' }],
    services: [
      { name: 'none', state: 'missing' },
      { name: 'RpcSs', account: expect.any(String) as string },
    ],
  });
  const [note, none, folder, log] = answer['paths'] as readonly Readonly<Record<string, unknown>>[];
  expect(note).toMatchObject({ kind: 'file', sizeBytes: 9, content: 'á"\\\u0001é\r\n', sddl: expect.stringMatching(/^O:.*D:/u) as string });
  expect(none).toEqual({ path: 'C:\\none', kind: 'missing' });
  expect(folder).toMatchObject({ kind: 'folder', sha256: null, content: null });
  expect(log).toMatchObject({ sizeBytes: 100_003, content: `${'x'.repeat(65_533)}END` });
  const { timeMs, bootTime, memoryBytes, commitLimitBytes } = answer as Readonly<Record<string, number>>;
  expect(Math.abs((timeMs ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(bootTime).toBeLessThan(timeMs ?? 0);
  expect(memoryBytes).toBeGreaterThan(0);
  expect(commitLimitBytes).toBeGreaterThanOrEqual(memoryBytes ?? Infinity);
});

it('observe: refuses a request that it does not understand', async () => {
  expect(await windows.verb(['observe'], 'color\tred\n')).toMatchObject({ code: 160, answer: { at: 'request' } });
  expect(await windows.verb(['observe'], 'path\n')).toMatchObject({ code: 160 });
  expect(await windows.verb(['observe'], `path\t${'x'.repeat(300_000)}\n`)).toMatchObject({ code: 122 });
});

it('observe: who listens where, and the addresses', async () => {
  await windows.machine.runLinux('ip', ['link', 'add', 'card', 'type', 'veth', 'peer', 'name', 'other']);
  await windows.machine.runLinux('ip', ['address', 'add', '10.9.7.1/24', 'dev', 'card']);
  for (const end of ['card', 'other']) await windows.machine.runLinux('ip', ['link', 'set', end, 'up']);
  const listener = windows.start(['listen', '60', '10.9.7.1', '7010=x']);
  await listener.line(0);
  const { answer } = await windows.verb(['observe'], 'port\t7010\n');
  // Wine does not know whose port it is: its kernel, a process of Linux, has the socket.
  expect(answer['listening']).toContainEqual({ address: '10.9.7.1', port: 7010, pid: 0, program: null, service: null });
  // Wine says of every address that DHCP gave it.
  expect(answer['addresses']).toContainEqual({ ip: '10.9.7.1', device: 'card', prefixLength: 24, isDynamic: true });
  expect(answer['ports']).toEqual([{ port: 7010, bindError: 10048 }]);
  listener.process.stdin?.end();
  await listener.ended;
});

it('takes no word for more than it is: stars, lengths, numbers', async () => {
  const star = await windows.verb(['hash', 'C:\\windows\\*.ini']);
  expect(star.answer['files']).toEqual([{ path: 'C:\\windows\\*.ini', error: expect.any(Number) as number }]);
  expect((await windows.verb(['hash', `C:\\${'x'.repeat(8000)}`])).answer['files']).toHaveLength(1);
  const refused: readonly (readonly string[])[] = [
    ['connect', '0', '127.0.0.1:7000=-'],
    ['connect', '1000', '127.0.0.1=-'],
    ['connect', '1000', '127.0.0.1:70000=-'],
    ['connect', '1000', '127.0.0.1:7000='],
    ['connect', '1000', `${'1'.repeat(500)}:7000=-`],
    ['connect', '1000', `127.0.0.1:${'7'.repeat(500)}=-`],
    ['listen', '301', '127.0.0.1', '7000=x'],
    ['listen', '10', 'host', '7000=x'],
    ['listen', '10', '127.0.0.1', `7000=${'x'.repeat(500)}`],
    ['listen', '10', '127.0.0.1', '7000'],
    ['listen', '10', '127.0.0.1', ...Array.from({ length: 65 }, (_, index) => `${7000 + index}=x`)],
    ['undo', 'install', '1', 'x'.repeat(300)],
    ['undo', 'install', '1', 'x', ...Array.from({ length: 40 }, (_, index) => `s${index}`)],
  ];
  for (const words of refused) {
    const { code, answer } = await windows.verb(words);
    expect({ words, code, answer }).toMatchObject({ words, code: 160, answer: { error: 160 } });
  }
  expect((await windows.verb(['status', 'x'.repeat(2000)])).answer['services']).toHaveLength(1);
  expect(await windows.verb(['observe'], `path\tC:\\${'x'.repeat(3000)}\n`)).toMatchObject({ code: 160 });
  const returns = `path\tC:\\a\rpath\tC:\\b\r`.repeat(50);
  expect((await windows.verb(['observe'], `${returns}\n\n`)).answer['paths']).toHaveLength(100);
  expect(await windows.verb(['acl', '-'], `C:\\${'x'.repeat(3000)}\tD:P(A;;FA;;;SY)\n`)).toMatchObject({ code: 160 });
  expect(await windows.verb(['lock', 'C:\\long.lock'], 'x'.repeat(5000))).toMatchObject({ code: 0, answer: { locked: true } });
});

it('listen and connect: open with its answer, refused, silence, taken', async () => {
  await windows.machine.runLinux('ip', ['link', 'add', 'quiet', 'type', 'veth', 'peer', 'name', 'far']);
  await windows.machine.runLinux('ip', ['address', 'add', '10.9.8.1/24', 'dev', 'quiet']);
  for (const end of ['quiet', 'far']) await windows.machine.runLinux('ip', ['link', 'set', end, 'up']);
  // A neighbour that takes everything and answers nothing.
  await windows.machine.runLinux('ip', ['neighbour', 'add', '10.9.8.7', 'lladdr', '02:00:00:00:00:07', 'dev', 'quiet', 'nud', 'permanent']);
  const listener = windows.start(['listen', '60', '127.0.0.1', '7000=one-1', '7001=two-2']);
  expect(await listener.line(0)).toEqual({ ready: true, refused: [] });
  const second = windows.start(['listen', '60', '127.0.0.1', '7001=x', '7002=y']);
  expect(await second.line(0)).toEqual({ ready: true, refused: [{ port: 7001, error: 10048 }] });
  second.process.stdin?.end();
  await second.ended;

  const targets = ['127.0.0.1:7000=one-1', '127.0.0.1:7001=-', '127.0.0.1:7005=x', '10.9.8.7:7000=x', '10.1.1.1:7000=x'];
  const { code, answer } = await windows.verb(['connect', '1500', ...targets]);
  expect(code).toBe(0);
  expect(answer['targets']).toMatchObject([
    { address: '127.0.0.1', port: 7000, outcome: 'open', answer: 'one-1', error: 0 },
    { port: 7001, outcome: 'open', answer: null },
    { port: 7005, outcome: 'refused', answer: null, error: 10061 },
    { address: '10.9.8.7', outcome: 'timeout', elapsedMs: 1500 },
    { address: '10.1.1.1', outcome: 'unreachable' },
  ]);

  listener.process.stdin?.end();
  expect(await listener.line(1)).toEqual({
    endedBy: 'input',
    accepted: [
      { port: 7000, count: 1 },
      { port: 7001, count: 1 },
    ],
  });
  await listener.ended;
});

it('listen: ends by itself when its time is over', async () => {
  const listener = windows.start(['listen', '1', '127.0.0.1', '7003=x']);
  expect(await listener.line(1)).toMatchObject({ endedBy: 'time' });
  await listener.ended;
});

it('firewall: the rules of a prefix and the profiles, as the registry has them', async () => {
  const policy = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
  const rule =
    'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=7000|LPort2_10=17000-17001|LA4=10.0.0.1|RA4=10.0.0.2/255.255.255.255|RA4=10.0.0.3|Name=triad:sessions:7000|Desc=a|';
  const add = (key: string, name: string, type: string, value: string): Promise<unknown> =>
    windows.machine.run(['reg', 'add', key, '/v', name, '/t', type, '/d', value, '/f']);
  await add(`${policy}\\FirewallRules`, '{1}', 'REG_SZ', rule);
  await add(`${policy}\\FirewallRules`, '{2}', 'REG_SZ', 'v2.30|Action=Block|Active=FALSE|Dir=In|Name=other|');
  await add(`${policy}\\DomainProfile`, 'EnableFirewall', 'REG_DWORD', '1');
  await add('HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\DomainProfile', 'AllowLocalPolicyMerge', 'REG_DWORD', '0');
  // The old place of policies stands for both profiles that are not the domain's, where the new one says nothing.
  await add('HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\StandardProfile', 'EnableFirewall', 'REG_DWORD', '0');
  await add('HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\PublicProfile', 'EnableFirewall', 'REG_DWORD', '1');
  const { code, answer } = await windows.verb(['firewall', 'triad:']);
  expect(code).toBe(0);
  expect(answer['rules']).toEqual([
    {
      source: 'local',
      id: '{1}',
      name: 'triad:sessions:7000',
      action: 'Allow',
      active: 'TRUE',
      direction: 'In',
      protocol: '6',
      localPorts: ['7000', '17000-17001'],
      remotePorts: [],
      localAddresses: ['10.0.0.1'],
      remoteAddresses: ['10.0.0.2/255.255.255.255', '10.0.0.3'],
      profiles: ['Domain'],
      program: null,
      service: null,
    },
  ]);
  expect(answer['profiles']).toMatchObject([
    { name: 'domain', enabled: true, policyEnabled: null, policyAllowsLocalRules: false },
    { name: 'private', policyEnabled: false },
    { name: 'public', policyEnabled: true },
  ]);
});

it('acl: takes SDDL from a word or from input, and tells which path failed', async () => {
  mkdirSync(windows.file('guarded'), { recursive: true });
  const sddl = 'D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
  expect(await windows.verb(['acl', 'C:\\guarded', sddl])).toMatchObject({
    code: 0,
    answer: { paths: [{ path: 'C:\\guarded', error: 0 }] },
  });
  expect(await windows.verb(['acl', '-'], `C:\\guarded\t${sddl}\nC:\\none\t${sddl}\n`)).toMatchObject({
    code: 2,
    answer: { paths: [{ error: 0 }, { path: 'C:\\none', error: 2 }] },
  });
  expect(await windows.verb(['acl', 'C:\\guarded', 'D:'])).toMatchObject({ answer: { paths: [{ error: expect.any(Number) as number }] } });
  expect((await windows.verb(['acl', 'C:\\guarded', 'rubbish'])).code).not.toBe(0);
});

it('lock: one at a time, the other is told who; it ends with the input', async () => {
  const first = windows.start(['lock', 'C:\\ours']);
  first.process.stdin?.write('Ana em Évora\n');
  expect(await first.line(0)).toEqual({ locked: true });
  expect(await windows.verb(['lock', 'C:\\ours'], 'Rui\n')).toMatchObject({
    code: 32,
    lines: [{ locked: false, holder: 'Ana em Évora' }],
  });
  first.process.stdin?.end();
  await first.ended;
  expect(windows.read('ours/lock')).toBe('');
  expect(await windows.verb(['lock', 'C:\\ours'], 'Rui\n')).toMatchObject({ code: 0, lines: [{ locked: true }] });
});

it('lock: ends when no beat comes for fifteen seconds, although the input stays open', async () => {
  const held = windows.start(['lock', 'C:\\beats']);
  held.process.stdin?.write('Ana\n');
  await held.line(0);
  const beganAt = Date.now();
  await held.ended;
  expect(Date.now() - beganAt).toBeGreaterThan(10_000);
}, 60_000);
