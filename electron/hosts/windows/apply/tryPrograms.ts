import type { Change } from '../../../shared/domain/change.ts';
import { fail } from '../../../shared/domain/failure.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { message, say } from '../../../shared/messages/message.ts';
import { systemFailure, WIN32 } from '../systemErrors.ts';
import { evidenceOf, type ProgramResult } from '../windowsShell.ts';
import type { ApplyRoom } from './applyRoom.ts';
import { removeOne } from './standsInTheWay.ts';

/** A program says its version at once; a security program may want to look at it first. */
const TRIAL_DEADLINE_MS = 30_000;
/** How long is tried to take away what does not run. */
const CLEAN_DEADLINE_MS = 10_000;
/** Exit codes that say by themselves what is wrong. */
const TELLING: readonly number[] = [
  WIN32.libraryMissing,
  WIN32.blockedByPolicy,
  WIN32.blockedByPolicyResult,
  WIN32.virusInfected,
  WIN32.virusDeleted,
];

/**
 * Runs the server programs among what was written, before any service depends on them. One that does not say its version is taken away again, so that the
 * next run sends and tries it anew. Throws `host.libraryMissing`, `host.programBlocked`, `host.programQuarantined` or `host.programUnfit`.
 */
export async function tryPrograms(changes: readonly Change[], room: ApplyRoom): Promise<void> {
  for (const change of changes) {
    if (change.kind !== 'binary' || change.trial === undefined) continue;
    try {
      await tryProgram(change.path, change.trial.version, room);
    } catch (error) {
      // Also after an abort: nobody knows then whether it runs.
      const bounds = (): { readonly deadlineMs: number } => ({ deadlineMs: CLEAN_DEADLINE_MS });
      await removeOne(change.path, { ...room, bounds }).catch(() => undefined);
      throw error;
    }
  }
}

async function tryProgram(program: string, version: string | null, room: ApplyRoom): Promise<void> {
  const { shell, files, server, bounds } = room;
  const { signal, deadlineMs = TRIAL_DEADLINE_MS } = bounds();
  const call = { step: 'tryProgram', program, args: ['--version'] };
  const result = await shell.run(call, { signal, deadlineMs: Math.min(deadlineMs, TRIAL_DEADLINE_MS) });
  const { code } = result;
  if (code === 0 && says(result, version)) return;
  const evidence = evidenceOf(result);
  if (TELLING.includes(code)) throw systemFailure(code, { server, step: 'tryProgram', what: program, evidence });
  // What a shell says of a program that it cannot find is in the machine's language.
  if ((await files.stat(program, bounds())) === null)
    throw systemFailure(WIN32.virusDeleted, { server, step: 'tryProgram', what: program, evidence });
  const reason = code === 0 ? message('hosts.otherVersion', { version: version ?? '' }) : message('hosts.systemError', { code });
  throw fail('host.programUnfit', serverSubject(server), { values: { server, program, reason: say(reason) }, evidence });
}

/** Redis prints `Redis server v=7.0.15 sha=...`. */
function says({ stdout }: ProgramResult, version: string | null): boolean {
  return version === null || /\bv=(?<said>\S+)/u.exec(stdout)?.groups?.['said'] === version;
}
