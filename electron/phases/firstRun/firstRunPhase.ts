import type { Phase, PhaseResult } from '../../engine/phase.ts';
import type { Host, WindowsAbilities } from '../../hosts/host.ts';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import type { FirstRunFact } from '../../shared/domain/firstRun.ts';
import type { Message } from '../../shared/domain/message.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { hostOf, type RunContext } from '../runContext.ts';

/** Takes down what is seen and measured during an item of the first run. */
export type TellFact = (fact: FirstRunFact) => void;

/** A phase on one Windows server; on the other servers nothing is done. */
export function onWindowsServer(
  id: string,
  title: Message,
  only: string | null,
  work: (context: RunContext, server: string, windows: WindowsAbilities, host: Host) => Promise<PhaseResult>,
): Phase<RunContext> {
  return {
    id,
    title,
    scope: 'server',
    run: async (context, server) => {
      const host = hostOf(context, server);
      return host.windows === undefined || (only !== null && server !== only) ? 'alreadyDone' : work(context, server, host.windows, host);
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** What was to be seen on a server was not. */
export function unmet(server: string, reason: Message, evidence = ''): FailureError {
  return fail('firstRun.unmet', serverSubject(server), { values: { server, reason: say(reason) }, evidence });
}

/** The server has not what the item is about. */
export function notPossible(server: string, reason: Message, evidence = ''): FailureError {
  return fail('firstRun.notPossible', serverSubject(server), { values: { server, reason: say(reason) }, evidence });
}

/** What was not seen, kept until the servers are in order again. */
export type UnmetLater = FailureError[];

/** Fails with the first thing that was not seen; last in its workflow, so that what a crash or a restart has moved is moved back before. */
export function tellUnmet(later: UnmetLater): Phase<RunContext> {
  return {
    id: 'tellUnmet',
    title: message('phase.tellUnmet'),
    scope: 'cluster',
    run: () => {
      const [first] = later;
      return first === undefined ? Promise.resolve('observed') : Promise.reject(first);
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Tells an administrator what to do at a server now. */
export function instruct(context: RunContext, server: string, text: Message): void {
  context.emit({ type: 'note', level: 'info', server, message: text });
}
