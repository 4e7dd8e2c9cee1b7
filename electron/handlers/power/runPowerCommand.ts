import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../shared/domain/message.ts';
import { message } from '../../shared/messages/message.ts';

/** How a command ended: why it failed, null where it did not, and the end of what it said. */
export interface CommandEnd {
  readonly why: Message | null;
  readonly output: string;
}

/** What is kept of a command's output, characters. */
const KEPT_CHARACTERS = 2000;
/** A command may leave a process behind that keeps its output open: nobody waits for that one, milliseconds. */
const OUTPUT_PATIENCE_MS = 200;

/**
 * Runs a command line by this computer's shell, as whoever started Triad, with `environment` beside the own. Never rejects: what went wrong is in the end. A command that takes
 * longer than `deadlineMs` is killed with everything that it has started.
 */
export async function runPowerCommand(
  command: string,
  environment: Readonly<Record<string, string>>,
  deadlineMs: number,
): Promise<CommandEnd> {
  // A group of its own on POSIX systems, so that a shell is not killed without what it runs.
  const isGroup = process.platform !== 'win32';
  const child = spawn(command, {
    shell: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isGroup,
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output = `${output}${chunk}`.slice(-KEPT_CHARACTERS);
    });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let isLate = false;
  const why = await new Promise<Message | null>((resolve) => {
    const timer = setTimeout(() => {
      isLate = true;
      killAll(child.pid, isGroup);
    }, deadlineMs);
    const end = (reason: Message | null): void => {
      clearTimeout(timer);
      resolve(reason);
    };
    child.once('error', (error) => end(message('failover.power.notStarted', { reason: error.message })));
    child.once('exit', (code, signal) => {
      if (isLate) end(message('failover.power.tooLate', { seconds: Math.round(deadlineMs / 1000) }));
      else if (code === 0) end(null);
      else end(message('failover.power.exit', { code: code ?? signal ?? '' }));
    });
  });
  await Promise.race([closed, pause(OUTPUT_PATIENCE_MS)]);
  return { why, output: output.trim() };
}

function killAll(pid: number | undefined, isGroup: boolean): void {
  if (pid === undefined) return;
  try {
    if (isGroup) process.kill(-pid, 'SIGKILL');
    else spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => undefined);
  } catch {
    // It has ended in this moment.
  }
}
