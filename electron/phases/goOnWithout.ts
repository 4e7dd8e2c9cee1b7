import { reached } from '../checks/server/reached.ts';
import type { Failure, FailureCode } from '../shared/domain/failure.ts';
import { message } from '../shared/messages/message.ts';
import { report } from './checkServers.ts';
import { judgingContext } from './judging.ts';
import type { RunContext } from './runContext.ts';

/**
 * What a server that is down, cut off, or hangs looks like from here. A wrong login, an unknown key or a mistyped name is an entry to be mended, which ends
 * the run at once, as it would end an installation.
 */
const IS_DOWN: ReadonlySet<FailureCode> = new Set([
  'ssh.unreachable',
  'ssh.refused',
  'ssh.timedOut',
  'ssh.connectionLost',
  'host.commandTimedOut',
]);

/** Whether a failure means that the server is down, cut off or hangs. */
export function isDown(code: FailureCode): boolean {
  return IS_DOWN.has(code);
}

/**
 * Lets a run that only looks go on without servers that cannot be reached: after an outage, how the others are is what the admin needs to know. What
 * is lost is told as a failed check at once, so that the run never passes, whatever else it judges.
 */
export function goOnWithout(context: RunContext, failures: ReadonlyMap<string, Failure>): boolean {
  if (!forget(context, failures)) return false;
  reportLost(context, 'connect', (server) => failures.has(server));
  tellLeftOut(context, failures);
  return true;
}

/** The same for a run that has yet to see whether a server is away on purpose: what is lost is told by a later phase, see {@link reportLost}. */
export function leaveOut(context: RunContext, failures: ReadonlyMap<string, Failure>): boolean {
  if (!forget(context, failures)) return false;
  tellLeftOut(context, failures);
  return true;
}

/** False where one of the failures is none to go on with. */
function forget(context: RunContext, failures: ReadonlyMap<string, Failure>): boolean {
  if (![...failures.values()].every(({ code }) => isDown(code))) return false;
  for (const [server, failure] of failures) {
    context.lost.set(server, failure);
    // What was read before the connection broke says nothing of a server that is gone.
    context.facts.delete(server);
    context.pending.delete(server);
    context.touched.delete(server);
  }
  return true;
}

function tellLeftOut(context: RunContext, failures: ReadonlyMap<string, Failure>): void {
  for (const server of failures.keys()) context.emit({ type: 'note', level: 'warn', server, message: message('phase.goesOnWithout') });
}

/** Tells servers that the run went on without, each as a failed check. */
export function reportLost(context: RunContext, phase: string, isMeant: (server: string) => boolean): void {
  const results = reached.judge([], judgingContext(context, 'installed')).filter(({ verdict }) => verdict === 'fail');
  report(
    context,
    phase,
    results.filter(({ subject }) => subject.kind === 'server' && isMeant(subject.server)),
  );
}
