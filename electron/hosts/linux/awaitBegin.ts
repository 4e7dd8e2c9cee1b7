import type { FailureError } from '../../shared/domain/failure.ts';
import type { CallBounds } from '../callBounds.ts';
import { createDeferred } from '../deferred.ts';
import type { SshSession } from '../ssh/sshConnection.ts';
import type { Collected } from '../collectOutput.ts';
import { beginMark, promptMark } from './commandLine.ts';
import type { Access } from './access.ts';
import { passwordRejected, startFailure } from './startFailure.ts';

/** A script that has announced itself. */
export interface Begun {
  /** Where its own standard output starts, after the greetings of the login shell and the mark. */
  readonly stdoutStart: number;
  /** Process id of `timeout`, which leads the group, and of the shell below it. */
  readonly processGroup: number;
  readonly shell: number;
  /** The script's own part of everything that came on standard error. */
  scriptPartOf(stderr: Buffer): Buffer;
}

/** A session that was opened with a command line of `commandLine`. */
export interface Starting {
  readonly access: Access;
  readonly session: SshSession;
  readonly stdout: Collected;
  readonly stderr: Collected;
  readonly nonce: string;
  readonly bounds: CallBounds;
  readonly stopped: () => FailureError;
}

/** Waits for the begin mark and answers sudo once. Rejects with what stood in the way. */
export async function awaitBegin({ access, session, stdout, stderr, nonce, bounds, stopped }: Starting): Promise<Begun> {
  const mark = beginMark(nonce);
  const announcement = new RegExp(`${mark} (\\d+) (\\d+)\\r?\\n`, 'u');
  const found = createDeferred<Begun>();
  let asked = 0;
  let isBegun = false;

  const readOutput = (): void => {
    if (isBegun) return;
    const text = stdout.bytes().toString('latin1');
    const match = announcement.exec(text);
    if (match === null) return;
    isBegun = true;
    const stderrSeen = stderr.sizeBytes();
    found.resolve({
      stdoutStart: match.index + match[0].length,
      processGroup: Number(match[1]),
      shell: Number(match[2]),
      scriptPartOf: (all) => {
        const at = all.indexOf(`${mark}\n`);
        return all.subarray(at < 0 ? stderrSeen : at + mark.length + 1);
      },
    });
  };

  const answerSudo = (): void => {
    if (isBegun || access.elevation !== 'sudoAsking') return;
    const questions = stderr.bytes().toString('latin1').split(promptMark(nonce)).length - 1;
    if (questions <= asked) return;
    asked = questions;
    if (asked === 1) session.write(`${access.sudoPassword ?? ''}\n`);
    else reject(passwordRejected(access.login));
  };

  const reject = (failure: FailureError): void => {
    if (failure.failure.code === 'sudo.passwordRejected') access.rejection = failure;
    found.reject(failure);
  };

  const stop = (): void => found.reject(stopped());
  bounds.signal.addEventListener('abort', stop, { once: true });
  if (bounds.signal.aborted) stop();
  stdout.onPiece(readOutput);
  stderr.onPiece(answerSudo);
  void session.ended.then((end) => {
    if (isBegun) return;
    const { elevation, login, connection } = access;
    const said = { stdout: stdout.bytes().toString('utf8'), stderr: stderr.bytes().toString('utf8').replaceAll(promptMark(nonce), '') };
    reject(connection.lostFailure() ?? startFailure(login, { elevation, wasAsked: asked > 0, end, ...said }));
  });

  try {
    const begun = await found.promise;
    access.onStarted(asked > 0);
    return begun;
  } catch (error) {
    // Without input nothing is executed: the script's length does not fit then. sudo at its question reads the end of input.
    session.endInput();
    session.close();
    throw error;
  } finally {
    bounds.signal.removeEventListener('abort', stop);
  }
}
