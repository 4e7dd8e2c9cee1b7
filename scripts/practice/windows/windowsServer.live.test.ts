import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type ssh2 from 'ssh2';
import type { SFTPWrapper } from 'ssh2';
import { expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../practiceSet.ts';
import { runCommand } from '../runCommand.ts';
import { findServerProcesses } from '../serverProcesses.ts';
import { serverAt } from '../setPlace.ts';
import { listenOn, reach } from '../testing/probe.ts';
import { tracesOf } from '../testing/traces.ts';
import { practiceSetForTest } from '../testSet.ts';
import { connectWindows } from './testing/windowsClient.ts';
import { compileMemuraiPrograms, compileRedisPrograms, memuraiLibrary } from './windowsLayer.ts';

const practice = practiceSetForTest();

/** Server 1 with cmd, server 2 with PowerShell, server 3 is Linux. */
const mixed = (): Promise<PracticeSet> =>
  practice.up({
    servers: {
      1: { windows: { openssh: '8.1', release: '2025' } },
      2: { windows: { shell: 'powershell', messageOfTheDay: 'Authorised people only!\r\n' }, login: 'password' },
    },
  });

const encoded = (script: string): string =>
  `powershell.exe -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(script, 'utf16le').toString('base64')}`;

test('a Windows server is a server of its own, with the manner of Windows OpenSSH', async () => {
  const set = await mixed();
  const { name } = serverAt(set.place, 1);
  const one = await connectWindows(set, 1);
  const two = await connectWindows(set, 2);
  expect([one.ident, two.ident]).toEqual(['SSH-2.0-OpenSSH_for_Windows_8.1', 'SSH-2.0-OpenSSH_for_Windows_9.5']);
  expect(await one.run('whoami')).toEqual({ code: 0, stdout: `${name.toUpperCase()}\\Administrator\r\n`, stderr: '' });
  expect((await one.run('cd')).stdout).toBe('C:\\Users\\Administrator\r\n');
  expect((await one.run('echo %OS% & echo %TEMP%')).stdout).toBe('Windows_NT \r\nC:\\Users\\Administrator\\AppData\\Local\\Temp\r\n');
  expect((await one.run('reg query "HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion" /v CurrentBuild')).stdout).toContain('26100');
  expect((await one.run('dir Z:\\')).code).not.toBe(0);
  const guid = 'reg.exe query HKLM\\Software\\Microsoft\\Cryptography /v MachineGuid';
  expect((await one.run(guid)).stdout).not.toBe((await two.run(guid)).stdout);
  expect((await set.ssh(3, 'uname')).stdout).toBe('Linux\n');
  expect(set.loginOf(1)).toMatchObject({ user: 'Administrator', sudo: { kind: 'notNeeded' }, auth: { kind: 'key' } });
  expect(await set.ssh(2, 'hostname.exe')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Authorised people only!\r\n/u) as unknown,
  });
});

test('a script for a Windows server runs in its network and cannot change this machine', async () => {
  const set = await mixed();
  const address = await set.run(1, 'ip -o -4 address show dev eth0; pwd; $WINE cmd /c hostname');
  expect(address.stdout).toContain(serverAt(set.place, 1).address);
  expect(address.stdout).toContain(set.rootFolder(1));
  expect(address.stdout).toContain(serverAt(set.place, 1).name.toUpperCase());
  for (const place of ['/etc', '/root', '/tmp', import.meta.dirname]) {
    expect(await set.run(1, `echo > ${place}/practice-was-here`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Read-only file system') as unknown,
    });
  }
});

test('every program of a Windows server begins where Wine has room for it, and ends with its session', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  const outer = client.run('cmd.exe /c cmd.exe /c "for /L %i in (0,0,1) do @rem"');
  await expect.poll(async () => (await set.run(1, "pgrep -fc '[f]or /L'")).stdout.trim(), { timeout: 20_000 }).toBe('3');
  // The flag is the kernel's ADDR_NO_RANDOMIZE: without it Wine's fixed page may be taken.
  expect((await set.run(1, 'cat /proc/[0-9]*/personality | sort -u')).stdout).toBe('00040000\n');
  client.close();
  await outer;
  await expect.poll(async () => (await set.run(1, "pgrep -fc '[f]or /L'")).stdout.trim(), { timeout: 20_000 }).toBe('0');
});

