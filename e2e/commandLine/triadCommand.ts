import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { parse, stringify } from 'yaml';
import type { CheckResult } from '../../electron/shared/domain/check.ts';
import type { FailoverTrial } from '../../electron/shared/domain/failover.ts';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { buildCli } from '../../scripts/build/buildCli.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The last line of `--json`. Texts of checks are rendered there. */
export interface CommandResult {
  readonly type: 'result';
  readonly verdict: string;
  readonly checks: readonly (Omit<CheckResult, 'expected' | 'observed' | 'remedy' | 'subject'> & {
    readonly subject: string;
    readonly expected: string;
    readonly observed: string;
    readonly remedy: string | null;
  })[];
  readonly failover: { readonly trials: readonly FailoverTrial[] };
  readonly failure: { readonly code: string; readonly subject?: string; readonly evidence?: string; readonly title?: string } | null;
  readonly report: string | null;
}

/** What a run of the command line left: exit code, everything it printed, and with `--json` its events and result. */
export interface FinishedCommand {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly events: readonly RunEvent[];
  readonly result: CommandResult;
}

/** A command that is still going on. */
export interface RunningCommand {
  readonly pid: number;
  /** Resolves with the first event that satisfies the predicate; rejects when the command ends without it. */
  waitForEvent(isIt: (event: RunEvent) => boolean): Promise<RunEvent>;
  /** Resolves when everything printed so far, on both outputs, contains these words; rejects when the command ends without them. */
  waitForText(words: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Types on the terminal of a command that was started with one. */
  type(keys: string): void;
  readonly finished: Promise<FinishedCommand>;
}

/** The command line of this checkout with a home of its own, on a set of practice servers. */
export interface TriadAtHome {
  readonly home: string;
  /** Writes a specification made from the set's own, changed by `edit`, and returns its path. */
  spec(set: PracticeSet, edit?: (spec: EditableSpec) => void): string;
  run(args: readonly string[], options?: CommandSetting): Promise<FinishedCommand>;
  start(args: readonly string[], options?: CommandSetting): RunningCommand;
  /** Kills every command that still goes on, and resolves when they have ended: what a failed test has left must not disturb the next one. */
  killRunning(): Promise<void>;
}

/** What a command finds around itself. */
export interface CommandSetting {
  readonly env?: Readonly<Record<string, string>>;
  /** Its standard input; empty where nothing is said. */
  readonly input?: string;
  /** Gives it a terminal, by `script` of util-linux: both outputs come as one then, and `type` is its keyboard. */
  readonly hasTerminal?: boolean;
}

/** The specification as YAML has it; tests change what they need. */
export interface EditableSpec {
  name: string;
  servers: { name: string; address: string; ssh: Record<string, unknown> }[];
  redis: Record<string, unknown>;
  paths?: Record<string, string>;
  firewall?: Record<string, unknown>;
  windows?: Record<string, unknown>;
}

/**
 * Gives a test file the built command line and a temporary TRIAD_HOME, which goes with the file. What a failed test has left running is killed after it; a file that
 * makes its servers anew then does that with `killRunning` before, as its own `afterEach` comes first.
 */
export function triadForTest(): TriadAtHome {
  const folder = mkdtempSync(join(tmpdir(), 'triad-e2e-'));
  const home = join(folder, 'home');
  let specs = 0;
  let environment: Readonly<Record<string, string>> = {};
  const goingOn = new Set<Pick<RunningCommand, 'kill' | 'finished'>>();
  const killRunning = async (): Promise<void> => {
    for (const { kill } of goingOn) kill('SIGKILL');
    await Promise.allSettled([...goingOn].map(async ({ finished }) => finished));
  };
  beforeAll(async () => buildCli());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await killRunning();
  });
  afterAll(async () => {
    await killRunning();
    rmSync(folder, { recursive: true, force: true });
  });

  const start: TriadAtHome['start'] = (args, options = {}) => {
    const command = [process.execPath, join(root, 'out', 'cli', 'cli.js'), ...args];
    const shellLine = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
    const [program = '', ...parameters] = options.hasTerminal === true ? ['script', '-qefc', shellLine, '/dev/null'] : command;
    const child = spawn(program, parameters, {
      cwd: folder,
      env: { ...process.env, ...environment, TRIAD_HOME: home, ...options.env, TRIAD_BUNDLES: join(root, 'resources', 'redis') },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (options.hasTerminal !== true) child.stdin.end(options.input ?? '');
    const events: RunEvent[] = [];
    const lines: unknown[] = [];
    const waiting = new Set<() => void>();
    let stdout = '';
    let stderr = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        if (!line.startsWith('{')) continue;
        const value = JSON.parse(line) as { readonly seq?: number };
        lines.push(value);
        if (value.seq !== undefined) events.push(value as RunEvent);
      }
      for (const check of waiting) check();
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      for (const check of waiting) check();
    });
    const finished = new Promise<FinishedCommand>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr, events, result: lines.at(-1) as CommandResult }));
    });
    const waitFor = async <Found>(find: () => Found | undefined): Promise<Found> =>
      new Promise<Found>((resolve, reject) => {
        const check = (): void => {
          const found = find();
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
        void finished.then(({ code }) => reject(new Error(`the command ended with ${code} before that came\n${stdout}\n${stderr}`)));
      });
    const killable = { kill: (signal: NodeJS.Signals): void => void child.kill(signal), finished };
    goingOn.add(killable);
    const forget = (): void => void goingOn.delete(killable);
    finished.then(forget, forget);
    return {
      pid: child.pid ?? 0,
      ...killable,
      type: (keys) => child.stdin.write(keys),
      waitForEvent: async (isIt) => waitFor(() => events.find(isIt)),
      waitForText: async (words) => waitFor(() => (`${stdout}\n${stderr}`.includes(words) ? true : undefined)).then(() => undefined),
    };
  };

  return {
    home,
    spec: (set, edit) => {
      const { yaml, environment: needed } = set.spec();
      environment = needed;
      const spec = parse(yaml) as EditableSpec;
      edit?.(spec);
      specs += 1;
      const file = join(folder, `spec-${specs}.yaml`);
      writeFileSync(file, stringify(spec));
      return file;
    },
    start,
    killRunning,
    run: async (args, options) => start(args, options).finished,
  };
}
