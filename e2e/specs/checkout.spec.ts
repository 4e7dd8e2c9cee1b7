// What a person types in a checkout, with a display: `npm start -- FILE` and `npm run demo`. Each is the program that npm starts, to its end.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../../scripts/practice/runCommand.ts';
import { environment } from '../electronApp.ts';
import { expect, test } from '../practice.ts';
import { logOf } from '../shell.ts';

test.setTimeout(300_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The app may have to be built first, and the practice servers to be started. */
const OPEN_MS = 240_000;

/** The main process of the app that was started with this profile; undefined while there is none. */
async function appWith(profileFolder: string): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    // The helpers of Chromium have a type, and whoever started the app is no Electron.
    if (args[0]?.endsWith('electron') !== true || args.some((arg) => arg.startsWith('--type='))) continue;
    const variables = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
    if (variables.includes(`XDG_CONFIG_HOME=${profileFolder}`)) return Number(pid);
  }
  return undefined;
}

/** Runs a task as npm does, waits for the window, looks at what came of it, tells the app to end, and gives what was said until everything had. */
async function openAndEnd(
  task: readonly string[],
  folders: { readonly home: string; readonly profile: string },
  variables: Readonly<Record<string, string>>,
  look: () => Promise<void>,
): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), ...task], {
    cwd: root,
    env: { ...environment(), XDG_CONFIG_HOME: folders.profile, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  try {
    await expect
      .poll(async () => `${await logOf(folders.home)}${child.exitCode === null ? '' : said}`, { timeout: OPEN_MS })
      .toContain('window.shown');
    await look();
    const app = await appWith(folders.profile);
    expect(app).toBeDefined();
    process.kill(app ?? -1, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(await appWith(folders.profile)).toBeUndefined();
    return said;
  } finally {
    const left = await appWith(folders.profile);
    if (left !== undefined) process.kill(left, 'SIGKILL');
    child.kill('SIGTERM');
    await ended;
  }
}

/** Everything that the drafts of a home hold. */
async function draftsOf(home: string): Promise<string> {
  const folder = join(home, 'drafts');
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))).join('\n');
}

test('npm start -- FILE opens the window with that file in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-start-'));
  try {
    const [home, profile, file] = [join(folder, 'home'), join(folder, 'profile'), join(folder, 'mine.triad')];
    const servers = [1, 2, 3].map(
      (number) => `  - { name: node-${number}, address: 192.0.2.${number}, ssh: { user: root, auth: { agent: true } } }`,
    );
    await writeFile(file, `schemaVersion: 1\nname: opened-by-start\nservers:\n${servers.join('\n')}\n`);
    const said = await openAndEnd(['start', file], { home, profile }, { TRIAD_HOME: home }, async () => {
      await expect.poll(() => draftsOf(home)).toContain('opened-by-start');
    });
    expect(said).toContain('Opening Triad with Electron');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('npm run demo opens the window with three practice servers that are up', async ({ claimed }) => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-demo-'));
  const { place } = claimed.other;
  const variables = {
    XDG_STATE_HOME: join(folder, 'state'),
    TRIAD_PRACTICE_PREFIX: place.prefix,
    TRIAD_PRACTICE_SUBNET: place.cidr.split('.').slice(0, 3).join('.'),
  };
  try {
    const [home, profile] = [join(folder, 'state/triad/demo'), join(folder, 'profile')];
    const said = await openAndEnd(['demo'], { home, profile }, variables, async () => {
      await expect.poll(() => draftsOf(home)).toContain(place.servers[0]?.address);
      const stdout = await mustRun(
        'look at the practice servers',
        process.execPath,
        [join(root, 'scripts/run.mjs'), 'practice', 'status'],
        {
          env: variables,
        },
      );
      for (const { address } of place.servers) expect(stdout).toContain(address);
    });
    expect(said).toContain('It opens with the three servers filled in');
    expect(said).toContain('The practice servers are still there');
  } finally {
    await mustRun('take the practice servers down', process.execPath, [join(root, 'scripts/run.mjs'), 'practice', 'down'], {
      env: variables,
    });
    await rm(folder, { recursive: true, force: true });
  }
});