test('cmd gets the command byte for byte, and exit codes have 32 bits', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  expect((await client.run('if exist "C:\\windows" (echo yes) else echo no')).stdout).toBe('yes\r\n');
  expect((await client.run('echo some word| find "word"')).stdout).toBe('some word\r\n');
  for (const code of [0, 1, 7, 256, 1060, 3_221_225_781]) {
    expect((await client.run(`cmd /c exit ${code > 2 ** 31 ? code - 2 ** 32 : code}`)).code).toBe(code);
  }
  expect((await client.run('more', 'given on standard input\r\n')).stdout).toContain('given on standard input\r\n');
  // Wine says 9009 where Windows' cmd /c says 1: count on neither.
  expect(await client.run('nosuchtool --x')).toMatchObject({ code: 9009, stdout: '' });
  expect(await client.run(`echo ${'x'.repeat(8200)}`)).toMatchObject({ code: 1, stderr: 'The command line is too long.\r\n' });
});

test('PowerShell takes commands by its own rules, and keeps only whether a program failed', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 2);
  const motd = 'Authorised people only!\r\n';
  expect(await client.run('echo %OS%')).toMatchObject({ code: 0, stdout: `${motd}%OS%\r\n` });
  expect((await client.run('cmd.exe /c echo "two words" three')).stdout).toBe(`${motd}"two words" three\r\n`);
  expect(await client.run('cmd.exe /c exit 1060')).toMatchObject({ code: 1 });
  expect(await client.run('nosuchtool.exe')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not recognized as the name') as unknown,
  });
  for (const wrong of ['sc query Tcpip', 'cmd.exe /c echo $HOME', '"C:\\x.exe" a', 'a.exe; b.exe', 'Get-Process']) {
    expect(await client.run(wrong)).toMatchObject({ code: 1, stderr: expect.stringContaining('practice: no golden answer') as unknown });
  }
});

test('a tool that nobody models fails loudly and is remembered; a test can give an answer', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  const before = set.windows(1).unanswered().length;
  expect(await client.run('systeminfo.exe /fo csv')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('no golden answer') as unknown,
  });
  expect(await client.run(encoded('Get-MpPreference'))).toMatchObject({ code: 1 });
  expect(
    set
      .windows(1)
      .unanswered()
      .slice(before)
      .map(({ tool }) => tool),
  ).toEqual(['systeminfo.exe', 'powershell.exe']);

  set.windows(1).answer({
    tool: 'powershell.exe',
    pattern: 'Get-MpPreference',
    stdout: '{"on":true}\r\n',
    stderr: '#< CLIXML\r\n',
    code: 3_221_225_786,
  });
  expect(await client.run(encoded('(Get-MpPreference).ExclusionPath'))).toEqual({
    code: 3_221_225_786,
    stdout: '{"on":true}\r\n',
    stderr: '#< CLIXML\r\n',
  });
  const calls = set.windows(1).calls();
  expect(calls.at(-1)).toMatchObject({
    tool: 'powershell.exe',
    isAnswered: true,
    line: expect.stringContaining('(Get-MpPreference).ExclusionPath') as unknown,
  });
  expect(await client.run('certutil.exe -hashfile C:\\windows\\win.ini SHA256')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^[0-9a-f]{64}\r$/mu) as unknown,
  });
  expect(await client.run('icacls.exe C:\\windows /inheritance:r /grant:r "*S-1-5-18:(OI)(CI)F"')).toMatchObject({ code: 0 });
  expect(await client.run('icacls.exe C:\\nothing /grant:r "*S-1-5-18:(OI)(CI)F"')).toMatchObject({ code: 2 });
});

const asked = <Answer>(ask: (done: (error: Error | undefined, answer: Answer) => void) => void): Promise<Answer | string> =>
  new Promise((resolve) => {
    ask((error, answer) => resolve(error === undefined || error === null ? answer : error.message));
  });

const put = (sftp: SFTPWrapper, path: string, text: string): Promise<unknown> =>
  asked((done) => sftp.writeFile(path, text, (error) => done(error ?? undefined, 'written')));
