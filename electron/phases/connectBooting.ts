import type { Host } from '../hosts/host.ts';
import { FailureError } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { message, say } from '../shared/messages/message.ts';
import { connect } from './connect.ts';
import { isDown } from './goOnWithout.ts';
import type { RunContext } from './runContext.ts';

const RETRY_MS = 1000;

/**
 * While a server boots or goes down, sshd may also close the door during the login (/run/nologin), or take a connection and be killed before its
 * first word: `ssh.notSsh`. That the port belongs to sshd was proved before it went.
 */
const BETWEEN_BOOTS: ReadonlySet<string> = new Set(['ssh.loginCut', 'ssh.notSsh']);

function isPassing(error: unknown): error is FailureError {
  return error instanceof FailureError && (isDown(error.failure.code) || BETWEEN_BOOTS.has(error.failure.code));
}

/** Waits between two looks; ends at once when the run is interrupted. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
  signal.throwIfAborted();
}

/**
 * Connects to a server that goes down or boots, as soon as it can be reached and has booted; one that still answers on its way down does not count. `onWait` is told why it goes on
 * waiting, and throws to end that. What is no matter of time, such as a wrong login, is thrown at once.
 */
export async function connectBooting(context: RunContext, server: string, onWait: (why: Message) => void): Promise<void> {
  for (;;) {
    let why = message('maintenance.booting');
    const made = new Map<string, Host>();
    try {
      await connect.run({ ...context, hosts: made }, server);
      const host = made.get(server);
      if (host !== undefined && !(await host.isBetweenBoots({ signal: context.signal }))) {
        context.hosts.set(server, host);
        return;
      }
      await host?.close();
    } catch (error) {
      await made.get(server)?.close();
      if (!isPassing(error)) throw error;
      const { code, values } = error.failure;
      why = message('maintenance.why', { reason: say({ code, values }) });
    }
    onWait(why);
    await pauseFor(RETRY_MS, context.signal);
  }
}
