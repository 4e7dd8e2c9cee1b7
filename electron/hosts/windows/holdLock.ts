import { z } from 'zod';
import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { CallOptions, LockOutcome } from '../host.ts';
import { jsonObject } from './decodeOutput.ts';
import type { Helper } from './helper.ts';
import { HelperError, LockAnswer } from './helperAnswers.ts';
import { systemFailure } from './systemErrors.ts';

/**
 * Where the lock lies, one for all clusters and accounts of a server: the helper makes the folder for administrators only, since every user may write beside it.
 * `ProgramData` lies there on every Windows; a variable in a command line would not mean the same to every shell.
 */
export const LOCK_FOLDER = 'C:\\ProgramData\\Triad';
/** The helper ends the lock after 15 s without a beat, sooner than anybody notices that a connection is dead. */
const BEAT_INTERVAL_MS = 4000;
const LOCK_DEADLINE_MS = 20_000;

/**
 * Takes the lock and keeps it alive; see `Host.holdLock`. There is no earlier batch to wait for: sshd ends what a lost connection was doing, and a change is one call.
 */
export async function holdLock(helper: Helper, server: string, holder: string, options?: CallOptions): Promise<LockOutcome> {
  const bounds = { deadlineMs: LOCK_DEADLINE_MS, ...options };
  const running = await helper.start({ step: 'lockServers', verb: 'lock', args: [LOCK_FOLDER], input: [`${holder}\n`] }, bounds);
  const Said = z.union([LockAnswer, HelperError]);
  const line = await running.waitForLine((text) => Said.safeParse(jsonObject(text)).success, bounds);
  const answer = Said.parse(jsonObject(line));
  if ('error' in answer)
    throw systemFailure(answer.error, { server, step: 'lockServers', what: LOCK_FOLDER, evidence: `${answer.at} ${answer.error}` });
  if (!answer.locked) return { kind: 'held', holder: answer.holder };
  const beating = setInterval(() => running.write('.'), BEAT_INTERVAL_MS);
  const stopBeating = (): void => clearInterval(beating);
  running.ended.then(stopBeating, stopBeating);
  const end = async (more?: CallOptions): Promise<void> => {
    stopBeating();
    const { code } = await running.end(more);
    if (code !== 0) throw fail('host.commandFailed', serverSubject(server), { values: { step: 'lockServers', server, code } });
  };
  return { kind: 'taken', lock: { end } };
}