const remove = (sftp: SFTPWrapper, path: string): Promise<unknown> =>
  asked((done) => sftp.unlink(path, (error) => done(error ?? undefined, 'removed')));
const rename = (sftp: SFTPWrapper, from: string, to: string): Promise<unknown> =>
  asked((done) => sftp.rename(from, to, (error) => done(error ?? undefined, 'renamed')));

// As the client words it.
const missing = 'No such file or directory';

test('SFTP has drives, forgets case, replaces nothing by renaming and lets nobody touch a running program', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  const sftp = await client.sftp();
  expect(await asked((done) => sftp.realpath('.', done))).toBe('/C:/Users/Administrator');
  expect(await asked((done) => sftp.mkdir('/C:/Data', (error) => done(error ?? undefined, 'made')))).toBe('made');
  expect(await put(sftp, '/c:/data/One.txt', 'one')).toBe('written');
  expect(await put(sftp, '/C:/DATA/two.txt', 'two')).toBe('written');
  expect(readFileSync(join(set.windows(1).driveC, 'Data', 'One.txt'), 'utf8')).toBe('one');
  expect((await client.run('type C:\\data\\one.TXT')).stdout).toBe('one');
  expect(await rename(sftp, '/C:/Data/two.txt', '/C:/Data/one.txt')).toBe('Failure');
  expect(await rename(sftp, '/C:/Data/two.txt', '/C:/Data/three.txt')).toBe('renamed');
  expect(await asked((done) => sftp.readFile('/C:/Data/none.txt', done))).toBe(missing);
  expect(await put(sftp, '/D:/x', 'x')).toBe(missing);
  expect(await put(sftp, '/etc/x', 'x')).toBe(missing);

  writeFileSync(
    join(set.windows(1).driveC, 'Data', 'run.exe'),
    readFileSync(join(set.windows(1).driveC, 'windows', 'system32', 'cmd.exe')),
  );
  const ended = client.run('C:\\Data\\run.exe /c "echo on> C:\\Data\\on & for /L %i in (0,0,1) do @rem"');
  await expect.poll(() => asked((done) => sftp.stat('/C:/Data/on', done)), { timeout: 20_000 }).not.toBe(missing);
  expect(await put(sftp, '/C:/Data/run.exe', 'x')).toBe('Failure');
  expect(await remove(sftp, '/C:/Data/run.exe')).toBe('Permission denied');
  expect(await rename(sftp, '/C:/Data/run.exe', '/C:/Data/old.exe')).toBe('Permission denied');
  await set.run(1, '$WINE taskkill /f /im run.exe');
  await ended;
  await expect.poll(() => remove(sftp, '/C:/Data/run.exe')).toBe('removed');

  // A new file must be one, and a link is told from what it leads to.
  expect(await asked((done) => sftp.open('/C:/Data/three.txt', 'wx', done))).toBe('Failure');
  symlinkSync(join(set.windows(1).driveC, 'Data'), join(set.windows(1).driveC, 'link'));
  const kindOf = (stats: ssh2.Stats | string): string => (typeof stats === 'string' ? stats : stats.isSymbolicLink() ? 'link' : 'other');
  expect(kindOf(await asked((done) => sftp.lstat('/C:/link', done)))).toBe('link');
  expect(kindOf(await asked((done) => sftp.stat('/C:/link', done)))).toBe('other');
});

const allow = (name: string, more = ''): string =>
  `netsh.exe advfirewall firewall add rule name="${name}" dir=in action=allow protocol=TCP localport=7000,7001 ${more}`;
const none = (name: string): string => `netsh.exe advfirewall firewall delete rule name="${name}"`;

