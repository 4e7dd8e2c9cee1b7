import type { ShellLog } from '../log/logFile.ts';

/** A log that keeps its lines, as one text each. */
export interface FakeLog extends ShellLog {
  readonly lines: string[];
}

/** Makes a log with nothing in it. */
export function createFakeLog(): FakeLog {
  const lines: string[] = [];
  return {
    lines,
    info: (what, details) => lines.push(`info ${what} ${JSON.stringify(details ?? {})}`),
    warn: (what, details) => lines.push(`warn ${what} ${JSON.stringify(details ?? {})}`),
    error: (what, error, details) =>
      lines.push(`error ${what} ${JSON.stringify(details ?? {})} ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
    flush: () => Promise.resolve(),
    flushNow: () => undefined,
  };
}
