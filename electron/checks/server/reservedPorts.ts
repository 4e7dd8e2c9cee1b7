import { clusterPorts } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Reads the kernel's list of reserved ports, such as `7000-7001,17000`. */
function isReserved(port: number, list: string): boolean {
  return list.split(',').some((part) => {
    const [first = '', last = first] = part.trim().split('-');
    return first !== '' && port >= Number(first) && port <= Number(last);
  });
}

/**
 * The kernel does not hand the cluster's ports to outgoing connections. A port inside `ip_local_port_range` may be taken by any client program at the
 * moment a node restarts, which then fails with "address already in use", now and then only.
 */
export const reservedPorts = eachServer('server.reservedPorts', ['pass', 'warn'], (facts, context): Judgement => {
  const { localPortRange, reservedPorts: reserved } = facts.kernel;
  const wanted: readonly number[] = clusterPorts(context.plan);
  const expected = message('check.server.reservedPorts.expected', { ports: wanted.join(', ') });
  const evidence = evidenceOf({ localPortRange, reservedPorts: reserved });
  if (localPortRange === null)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.reservedPorts.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const [first, last] = localPortRange;
  const inside = wanted.filter((port) => port >= first && port <= last && !isReserved(port, reserved));
  if (inside.length === 0)
    return { verdict: 'pass', expected, observed: message('check.server.reservedPorts.observed', { range: `${first}-${last}` }), evidence };
  const list = [reserved.trim(), ...inside].filter((part) => part !== '').join(',');
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.reservedPorts.inside', { ports: inside.join(', '), range: `${first}-${last}` }),
    evidence,
    remedy: message('check.server.reservedPorts.remedy', { list }),
  };
});