test('the gate opens and closes as netsh says, at once, and blocking wins', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  const [, second, third] = set.servers.map(({ address }) => address);
  await listenOn(set, 1, 7000);
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  expect(await client.run(none('triad:x'))).toMatchObject({ code: 1 });
  expect(await client.run(allow('triad:x', `remoteip=${third} localip=${serverAt(set.place, 1).address}`))).toMatchObject({
    code: 0,
    stdout: 'Ok.\r\n\r\n',
  });
  expect(await reach(set, 3, 1, 7000)).toBe('open');
  expect(await reach(set, 2, 1, 7000)).toBe('silence');
  // Stealth: an open port where nobody listens answers nothing either.
  expect(await reach(set, 3, 1, 7001)).toBe('silence');
  expect(await client.run(allow('triad:x', `remoteip=${second}`))).toMatchObject({ code: 0 });
  expect(await reach(set, 2, 1, 7000)).toBe('open');

  expect(
    await client.run('netsh.exe advfirewall firewall add rule name=block dir=in action=block protocol=TCP localport=7000'),
  ).toMatchObject({ code: 0 });
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  expect(await client.run(none('block'))).toMatchObject({ code: 0, stdout: expect.stringContaining('Deleted 1 rule(s).') as unknown });
  expect(await reach(set, 3, 1, 7000)).toBe('open');

  await set.reboot(1);
  const again = await connectWindows(set, 1);
  await listenOn(set, 1, 7000);
  expect(await reach(set, 3, 1, 7000)).toBe('open');
  expect(await again.run(none('TRIAD:X'))).toMatchObject({ code: 0, stdout: expect.stringContaining('Deleted 2 rule(s).') as unknown });
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  expect(await again.run(allow('domain', 'profile=domain'))).toMatchObject({ code: 0 });
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  expect(await again.run('netsh.exe advfirewall firewall add rule name=x dir=in')).toMatchObject({ code: 1 });
  expect(await again.run('netsh.exe advfirewall show allprofiles')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('no golden answer') as unknown,
  });
});

test('connections are forwarded by the server, past its gate where they go to itself', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 2);
  await listenOn(set, 2, 7100);
  expect(await client.forward('127.0.0.1', 7100, 'echo')).toBe('echo');
  expect(await client.forward('127.0.0.1', 7101, 'echo')).toBe('refused, reason 2');
});

