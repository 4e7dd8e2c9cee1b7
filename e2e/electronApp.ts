// What every window test begins with: Triad on a real Electron, on a profile and a home of its own, watched for what must never happen.
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, test as base, expect } from '@playwright/test';
import type { ConsoleMessage, ElectronApplication, Page, Request, TestInfo } from '@playwright/test';
import { packagedExecutable } from '../scripts/electron/packageApp.ts';
import { findRuntime } from '../scripts/electron/runtime.ts';
import { sandboxArguments } from '../scripts/electron/sandboxArguments.ts';
import { appsUnderTest } from './setup/appsUnderTest.ts';
import { takeOwnDisplay } from './setup/displays.ts';

takeOwnDisplay();

/** How one start of the app differs from the ordinary one. */
export interface LaunchOptions {
  /** Given to the app, such as a file to open. */
  readonly args?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Another start on the same folders: what the app kept is there. */
  readonly folders?: AppFolders;
}

/** Where a started app keeps what it keeps. */
export interface AppFolders {
  /** TRIAD_HOME: drafts, runs, known hosts. */
  readonly home: string;
  /** Electron's profile: window state, caches. */
  readonly profile: string;
}

/** A running Triad. */
export interface TriadApp {
  readonly app: ElectronApplication;
  /** Its first window. */
  readonly window: Page;
  readonly folders: AppFolders;
  /** What must never happen and did, one sentence each: a test fails at its end when there is any. */
  readonly problems: readonly string[];
  /** Ends it as a person would, and by force when it has not ended after ten seconds. */
  readonly close: () => Promise<void>;
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>;
}

/** What a test can ask for. */
export interface TriadFixtures {
  /** Starts the app; it is ended with the test. */
  readonly launch: (options?: LaunchOptions) => Promise<TriadApp>;
  /** The app, started as a person would for the first time. */
  readonly triad: TriadApp;
}

/** What a test can set by `test.use`. */
export interface TriadOptions {
  /** Problems that a test provokes on purpose. */
  readonly expectedProblems: readonly RegExp[];
}

const startTimeoutMs = 30_000;
const closeTimeoutMs = 10_000;

/** Playwright's test with the app as fixtures. The project decides whether it is the development build or the packaged app. */
export const test = base.extend<TriadFixtures & TriadOptions>({
  expectedProblems: [[], { option: true }],
  launch: async ({ expectedProblems }, use, testInfo) => {
    await mkdir(appsUnderTest().scratch, { recursive: true });
    const scratch = await mkdtemp(join(appsUnderTest().scratch, 'test-'));
    const started: StartedApp[] = [];
    await use(async (options = {}) => {
      const number = started.length + 1;
      const folders = options.folders ?? { home: join(scratch, `home-${number}`), profile: join(scratch, `profile-${number}`) };
      const triad = await start(options, folders, testInfo.project.name);
      started.push(triad);
      return triad;
    });
    for (const triad of started) await triad.close();
    if (testInfo.status !== testInfo.expectedStatus) await attachLogs(started, testInfo);
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    const problems = started.flatMap((triad) => triad.problems);
    expect(problems.filter((problem) => !expectedProblems.some((expected) => expected.test(problem)))).toEqual([]);
  },
  triad: async ({ launch }, use) => {
    await use(await launch());
  },
});

export { expect } from '@playwright/test';

interface StartedApp extends TriadApp {
  /** What its main process wrote. */
  readonly log: () => string;
}

async function start(options: LaunchOptions, folders: AppFolders, project: string): Promise<StartedApp> {
  for (const folder of [folders.home, folders.profile]) await mkdir(folder, { recursive: true });
  const profileSwitch = `--user-data-dir=${folders.profile}`;
  const program = await programOf(project, [profileSwitch], options.args ?? []);
  const app = await launchBounded(profileSwitch, {
    ...program,
    env: { ...environment(), TRIAD_HOME: folders.home, ...options.env },
    // Else Playwright forces the light scheme, whatever the app says.
    colorScheme: null,
  });
  const problems: string[] = [];
  watch(app, problems);
  const chunks: Buffer[] = [];
  const child = app.process();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = endOf(child);
  const log = (): string => Buffer.concat(chunks).toString('utf8');
  const window = await app.firstWindow({ timeout: startTimeoutMs }).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    await ended;
    throw new Error(`No window appeared. The main process said:\n${log()}`, { cause: error });
  });
  // Until then the main process loads the core, and what it collects as garbage meanwhile can be the inspector's promise of an `app.evaluate`.
  await window.locator('#root > *').first().waitFor({ state: 'attached', timeout: startTimeoutMs });
  return {
    app,
    window,
    folders,
    problems,
    log,
    close: async () => {
      const closed = app.close().then(
        () => true,
        () => true,
      );
      const bound = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), closeTimeoutMs).unref());
      if (!(await Promise.race([closed, bound]))) child.kill('SIGKILL');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const launchTries = 3;
const launchBoundMs = 25_000;

/**
 * Playwright's launch, tried again when it does not settle: about one start in a hundred the app is up, its window painted and its main process answering,
 * but Playwright never notices, and its own time limit does not end the wait. The app that was started is ended by what nobody else has on a command line.
 */
async function launchBounded(ownArgument: string, options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let left = launchTries; left > 0; left -= 1) {
    const launching = _electron.launch(options);
    launching.catch(() => undefined);
    const waiting = new AbortController();
    const app = await Promise.race([launching, pause(launchBoundMs, null, { signal: waiting.signal }).catch(() => null)]);
    waiting.abort();
    if (app !== null) return app;
    await endProcessesWith(ownArgument);
  }
  throw new Error(`Playwright did not notice the start of the app, ${launchTries} times.`);
}

/** Ends the processes that have this argument. Linux only, where these tests run. */
async function endProcessesWith(argument: string): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  for (const pid of pids) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!commandLine.split('\0').includes(argument)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** The program and its arguments, for `npm start`'s way or for the packaged app. */
export async function programOf(
  project: string,
  switches: readonly string[],
  args: readonly string[],
): Promise<{ readonly executablePath: string; readonly args: string[] }> {
  const silent = (): void => undefined;
  // A packaged app is never started without its sandbox, but Chromium refuses to run one as root, and these tests need root's practice servers.
  const common = [...sandboxArguments(silent), ...switches];
  if (project === 'packaged') return { executablePath: packagedExecutable(appsUnderTest().packaged), args: [...common, ...args] };
  const { executable } = await findRuntime(silent);
  return { executablePath: executable, args: [...common, appsUnderTest().development, ...args] };
}

/** The environment of this process for an app, without what Electron would take for its own. */
export function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => !/^(?:NODE_OPTIONS|ELECTRON_.*)$/u.test(name)));
}

/** Errors on the console (the policy's violations are among them), errors that nobody caught, and anything that is not the app's own. */
function watch(app: ElectronApplication, problems: string[]): void {
  const context = app.context();
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => void problems.push(`uncaught: ${error.error().message}`));
  context.on('request', (request: Request) => {
    if (!/^(?:triad|data|blob|devtools):/u.test(request.url())) problems.push(`loads from elsewhere: ${request.url()}`);
  });
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

async function attachLogs(started: readonly StartedApp[], testInfo: TestInfo): Promise<void> {
  for (const [index, triad] of started.entries())
    await testInfo.attach(`main process ${index + 1}`, { body: triad.log(), contentType: 'text/plain' });
}
