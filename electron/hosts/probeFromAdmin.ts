import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { fail } from '../shared/domain/failure.ts';
import type { MatrixCell } from '../shared/domain/matrix.ts';
import { ADMIN_MACHINE, adminSubject } from '../shared/domain/subject.ts';
import { classifyReach, expectationOf, type Expectation, type ProbeSight } from './classifyReach.ts';
import type { ProbeTarget } from './host.ts';

const LINE_LIMIT = 200;

/** Tries all targets at once from this machine, each for at most `timeoutMs`, and judges as `Host.probe` does. Throws `run.aborted`. */
export async function probeFromAdmin(
  targets: readonly ProbeTarget[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<readonly MatrixCell[]> {
  return Promise.all(targets.map((target) => probeOne(target, expectationOf(target, targets), timeoutMs, signal)));
}

function probeOne(target: ProbeTarget, expected: Expectation, timeoutMs: number, signal?: AbortSignal): Promise<MatrixCell> {
  const { to, port, address } = target;
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  return new Promise((resolve, reject) => {
    let connectedAfterMs: number | null = null;
    let received = '';
    let isOver = false;

    const socket = connect({ host: address, port });
    const finish = (rest: Pick<ProbeSight, 'isTimedOut' | 'words'>): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      const line = received.split(/\r?\n/u)[0] ?? '';
      const sight = { ...rest, isConnected: connectedAfterMs !== null, line };
      const said = sight.isConnected ? line : rest.words;
      resolve({
        from: ADMIN_MACHINE,
        to,
        port,
        reach: classifyReach(sight, expected),
        durationMs: connectedAfterMs ?? (rest.isTimedOut ? timeoutMs : elapsed()),
        evidence: said.slice(0, LINE_LIMIT),
      });
    };
    const abort = (): void => {
      isOver = true;
      clearTimeout(timer);
      socket.destroy();
      reject(fail('run.aborted', adminSubject));
    };
    const timer = setTimeout(() => finish({ isTimedOut: true, words: '' }), timeoutMs);
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });

    socket.on('connect', () => {
      connectedAfterMs = elapsed();
      if (expected.kind === 'bus') finish({ isTimedOut: false, words: '' });
      else if (expected.kind === 'data') socket.write('PING\r\n');
    });
    socket.on('data', (piece) => {
      received += piece.toString('latin1');
      if (received.includes('\n') || received.length > LINE_LIMIT) finish({ isTimedOut: false, words: '' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => finish({ isTimedOut: false, words: error.code ?? error.message }));
    socket.on('close', () => finish({ isTimedOut: false, words: '' }));
  });
}