test('the archive has the form of a release, and its redis-server.exe is the real Redis', async () => {
  const set = await mixed();
  const { file } = set.windowsArchive();
  const files = unzipSync(readFileSync(file));
  const top = /^(?<top>Redis-(?<version>\d+\.\d+\.\d+)-Windows-x64-msys2)\.zip$/u.exec(file.split('/').at(-1) ?? '')?.groups ?? {};
  expect(Object.keys(files).every((name) => name.startsWith(`${top['top']}/`))).toBe(true);
  for (const name of Object.keys(files).filter((path) => /\.(?:exe|dll)$/u.test(path))) {
    const bytes = Buffer.from(files[name] ?? []);
    const header = bytes.readUInt32LE(0x3c);
    expect([name, bytes.toString('latin1', 0, 2), bytes.toString('latin1', header, header + 4), bytes.readUInt16LE(header + 4)]).toEqual([
      name,
      'MZ',
      'PE\0\0',
      0x8664,
    ]);
  }
  const at = join(set.windows(1).driveC, 'Redis');
  await runCommand('mkdir', ['-p', at]);
  for (const name of ['redis-server.exe', 'msys-2.0.dll']) writeFileSync(join(at, name), files[`${top['top']}/${name}`] ?? '');
  const client = await connectWindows(set, 1);
  expect((await client.run('C:\\Redis\\redis-server.exe --version')).stdout).toContain(`v=${top['version']} `);

  writeFileSync(join(at, 'redis.conf'), 'port 7200\nbind 127.0.0.1\ndir .\nlogfile redis.log\nsave ""\n');
  const running = client.run('cd /d C:\\Redis & redis-server.exe redis.conf');
  const resp = (...words: readonly string[]): string =>
    `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
  await expect.poll(() => client.forward('127.0.0.1', 7200, resp('PING')), { timeout: 20_000 }).toBe('+PONG\r\n');
  expect(await client.forward('127.0.0.1', 7200, resp('CONFIG', 'GET', 'dir'))).toContain('/c/Redis');
  // Who ends the Windows program ends the Redis behind it.
  await set.run(1, '$WINE taskkill /f /im redis-server.exe');
  await running;
  await expect.poll(() => client.forward('127.0.0.1', 7200, resp('PING'))).toBe('refused, reason 2');
  expect(readFileSync(join(at, 'redis.log'), 'utf8')).toContain('Ready to accept connections');

  await runCommand('rm', [join(at, 'msys-2.0.dll')]);
  expect((await client.run('C:\\Redis\\redis-server.exe --version')).code).not.toBe(0);
});

test('the stand-in for Memurai is a service by itself, and starts nothing without its licence file', async () => {
  const set = await mixed();
  const at = join(set.windows(1).driveC, 'Memurai');
  await runCommand('mkdir', ['-p', join(at, 'node')]);
  const files = unzipSync(readFileSync((await set.memuraiArchive()).file));
  const taken = ['memurai.exe', 'memurai-cli.exe', memuraiLibrary, 'license.lic'];
  for (const name of taken) writeFileSync(join(at, name), files[`Memurai/${name}`] ?? '');
  writeFileSync(join(at, 'node', 'redis.conf'), 'port 7300\nbind 127.0.0.1\ndir "C:/Memurai/node"\nlogfile redis.log\nappendonly yes\n');
  const client = await connectWindows(set, 1);
  const resp = (...words: readonly string[]): string =>
    `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
  const ask = (...words: readonly string[]): Promise<string> => client.forward('127.0.0.1', 7300, resp(...words));
  expect((await client.run('C:\\Memurai\\memurai.exe --version')).stdout).toMatch(/^Memurai server v=4\.2\.3 /u);

  const binPath = '\\"C:\\Memurai\\memurai.exe\\" --service-run \\"C:\\Memurai\\node\\redis.conf\\" --service-name Own';
  expect(await client.run(`sc.exe create Own binPath= "${binPath}" start= demand`)).toMatchObject({ code: 0 });
  expect(await client.run('sc.exe start Own')).toMatchObject({ code: 0 });
  await expect.poll(() => ask('PING'), { timeout: 20_000 }).toBe('+PONG\r\n');
  expect((await client.run('sc.exe query Own')).stdout).toContain('4  RUNNING');
  expect(await ask('CONFIG', 'GET', 'dir')).toContain('/c/Memurai/node');
  expect((await client.run('C:\\Memurai\\memurai-cli.exe -p 7300 set kept yes')).stdout).toContain('OK');
  const stopped = async (): Promise<string> => (await client.run('sc.exe query Own')).stdout;
  expect(await client.run('sc.exe stop Own')).toMatchObject({ code: 0 });
  await expect.poll(stopped, { timeout: 20_000 }).toContain('1  STOPPED');
  expect(readFileSync(join(at, 'node', 'redis.log'), 'utf8')).toContain('Redis is now ready to exit, bye bye');

  expect(await client.run('sc.exe start Own')).toMatchObject({ code: 0 });
  await expect.poll(() => ask('GET', 'kept'), { timeout: 20_000 }).toBe('$3\r\nyes\r\n');
  // Redis that ends by itself takes its service with it.
  await client.run('C:\\Memurai\\memurai-cli.exe -p 7300 shutdown nosave');
  await expect.poll(stopped, { timeout: 20_000 }).toContain('1  STOPPED');

  await runCommand('rm', [join(at, 'license.lic')]);
  expect(await client.run('C:\\Memurai\\memurai.exe --version')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('license') as unknown,
  });
  await client.run('sc.exe start Own');
  await expect.poll(stopped, { timeout: 20_000 }).toMatch(/1 {2}STOPPED[^]*SERVICE_EXIT_CODE {2}: 1 /u);
  expect(await client.run('sc.exe delete Own')).toMatchObject({ code: 0 });
});

test("the archive's programs are the same bytes wherever they are made", async () => {
  const folders = ['one', 'two'].map((name) => mkdtempSync(join(tmpdir(), `triad-${name}-`)));
  onTestFinished(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  for (const folder of folders) {
    await compileRedisPrograms('7.0.15', folder);
    await compileMemuraiPrograms('7.0.15', folder);
  }
  const hashes = folders.map((folder) =>
    ['redis-server.exe', 'msys-2.0.dll', 'memurai.exe', memuraiLibrary].map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ),
  );
  expect(hashes[0]).toEqual(hashes[1]);
});

