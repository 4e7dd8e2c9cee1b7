import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { fail, FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { stepBounds } from '../callBounds.ts';
import type { CallOptions } from '../host.ts';
import { sddlFor } from './accessList.ts';
import { lastJsonLine } from './decodeOutput.ts';
import { findDefaultShell } from './defaultShell.ts';
import { AclAnswer, HelperError } from './helperAnswers.ts';
import { systemFailure, WIN32 } from './systemErrors.ts';
import type { WindowsFiles } from './windowsFiles.ts';
import { evidenceOf, programFailure, type ProgramResult, type RunningProgram, type WindowsShell } from './windowsShell.ts';

/** The folder below the login's profile in which Triad keeps what it looks with. A relative path without blanks means the same to every shell. */
export const TOOL_FOLDER = '.triad';

/** Codes of a program that does not start which say why. */
const TELLING_CODES: readonly number[] = [WIN32.virusInfected, WIN32.virusDeleted, WIN32.libraryMissing, WIN32.blockedByPolicy];
/** After how long a first call that failed without saying why is made again: a virus scanner has looked through a new program by then. */
const SECOND_TRY_MS = 1000;

/** Gives the bytes of `triad-service.exe`; null where this copy of Triad has none. */
export type HelperProgram = () => Promise<Uint8Array | null>;

/** One call of a verb. */
export interface VerbCall<Answer> {
  /** Short name for failures. */
  readonly step: string;
  readonly verb: string;
  readonly args?: readonly string[];
  readonly input?: readonly (Uint8Array | string)[];
  readonly answer: z.ZodType<Answer>;
  /** The path, service or program that it is about, for failures; the step where there is none. */
  readonly what?: string;
  /** Errors that come with an answer that can be used. */
  readonly answers?: readonly number[];
  /** An installed program in place of the uploaded one: what it registers is itself. */
  readonly program?: string;
}

/** An answer with the moments around it, and the exit code. */
export interface Answered<Answer> {
  readonly answer: Answer;
  readonly code: number;
  readonly sentAtMs: number;
  readonly firstOutputAtMs: number;
}

/** Triad's own program on a Windows server: the one that answers without a shell, a language or a code page. */
export interface Helper {
  /** Calls a verb. Throws what `systemFailure` makes of its error, or what kept the program from running. */
  ask<Answer>(call: VerbCall<Answer>, options?: CallOptions): Promise<Answered<Answer>>;
  /** Starts one that goes on until its standard input is closed. */
  start(call: Omit<VerbCall<unknown>, 'answer' | 'answers'>, options?: CallOptions): Promise<RunningProgram>;
}

/** The helper that was uploaded over one connection. */
export interface UploadedHelper extends Helper {
  /** Why it may not run there, once that is known; null while it may. What a verb fails of is something else. */
  refusal(): FailureError | null;
}

/**
 * Makes the helper of one connection. The first call finds out which shell sshd starts and whether the program is there: it is uploaded once for all
 * runs, under a name with its hash, and read back on each connection before it is run, since anybody who works on the server could have replaced it.
 */
export function createHelper(shell: WindowsShell, files: WindowsFiles, program: HelperProgram): UploadedHelper {
  const { server } = shell;
  const subject = serverSubject(server);
  let ready: Promise<string> | null = null;
  let refused: FailureError | null = null;

  /** Whether the program is there, byte by byte, read by the server's own sshd: what somebody put in its place could say any hash of itself. */
  const isThere = async (file: string, bytes: Uint8Array, options?: CallOptions): Promise<boolean> => {
    const found = await files.readTool(file, bytes.length + 1, options);
    return found?.equals(bytes) === true;
  };

  const upload = async (file: string, bytes: Uint8Array, options?: CallOptions): Promise<void> => {
    await files.writeTool(file, bytes, options);
    if (await isThere(file, bytes, options)) return;
    const values = { server, file, program: file, code: WIN32.fileMissing, sha256: createHash('sha256').update(bytes).digest('hex') };
    if (await files.hasTool(file, options)) throw fail('host.uploadCut', subject, { values, retryable: true });
    throw fail('host.programQuarantined', subject, { values });
  };

  /**
   * Its first call on a connection: the folder and the program get lists by which only an administrator with all rights may change them. Where the login is none, nothing
   * of that can be had, and what it lacks is told by the checks.
   */
  const protect = async (file: string, sha256: string, options?: CallOptions): Promise<void> => {
    const admins = { owner: 'Administrators', group: 'Administrators' } as const;
    const lines = [
      `${TOOL_FOLDER}\t${sddlFor({ ...admins, mode: 0o700 }, 'folder')}`,
      `${file}\t${sddlFor({ ...admins, mode: 0o600 }, 'file')}`,
    ];
    const call = { step: 'hashHelper', program: file, args: ['acl', '-'], input: [`${lines.join('\n')}\n\n`] };
    const first = await shell.run(call, options);
    if (hasAnswered(first)) return;
    // What is decided here holds for the whole connection: one failure that does not say why is not enough.
    const isClear = TELLING_CODES.includes(first.code) || hasFailed(first) || !(await files.hasTool(file, options));
    if (isClear) throw await whyNot(first, file, sha256, options);
    await pause(SECOND_TRY_MS, undefined, { signal: options?.signal });
    const second = await shell.run(call, options);
    if (!hasAnswered(second)) throw await whyNot(second, file, sha256, options);
  };

  /** Why a program that was uploaded just now does not say what it must. */
  const whyNot = async (result: ProgramResult, file: string, sha256: string, options?: CallOptions): Promise<FailureError> => {
    /** By its hash an administrator allows it. */
    const withHash = ({ failure }: FailureError): FailureError => new FailureError({ ...failure, values: { ...failure.values, sha256 } });
    const evidence = evidenceOf(result);
    if (hasFailed(result)) return fail('host.uploadCut', subject, { values: { server, file }, evidence, retryable: true });
    const { code } = result;
    if (TELLING_CODES.includes(code)) return withHash(systemFailure(code, { server, step: 'upload', what: file, evidence }));
    // What a shell says when a program may not be started is in the language of the machine, and its code says little: look whether it is still there.
    if (!(await files.hasTool(file, options)))
      return fail('host.programQuarantined', subject, { values: { server, program: file, code, sha256 }, evidence });
    return fail('host.programBlocked', subject, { values: { server, program: file, code, sha256 }, evidence });
  };

  const prepare = async (options?: CallOptions): Promise<string> => {
    await findDefaultShell(shell, options);
    const bytes = await program();
    if (bytes === null) throw fail('host.unsupported', subject, { values: { server, reason: say(message('hosts.noHelper')) } });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = `${TOOL_FOLDER}\\triad-service-${sha256.slice(0, 8)}.exe`;
    if (!(await isThere(file, bytes, options))) await upload(file, bytes, options);
    await protect(file, sha256, options);
    return file;
  };

  /** The uploaded program; a failure is not kept, so that a next call tries again. That it may not run is: a connection goes one way to its end. */
  const readyProgram = (options?: CallOptions): Promise<string> => {
    ready ??= prepare(options).catch((error: unknown) => {
      if (error instanceof FailureError && whyNoHelper(error) !== null) refused = error;
      else ready = null;
      throw error;
    });
    return ready;
  };

  return {
    async ask({ step, verb, args = [], input, answer, what = step, answers = [], program: installed }, options) {
      const bounds = stepBounds(options);
      const uploaded = await readyProgram(bounds());
      const result = await shell.run(
        { step, program: installed ?? uploaded, args: [verb, ...args], ...(input === undefined ? {} : { input }) },
        bounds(),
      );
      const said = lastJsonLine(result.stdout);
      const code = codeOf(result);
      if (code === 0 || answers.includes(code)) {
        const parsed = answer.safeParse(said);
        if (parsed.success) {
          const { sentAtMs, firstOutputAtMs } = result;
          return { answer: parsed.data, code, sentAtMs, firstOutputAtMs };
        }
      }
      throw verbFailure(server, step, what, result);
    },
    async start({ step, verb, args = [], input }, options) {
      const bounds = stepBounds(options);
      const uploaded = await readyProgram(bounds());
      return shell.start({ step, program: uploaded, args: [verb, ...args], ...(input === undefined ? {} : { input }) }, bounds());
    },
    refusal: () => refused,
  };
}

const hasAnswered = ({ stdout }: ProgramResult): boolean => AclAnswer.safeParse(lastJsonLine(stdout)).success;
const hasFailed = ({ stdout }: ProgramResult): boolean => HelperError.safeParse(lastJsonLine(stdout)).success;

/** Why the helper may not run on a server, where that is what a failure says; null for any other. Looking and trying the network goes on by PowerShell then. */
export function whyNoHelper(error: unknown): 'blocked' | 'quarantined' | null {
  const code = error instanceof FailureError ? error.failure.code : null;
  return code === 'host.programBlocked' ? 'blocked' : code === 'host.programQuarantined' ? 'quarantined' : null;
}

/** What a verb that did not answer as it must has failed of. */
export function verbFailure(server: string, step: string, what: string, result: ProgramResult): FailureError {
  if (result.code === 0) return programFailure(server, step, result);
  const error = HelperError.safeParse(lastJsonLine(result.stdout));
  const evidence = error.success ? `${error.data.at} ${error.data.error} ${error.data.detail ?? ''}`.trim() : evidenceOf(result);
  return systemFailure(codeOf(result), { server, step, what, evidence });
}

/** The error of a verb: its exit code, but what its answer says where there is one, since PowerShell as the default shell makes every other code 1. */
function codeOf(result: ProgramResult): number {
  const error = HelperError.safeParse(lastJsonLine(result.stdout));
  return error.success && result.code !== 0 ? error.data.error : result.code;
}
