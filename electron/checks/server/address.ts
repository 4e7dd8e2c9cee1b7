import { IpAddress } from '../../shared/domain/address.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** The planned cluster address of a server; every server of the plan has one. */
export function clusterAddressOf(server: string, context: CheckContext): string {
  return context.plan.servers.find((one) => one.name === server)?.address ?? '';
}

/** The interface that carries the cluster address, whatever way the kernel spells an IPv6 address; undefined where none does. */
export function interfaceOf(facts: ServerFacts, context: CheckContext): ServerFacts['addresses'][number] | undefined {
  const wanted = clusterAddressOf(facts.server, context);
  return facts.addresses.find((one) => (IpAddress.safeParse(one.ip).data ?? one.ip) === wanted);
}

/**
 * The cluster address really is on one of the server's interfaces. If it is not, it is a typing error or an address that a router translates, which
 * Redis Cluster does not survive: nodes bind to it and announce it.
 */
export const address = eachServer('server.address', ['pass', 'fail'], (facts, context): Judgement => {
  const wanted = clusterAddressOf(facts.server, context);
  const expected = message('check.server.address.expected', { address: wanted });
  const evidence = evidenceOf({ addresses: facts.addresses.map((one) => `${one.device} ${one.ip}`).join(', ') });
  if (facts.addresses.length === 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.address.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const all = facts.addresses.map((one) => one.ip);
  const usable = all.filter((ip) => IpAddress.safeParse(ip).success);
  // Nobody takes loopback for the address of a server; it is named only where there is no other.
  const dialable = usable.length > 0 ? usable : all;
  const found = interfaceOf(facts, context);
  if (found !== undefined)
    return {
      verdict: 'pass',
      expected,
      observed: message('check.server.address.observed', { address: wanted, device: found.device }),
      evidence,
    };
  return {
    verdict: 'fail',
    expected,
    observed: message('check.server.address.absent', { address: wanted, found: dialable.join(', ') }),
    evidence,
    remedy: message('check.server.address.remedy', { server: facts.server }),
  };
});
