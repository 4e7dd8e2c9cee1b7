import type { CallOptions } from '../../host.ts';
import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';
import { evidenceOf, type ProgramResult, type WindowsShell } from '../windowsShell.ts';

/** How sc.exe ended. */
export interface ServiceControl {
  /** The Win32 error, 0 when all is well. */
  readonly code: number;
  readonly stdout: string;
  readonly evidence: string;
}

/** `[SC] OpenService FAILED 1060:`. The words are in the language of the server, the number is not. */
const ERROR_LINE = /^\[SC\][^\r\n]*?(\d{1,5})[^\d\r\n]{0,4}$/mu;

/** The error: PowerShell as the default shell makes every code but 0 a 1, so that the number in the text counts. */
function errorIn({ code, stdout }: ProgramResult): number {
  if (code === 0) return 0;
  const told = ERROR_LINE.exec(stdout)?.[1];
  return told === undefined ? code : Number(told);
}

/** Runs sc.exe. Any error is an answer; throws as `WindowsShell.run`. */
export async function controlService(shell: WindowsShell, words: readonly string[], options?: CallOptions): Promise<ServiceControl> {
  const result = await shell.run({ step: 'serviceControl', program: SYSTEM_PROGRAMS.sc, args: words }, options);
  return { code: errorIn(result), stdout: result.stdout, evidence: evidenceOf(result) };
}

/** What the service manager tells of a service. */
export interface ServiceStatus {
  /** As the helper calls it. */
  readonly state: string;
  readonly exitCode: number | null;
  readonly ownExitCode: number | null;
  /** Null where nothing runs, or was not told. */
  readonly pid: number | null;
}

/** SERVICE_STOPPED and so on, in the order of winsvc.h. */
const STATES = ['unknown', 'stopped', 'startPending', 'stopPending', 'running', 'continuePending', 'pausePending', 'paused'] as const;

/**
 * Reads what `sc.exe queryex` printed: its lines have fixed places and their values begin with a number (type, state, exit code, exit code of its own, checkpoint, hint,
 * process). The words before and behind them are in the language of the server.
 */
export function statusIn(stdout: string): ServiceStatus {
  const [, state, exitCode, ownExitCode, , , pid] = [...stdout.matchAll(/^\s*[^:\r\n]+:\s*(0x[0-9a-f]+|\d+)/gimu)].map(([, number]) =>
    Number(number),
  );
  return {
    state: STATES[state ?? 0] ?? 'unknown',
    exitCode: exitCode ?? null,
    ownExitCode: ownExitCode ?? null,
    pid: pid === undefined || pid === 0 ? null : pid,
  };
}
