import { isIPv6 } from 'node:net';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';

/**
 * Refuses IPv6 addresses in a cluster with a Windows server: Triad's program there tries ways by IPv4 alone, so that nothing between the servers could be proved.
 * Throws `spec.windowsIpv6`.
 */
export function requireIpv4BesideWindows({ servers }: ClusterSpec): void {
  const addresses = servers.filter(({ address }) => isIPv6(address)).map(({ name, address }) => `${name} ${address}`);
  if (addresses.length > 0 && servers.some(({ platform }) => platform === 'windows'))
    throw fail('spec.windowsIpv6', adminSubject, { values: { addresses: addresses.join(', ') } });
}
