import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fail } from '../../../shared/domain/failure.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { stepBounds } from '../../callBounds.ts';
import type { CallOptions } from '../../host.ts';
import { evidenceOf, programFailure, type RunningProgram, type WindowsShell } from '../windowsShell.ts';
import { SYSTEM_PROGRAMS } from '../systemPrograms.ts';
import type { WindowsFiles } from '../windowsFiles.ts';
import { encodeScript, frameScript, MOST_ENCODED_CHARACTERS, readAnswer, scriptFile } from './frameScript.ts';
import type { PowershellScript } from './scripts.ts';

const REMOVE_DEADLINE_MS = 10_000;
const ALWAYS = ['-NoProfile', '-NonInteractive'] as const;

/** Windows PowerShell 5.1 of a server; only for what no program answers, as starting it takes most of a second. */
export interface Powershell {
  /** Runs a script and parses its answer. Throws `host.commandFailed` with PowerShell's words where the script failed or said something else. */
  ask<Answer>(name: PowershellScript, request: unknown, answer: z.ZodType<Answer>, options?: CallOptions): Promise<Answer>;
  /** Starts one that goes on until its standard input is closed. */
  start(name: PowershellScript, request: unknown, options?: CallOptions): Promise<RunningProgram>;
}

const ScriptError = z.object({ error: z.number(), words: z.string() });

/** Makes the PowerShell of one server. `toolFolder` is where a script goes that is too long for a command line, as `.triad`. */
export function createPowershell(shell: WindowsShell, files: WindowsFiles, toolFolder: string): Powershell {
  /** The arguments that run a script, and the file that they name. */
  const prepare = async (
    script: string,
    options?: CallOptions,
  ): Promise<{ readonly args: readonly string[]; readonly file: string | null }> => {
    if (script.length <= MOST_ENCODED_CHARACTERS) return { args: [...ALWAYS, '-EncodedCommand', encodeScript(script)], file: null };
    const bytes = scriptFile(script);
    const file = `${toolFolder}\\${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.ps1`;
    await files.writeTool(file, bytes, options);
    return { args: [...ALWAYS, '-ExecutionPolicy', 'Bypass', '-File', file], file };
  };

  return {
    async ask(name, request, answer, options) {
      const bounds = stepBounds(options);
      const { args, file } = await prepare(frameScript(name, request), bounds());
      try {
        const result = await shell.run({ step: name, program: SYSTEM_PROGRAMS.powershell, args }, bounds());
        const said = readAnswer(result.stdout);
        if (result.code === 0) {
          const parsed = answer.safeParse(said);
          if (parsed.success) return parsed.data;
        }
        const error = ScriptError.safeParse(said);
        if (!error.success) throw programFailure(shell.server, name, result);
        const values = { step: name, server: shell.server, code: `0x${(error.data.error >>> 0).toString(16).toUpperCase()}` };
        throw fail('host.commandFailed', serverSubject(shell.server), { values, evidence: error.data.words || evidenceOf(result) });
      } finally {
        // Also when the call was given up: then with bounds of its own.
        if (file !== null) await files.removeTool(file, { deadlineMs: REMOVE_DEADLINE_MS });
      }
    },
    async start(name, request, options) {
      const bounds = stepBounds(options);
      const { args } = await prepare(frameScript(name, request), bounds());
      return shell.start({ step: name, program: SYSTEM_PROGRAMS.powershell, args }, bounds());
    },
  };
}
