import type { ListeningPort, ServerFacts } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import { isOurUnit, type CheckContext } from '../checkContext.ts';
import { unobservedServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { holderText, socketsOnOurPorts } from './ports.ts';

/** The servers as they were before the temporary listeners were started, and after they ended. */
export interface ListenerFacts {
  readonly before: readonly ServerFacts[];
  readonly after: readonly ServerFacts[];
}

const ID = 'server.listenersGone';

/** Who listens, apart from the kernel's wording: a socket that was there before with the same owner is not a left-over. */
function keyOf(socket: ListeningPort): string {
  return `${socket.address} ${socket.port} ${socket.pid ?? ''} ${socket.unit ?? ''}`;
}

function judgeServer(before: ServerFacts | undefined, after: ServerFacts, context: CheckContext): Judgement {
  const expected = message('check.server.listenersGone.expected');
  const known = new Set((before === undefined ? [] : socketsOnOurPorts(before, context)).map(keyOf));
  const sockets = socketsOnOurPorts(after, context);
  const left = sockets.filter((one) => !isOurUnit(context.plan, one.unit) && !known.has(keyOf(one)));
  const evidence = evidenceOf({ listening: sockets });
  if (left.length === 0) return { verdict: 'pass', expected, observed: message('check.server.listenersGone.observed'), evidence };
  const pids = [...new Set(left.flatMap((one) => one.pid ?? []))];
  return {
    verdict: 'fail',
    expected,
    observed: message('check.server.listenersGone.left', { holders: [...new Set(left.map(holderText))].join('; ') }),
    evidence,
    remedy:
      pids.length === 0
        ? message('check.server.listenersGone.remedy')
        : message('check.server.listenersGone.kill.remedy', { pids: pids.join(' ') }),
  };
}

/** None of the temporary listeners of the reachability matrix is left. */
export const listenersGone: Check<ListenerFacts> = {
  id: ID,
  verdicts: ['pass', 'fail', 'unknown'],
  judge: ({ before, after }, context) =>
    context.plan.servers.map(({ name }) => {
      const own = after.find((one) => one.server === name);
      const earlier = before.find((one) => one.server === name);
      return resultOf(ID, serverSubject(name), own === undefined ? unobservedServer(name, context) : judgeServer(earlier, own, context));
    }),
};
