import { appendFileSync, mkdirSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Redactor } from './redact.ts';

/** What a line tells beside its name: ids, counts, milliseconds. Never input of the admin. */
export type LogDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The log of the desktop app: one JSON object a line, free of secrets. */
export interface ShellLog {
  info(what: string, details?: LogDetails): void;
  warn(what: string, details?: LogDetails): void;
  /** With the error's stack: the only place that ever shows one. */
  error(what: string, error: unknown, details?: LogDetails): void;
  /** Resolves when everything said so far has been written, or could not be. */
  flush(): Promise<void>;
  /** Writes what is still waiting before it returns; for the last moment of a process. */
  flushNow(): void;
}

/** Where and how much is written. */
export interface LogFileOptions {
  readonly file: string;
  /** A file that has grown beyond this becomes `NAME.1`, and that one `NAME.2`. */
  readonly maxBytes: number;
  readonly keep: number;
  readonly redactor: Redactor;
  readonly now?: () => Date;
}

/** Lines wait this long for others, so that a burst is one write. */
const GATHER_MS = 100;

/** Opens the log. Where nothing can be written the program goes on without one: it is worth less than what it tells of. */
export function openLogFile({ file, maxBytes, keep, redactor, now = () => new Date() }: LogFileOptions): ShellLog {
  let waiting = '';
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const lines = waiting;
    waiting = '';
    if (lines === '') return;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size > maxBytes) {
      await rm(`${file}.${keep}`, { force: true });
      for (let number = keep - 1; number >= 0; number -= 1) await rename(nameOf(number), nameOf(number + 1)).catch(() => undefined);
    }
    await appendFile(file, lines, { mode: 0o600 });
  };
  const nameOf = (number: number): string => (number === 0 ? file : `${file}.${number}`);

  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing.then(write).catch(() => undefined);
    await writing;
  };

  const say = (level: 'info' | 'warn' | 'error', what: string, details: Readonly<Record<string, unknown>>): void => {
    waiting += `${redactor.redact(JSON.stringify({ at: now().toISOString(), level, what, ...details }))}\n`;
    if (timer !== null) return;
    timer = setTimeout(() => void flush(), GATHER_MS);
    timer.unref();
  };

  return {
    info: (what, details = {}) => say('info', what, details),
    warn: (what, details = {}) => say('warn', what, details),
    error: (what, error, details = {}) => say('error', what, { ...details, error: describe(error) }),
    flush,
    flushNow: () => {
      const lines = waiting;
      waiting = '';
      if (lines === '') return;
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, lines, { mode: 0o600 });
      } catch {
        // As above.
      }
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
}
