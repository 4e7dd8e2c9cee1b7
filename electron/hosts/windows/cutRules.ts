import { faultRule, type NetworkFault } from '../../shared/domain/fault.ts';

/** Commands of netsh that cut a Windows server off. */
export interface CutRules {
  /** The rules, switched off; those that an earlier fault has left go first, as netsh takes a second rule of one name beside the first. */
  readonly place: readonly string[];
  /** Switches all of them on with one command, so that the fault has one moment. */
  readonly inject: string;
}

/**
 * What stops every connection between the server and its peers on the cluster's ports: those that the peers open to it and those that it opens to them. Rules
 * that block win over those that allow. SSH and clients are on neither side of them. They outlive a boot: the undo on the server takes them away, by their name.
 * Windows' firewall judges connections and not packets, so there is no cut of one way: throws for that.
 */
export function cutRules({ cluster, direction, peers, ports }: NetworkFault): CutRules {
  if (direction !== 'both') throw new Error(`Windows Firewall cannot cut one way only: ${direction}`);
  const rule = `advfirewall firewall add rule name=${faultRule(cluster)} action=block enable=no profile=any protocol=TCP remoteip=${peers.join(',')}`;
  const all = ports.join(',');
  return {
    place: [
      `netsh.exe advfirewall firewall delete rule name=${faultRule(cluster)}`,
      `netsh.exe ${rule} dir=in localport=${all}`,
      `netsh.exe ${rule} dir=out remoteport=${all}`,
    ],
    inject: `netsh.exe advfirewall firewall set rule name=${faultRule(cluster)} new enable=yes`,
  };
}