async function addMarker(set: PracticeSet): Promise<string> {
  const data = join(set.windows(1).driveC, 'Data');
  await runCommand('mkdir', ['-p', data]);
  const source = join(import.meta.dirname, 'testing', 'markerService.c');
  expect(await runCommand('x86_64-w64-mingw32-gcc', ['-o', join(data, 'marker.exe'), source])).toMatchObject({ code: 0 });
  return data;
}

test("services are the service manager's, start with the server and are stopped with it", async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  const data = await addMarker(set);
  const log = (): string => readFileSync(join(data, 'service.log'), 'utf8').replaceAll('\r', '');
  const create = 'sc.exe create Marker binPath= "\\"C:\\Data\\marker.exe\\" with words" start= auto';
  expect(await client.run('sc.exe query Marker')).toMatchObject({ code: 1060, stdout: expect.stringContaining('FAILED 1060') as unknown });
  expect(await client.run(create)).toMatchObject({ code: 0 });
  expect(await client.run(create)).toMatchObject({ code: 1073 });
  expect((await client.run('sc.exe qc Marker')).stdout).toContain('"C:\\Data\\marker.exe" with words');
  expect(await client.run('sc.exe stop Marker')).toMatchObject({ code: 1062 });
  expect(await client.run('sc.exe start Marker')).toMatchObject({ code: 0 });
  expect(await client.run('sc.exe start Marker')).toMatchObject({ code: 1056 });
  await expect.poll(async () => (await client.run('sc.exe query Marker')).stdout).toContain('4  RUNNING');

  await set.awaitReboot(1, () => set.ssh(1, 'shutdown.exe /r /t 0'));
  expect(log()).toBe('started\nstopped\nstarted\n');
  const again = await connectWindows(set, 1);
  expect((await again.run('sc.exe query Marker')).stdout).toContain('4  RUNNING');
  await set.powerCut(1);
  await set.powerOn(1);
  await expect.poll(log).toBe('started\nstopped\nstarted\nstarted\n');
  const last = await connectWindows(set, 1);
  expect(await last.run('sc.exe stop Marker')).toMatchObject({ code: 0 });
  await expect.poll(async () => (await last.run('sc.exe query Marker')).stdout).toContain('1  STOPPED');
  expect(await last.run('sc.exe delete Marker')).toMatchObject({ code: 0 });
  expect(await last.run('sc.exe')).toMatchObject({ code: 1, stderr: expect.stringContaining('no golden answer') as unknown });
});

test('going off is loud where a service does not end', async () => {
  const set = await mixed();
  await addMarker(set);
  const client = await connectWindows(set, 1);
  expect(await client.run('sc.exe create Stubborn binPath= "\\"C:\\Data\\marker.exe\\" stubborn" start= demand')).toMatchObject({
    code: 0,
  });
  expect(await client.run('sc.exe start Stubborn')).toMatchObject({ code: 0 });
  await expect.poll(async () => (await client.run('sc.exe query Stubborn')).stdout).toContain('4  RUNNING');
  await expect(set.powerOff(1)).rejects.toThrow(/did not go off in order.*Stubborn has not ended after 20000 ms/u);
  await set.powerOn(1);
  const again = await connectWindows(set, 1);
  expect(await again.run('sc.exe delete Stubborn')).toMatchObject({ code: 0 });
  await set.powerOff(1);
  await set.powerOn(1);
});

test('a power cut leaves nothing of the server, and loses no registry', async () => {
  const set = await mixed();
  const client = await connectWindows(set, 1);
  await client.run('reg add HKLM\\Software\\Practice /v Kept /d yes');
  await client.run(allow('kept'));
  await set.powerCut(1);
  expect(findServerProcesses(serverAt(set.place, 1))).toMatchObject({ keepers: [], spawners: [], init: undefined });
  expect((await tracesOf(set.place)).filter((trace) => /^(?:process|group|nspawn)/u.test(trace) && trace.includes('servers/1'))).toEqual(
    [],
  );
  expect(set.status().servers[0]).toMatchObject({ power: 'off' });
  await set.powerOn(1);
  const again = await connectWindows(set, 1);
  expect((await again.run('reg query HKLM\\Software\\Practice /v Kept')).stdout).toContain('yes');
  await listenOn(set, 1, 7000);
  expect(await reach(set, 3, 1, 7000)).toBe('open');
});
