import { clusterPorts } from '../../shared/domain/plan.ts';
import type { ListeningPort, ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { isOurUnit, type CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** The sockets on the cluster's ports, ours and others'. Any address counts: two programs on one port confuse, even where the kernel allows it. */
export function socketsOnOurPorts(facts: ServerFacts, context: CheckContext): readonly ListeningPort[] {
  const ports: readonly number[] = clusterPorts(context.plan);
  return facts.listening.filter((one) => ports.includes(one.port));
}

/** Who holds a port: `7000 nginx (pid 812, nginx.service)`; what is not known is a question mark. */
export function holderText(socket: ListeningPort): string {
  const details = [socket.pid === null ? null : `pid ${socket.pid}`, socket.unit].filter((one) => one !== null);
  return `${socket.port} ${socket.program ?? '?'}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** The four ports are free, or held by the nodes of this plan. */
export const ports = eachServer('server.ports', ['pass', 'fail'], (facts, context): Judgement => {
  const wanted = clusterPorts(context.plan).join(', ');
  const sockets = socketsOnOurPorts(facts, context);
  const taken = sockets.filter((one) => !isOurUnit(context.plan, one.unit)).toSorted((a, b) => a.port - b.port);
  const expected = message('check.server.ports.expected', { ports: wanted });
  const evidence = evidenceOf({ listening: sockets });
  if (taken.length > 0) {
    const holders = [...new Set(taken.map(holderText))].join('; ');
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.ports.taken', { holders }),
      evidence,
      remedy: message('check.server.ports.remedy', { ports: [...new Set(taken.map((one) => one.port))].join(', ') }),
    };
  }
  if (sockets.length > 0) {
    const held = [...new Set(sockets.map((one) => one.port))].toSorted((a, b) => a - b).join(', ');
    return { verdict: 'pass', expected, observed: message('check.server.ports.ours', { ports: held }), evidence };
  }
  return { verdict: 'pass', expected, observed: message('check.server.ports.free'), evidence };
});
