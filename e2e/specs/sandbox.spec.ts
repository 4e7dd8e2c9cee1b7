// Chromium's sandbox, which the other tests have to leave out because they are root: here the app is started as somebody who is not.
import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { mustRun, runCommand } from '../../scripts/practice/runCommand.ts';
import { programOf } from '../electronApp.ts';
import { appsUnderTest } from '../setup/appsUnderTest.ts';
import { logOf } from '../shell.ts';

/** A user id without an account: nothing on this machine belongs to it. */
const STRANGER = 61_234;

/** Copies a folder to where a stranger can read it, whatever its parents forbid; by hard links where that is possible. */
async function copyFolder(from: string, to: string): Promise<void> {
  const linked = await runCommand('cp', ['-al', from, to]);
  if (linked.code === 0) return;
  await rm(to, { recursive: true, force: true });
  await mustRun(`copy ${from}`, 'cp', ['-a', from, to]);
}

/** The processes of that user with their arguments. */
async function processesOf(uid: number): Promise<readonly { readonly pid: string; readonly args: readonly string[] }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      if (!new RegExp(`^Uid:\\t${uid}\\t`, 'mu').test(status) || /^State:\tZ/mu.test(status)) return [];
      return [{ pid, args: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split(/[\0 ]/u) }];
    }),
  );
  return all.flat();
}

// Playwright reads the names of fixtures from this pattern.
// eslint-disable-next-line no-empty-pattern
test('shuts its page in the sandbox of Chromium when a user without rights starts it', async ({}, info) => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-sandbox-'));
  const [home, profile, program, app] = ['home', 'profile', 'program', 'app'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  const uid = process.getuid?.() === 0 ? STRANGER : (process.getuid?.() ?? STRANGER);
  const { executablePath, args } = await programOf(info.project.name, [], []);
  await chmod(folder, 0o755);
  await copyFolder(dirname(executablePath), program);
  if (args.includes(appsUnderTest().development)) await copyFolder(appsUnderTest().development, app);
  for (const own of [home, profile]) {
    await mkdir(own);
    await chown(own, uid, uid);
  }
  const command = [
    join(program, basename(executablePath)),
    `--user-data-dir=${profile}`,
    ...(args.includes(appsUnderTest().development) ? [app] : []),
  ];
  const as = uid === STRANGER ? ['--reuid', String(uid), '--regid', String(uid), '--clear-groups'] : [];
  const child = spawn('setpriv', [...as, ...command], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: home, TRIAD_HOME: home, DISPLAY: process.env['DISPLAY'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const ownProcesses = async (): ReturnType<typeof processesOf> =>
    (await processesOf(uid)).filter(({ args: [first = ''] }) => first.startsWith(program));
  try {
    await expect
      .poll(async () => `${await logOf(home)}${child.exitCode === null ? '' : said}`, { timeout: 30_000 })
      .toContain('window.shown');
    const processes = await ownProcesses();
    expect(processes.flatMap((one) => one.args).filter((arg) => arg === '--no-sandbox')).toEqual([]);
    const renderers = processes.filter((one) => one.args.includes('--type=renderer'));
    expect(renderers).not.toEqual([]);
    for (const { pid } of renderers) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      // A filter on its calls to the kernel, no way to more rights, no right in the first place.
      expect(status).toMatch(/^Seccomp:\t2$/mu);
      expect(status).toMatch(/^NoNewPrivs:\t1$/mu);
      expect(status).toMatch(/^CapEff:\t0+$/mu);
      // And it sees neither the network nor the processes of the others.
      for (const space of ['net', 'pid', 'user'])
        expect(await readlink(`/proc/${pid}/ns/${space}`)).not.toBe(await readlink(`/proc/${child.pid ?? 0}/ns/${space}`));
    }
  } finally {
    child.kill('SIGKILL');
    await ended;
    // Its helpers notice that it is gone.
    await expect.poll(ownProcesses, { timeout: 20_000 }).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  }
});
