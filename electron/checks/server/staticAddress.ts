import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { clusterAddressOf, interfaceOf } from './address.ts';

/** The cluster address was not given by DHCP: nodes remember each other's addresses, and a new one after a reboot breaks the cluster. */
export const staticAddress = eachServer('server.staticAddress', ['pass', 'warn', 'skipped'], (facts, context): Judgement => {
  const wanted = clusterAddressOf(facts.server, context);
  const expected = message('check.server.staticAddress.expected', { address: wanted });
  const found = interfaceOf(facts, context);
  const evidence = evidenceOf({ address: found });
  if (found === undefined)
    return facts.addresses.length === 0
      ? {
          verdict: 'unknown',
          expected,
          observed: message('check.server.address.unknown'),
          evidence,
          remedy: message('check.unread.remedy'),
        }
      : { verdict: 'skipped', expected, observed: message('check.server.staticAddress.absent', { address: wanted }), evidence };
  if (!found.isDynamic)
    return { verdict: 'pass', expected, observed: message('check.server.staticAddress.observed', { device: found.device }), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.staticAddress.dynamic', { device: found.device }),
    evidence,
    remedy: message('check.server.staticAddress.remedy', { address: wanted }),
  };
});
