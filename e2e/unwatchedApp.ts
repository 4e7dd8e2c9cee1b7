// The app without Playwright: Chromium reports no page that hangs while a debugger is attached to it, and Playwright attaches one to each.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { environment, programOf, type AppFolders } from './electronApp.ts';
import { logOf } from './shell.ts';

/** A running app of which only the main process is watched, through Node's inspector. */
export interface UnwatchedApp {
  /** Does something in the main process; what it gives must be plain data. It sees nothing of the test but its argument. */
  readonly evaluate: <Result>(work: (electron: typeof Electron) => Result | Promise<Result>) => Promise<Result>;
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: { readonly result: { readonly value: unknown }; readonly exceptionDetails?: { readonly text: string } };
}

const LOOK_EVERY_MS = 50;
const LISTENING = /ws:\/\/\S+/u;

/** Starts it, and resolves when it has shown its window. */
export async function startUnwatched(project: string, folders: AppFolders): Promise<UnwatchedApp> {
  for (const folder of [folders.home, folders.profile]) await mkdir(folder, { recursive: true });
  const { executablePath, args } = await programOf(project, [`--user-data-dir=${folders.profile}`, '--inspect=0'], []);
  const child = spawn(executablePath, args, { env: { ...environment(), TRIAD_HOME: folders.home }, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const endedEarly = ended.then(() => {
    throw new Error('The app ended before it had a window.');
  });
  endedEarly.catch(() => undefined);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        const found = LISTENING.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`The app ended: ${said}`)));
    });
    // Whoever asks while Node itself begins breaks it.
    while (!(await logOf(folders.home)).includes('window.shown')) await Promise.race([pause(LOOK_EVERY_MS), endedEarly]);
    return { evaluate: await evaluator(address), kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function evaluator(address: string): Promise<UnwatchedApp['evaluate']> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
  });
  const ask = async (expression: string): Promise<unknown> => {
    asked += 1;
    const id = asked;
    const answered = new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
    });
    const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result } = await answered;
    if (result === undefined || result.exceptionDetails !== undefined) throw new Error(`The main process threw: ${JSON.stringify(result)}`);
    return result.result.value;
  };
  return async <Result>(work: (electron: typeof Electron) => Result | Promise<Result>) =>
    (await ask(`(${work.toString()})(require('electron'))`)) as Result;
}
