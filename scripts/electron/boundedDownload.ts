import { spawn } from 'node:child_process';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How a download is run and how long it may be silent. */
export interface DownloadBounds {
  /** The folder that it writes into: bytes that appear there are progress. */
  readonly watched: string;
  /** Longest time without a new byte. */
  readonly idleMs: number;
  /** Longest time in all. */
  readonly totalMs: number;
  readonly env: Readonly<Record<string, string>>;
}

/** How often the watched folder is looked at. */
const lookEveryMs = 500;

/**
 * Runs a program that downloads, and ends it when nothing has arrived for a while: a network that drops packets would make it wait for
 * many minutes, and a limit on the whole time alone would fail slow networks.
 * @returns undefined when it succeeded, else the reason in a few words.
 */
export function boundedDownload(program: string, args: readonly string[], bounds: DownloadBounds): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...bounds.env } });
    const startedAt = performance.now();
    let [output, sizeBytes, grownAt] = ['', 0, startedAt];
    let stopped: string | undefined;
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const look = async (): Promise<void> => {
      const size = await bytesBelow(bounds.watched);
      const now = performance.now();
      if (size !== sizeBytes) [sizeBytes, grownAt] = [size, now];
      if (now - grownAt > bounds.idleMs) stopped = `nothing arrived for ${bounds.idleMs / 1000} s`;
      else if (now - startedAt > bounds.totalMs) stopped = `it took longer than ${bounds.totalMs / 1000} s`;
      if (stopped !== undefined) child.kill('SIGKILL');
    };
    const timer = setInterval(() => void look(), lookEveryMs);
    child.on('error', (error) => {
      clearInterval(timer);
      resolve(error.message);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      resolve(code === 0 ? undefined : (stopped ?? reasonIn(output)));
    });
  });
}

/** The most telling line of what a failed download said: a cause where there is one, else its first line. */
export function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const told = lines.find((line) => /\b(?:E[A-Z]{4,}|ERR_[A-Z_]+|Response code \d+|\b[45]\d\d\b)/u.test(line) && !line.startsWith('at '));
  return (told ?? lines.find((line) => line !== '') ?? 'it said nothing').slice(0, 200);
}

async function bytesBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  // What is gone between the two looks counts nothing.
  const sizes = await Promise.all(
    names.map((name) =>
      lstat(join(folder, name)).then(
        (stats) => stats.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
