import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sandboxArguments } from '../../electron/sandboxArguments.ts';
import { awaitCondition } from '../../practice/awaitCondition.ts';
import { BenchError } from '../benchError.ts';
import { evaluate, findPage } from './devTools.ts';
import { PageTiming, interactiveMs, pageTimingExpression } from './pageTiming.ts';
import { memoryOf, type ProcessMemory } from './processMemory.ts';

/** An app that is started again and again. */
export interface MeasuredApp {
  /** What Electron is given to open. */
  readonly folder: string;
  /** Its profile, the same at each start: what is measured is the start of every day, not the first one. */
  readonly profile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One start. */
export interface MeasuredStart {
  /** From just before the program was started until its window could be used. */
  readonly interactiveMs: number;
  readonly firstPaintMs: number;
  /** Until the page was begun: what the main process costs. */
  readonly pageBeginsMs: number;
  /** Files of the window that were loaded until it came to rest. */
  readonly loadedPaths: readonly string[];
  readonly memory: ProcessMemory;
}

/** Nobody asks the app anything until it has long come to rest: asking costs it time. */
const restMs = 3000;
const paintTimeoutMs = 30_000;
const killAfterMs = 5000;

/** Starts an app with its window on the display of the environment, measures, and ends it. */
export async function measureStart(executable: string, app: MeasuredApp): Promise<MeasuredStart> {
  return withApp(executable, app, async (page, pid, startedAtMs) => {
    const timing = await awaitCondition(paintTimeoutMs, async () => {
      const read = PageTiming.parse(await evaluate(page, pageTimingExpression));
      return interactiveMs(read) === null ? undefined : read;
    });
    if (timing === undefined) throw new BenchError('The window painted nothing.');
    const pageBeginsMs = timing.originMs - startedAtMs;
    return {
      interactiveMs: pageBeginsMs + (interactiveMs(timing) ?? 0),
      firstPaintMs: pageBeginsMs + timing.firstPaintMs,
      pageBeginsMs,
      loadedPaths: timing.loadedPaths,
      memory: await memoryOf(pid),
    };
  });
}

/** Starts an app, lets it come to rest, hands its page out, and ends it with all its processes. */
export async function withApp<Result>(
  executable: string,
  { folder, profile, env }: MeasuredApp,
  use: (page: string, pid: number, startedAtMs: number) => Promise<Result>,
): Promise<Result> {
  await rm(join(profile, 'DevToolsActivePort'), { force: true });
  const args = [...sandboxArguments(() => undefined), `--user-data-dir=${profile}`, '--remote-debugging-port=0', folder];
  const startedAtMs = performance.timeOrigin + performance.now();
  // A process group of its own, so that none of its processes stays behind.
  const child = spawn(executable, args, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // All of it has ended.
    }
  };
  const killNow = (): void => kill('SIGKILL');
  process.once('exit', killNow);
  try {
    await Promise.race([pause(restMs), ended]);
    if (child.exitCode !== null || child.pid === undefined) throw new BenchError(`The app ended by itself with ${String(child.exitCode)}.`);
    return await use(await findPage(profile), child.pid, startedAtMs);
  } finally {
    child.kill('SIGTERM');
    const timer = setTimeout(killNow, killAfterMs);
    await ended;
    clearTimeout(timer);
    killNow();
    process.off('exit', killNow);
  }
}
