import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { PracticeError } from './practiceError.ts';

/** A lock that is held. It ends with `release` or with the process that took it, however that ends. */
export interface FileLock {
  /** `remove: true` deletes the lock's file too: use it when the thing it guards is gone. */
  release(options?: { readonly remove?: boolean }): Promise<void>;
}

export interface LockOptions {
  /** Longest wait. 0 does not wait. */
  readonly waitMs: number;
  /** Called once, before waiting, with the process id of the holder where it is known. */
  readonly onWait?: (holderPid: string) => void;
}

// Node has no flock(2). A small shell holds the lock and reads from a pipe to us: when we end, even by SIGKILL, the pipe closes, the shell
// ends and the kernel frees the lock. The comparison of file numbers finds a lock file that its holder deleted while we waited.
const holderScript = `
while :; do
  mkdir -p -m 700 "\${1%/*}" && exec 9<>"$1" || exit 74
  flock -w "$2" 9 || exit 75
  [ "$(stat -Lc %d:%i /proc/self/fd/9)" = "$(stat -c %d:%i "$1" 2>/dev/null)" ] && break
done
echo "$3" > "$1"
echo locked
exec cat > /dev/null`;
const busyExitCode = 75;

/** Takes the lock, or returns undefined when another process still holds it after `waitMs`. */
export async function lockFile(file: string, options: LockOptions): Promise<FileLock | undefined> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const atOnce = await take(file, 0);
  if (atOnce !== undefined || options.waitMs === 0) return atOnce;
  options.onWait?.(holderOf(file));
  return take(file, options.waitMs);
}

/** Takes the lock or throws a PracticeError that names the holder. */
export async function mustLockFile(file: string, what: string, options: LockOptions): Promise<FileLock> {
  const lock = await lockFile(file, options);
  if (lock !== undefined) return lock;
  throw new PracticeError(`Another process (${holderOf(file)}) is working on ${what}: wait for it or end it, then try again.`);
}

function holderOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

function take(file: string, waitMs: number): Promise<FileLock | undefined> {
  return new Promise((resolve, reject) => {
    const holder = spawn('sh', ['-c', holderScript, 'lock', file, String(waitMs / 1000), String(process.pid)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const ended = new Promise<void>((done) => {
      holder.once('close', () => done());
    });
    let said = '';
    holder.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    holder.stdin.on('error', () => undefined);
    holder.stdout.once('data', () => {
      resolve({
        release: async (options) => {
          if (options?.remove === true) rmSync(file, { force: true });
          holder.stdin.end();
          await ended;
        },
      });
    });
    holder.once('error', (error) => reject(new PracticeError(`Could not lock ${file}: ${error.message}`)));
    holder.once('exit', (code) => {
      if (code === busyExitCode) resolve(undefined);
      else reject(new PracticeError(`Could not lock ${file}: ${said.trim()} (exit code ${code ?? 'none'})`));
    });
  });
}
