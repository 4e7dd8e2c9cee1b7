import { isIPv4 } from 'node:net';
import { mustRun } from '../../runCommand.ts';
import type { FirewallRule } from './firewallRule.ts';

/** What the gate lets through beside the rules. */
export interface GateSettings {
  readonly sshPort: number;
  /** The server's /24, for `LocalSubnet`. */
  readonly localSubnet: string;
  readonly isOn: boolean;
  /** False where a group policy says that rules made on the server do not count. */
  readonly rulesCount: boolean;
}

/** A practice server's network is nobody's domain and was never called private. */
const activeProfile = 'Public';
const rangeParts = 2;

/**
 * The rules as a ruleset of nftables with the manners of Windows Firewall: what comes in is dropped in silence unless a rule allows it, a blocking
 * rule wins, and both hold for connections that are open already. Stealth: nobody hears that a port is closed.
 */
export function gateRules(rules: readonly FirewallRule[], settings: GateSettings): string {
  const flush = 'table inet practice\ndelete table inet practice\n';
  if (!settings.isOn) return flush;
  const applying = settings.rulesCount ? rules.filter(applies) : [];
  const blocks = applying.filter(({ action }) => action === 'Block');
  const allows = applying.filter(({ action, direction }) => action === 'Allow' && direction === 'In');
  const chain = (hook: 'input' | 'output'): string[] =>
    blocks.flatMap((rule) => {
      // A connection belongs to the direction in which it was opened; its answers are stopped with it.
      const direction = (rule.direction === 'In') === (hook === 'input') ? 'original' : 'reply';
      return matches(rule, hook, settings).map((match) => `    ct direction ${direction} ${match} drop`);
    });
  return `${flush}table inet practice {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state invalid drop
${chain('input').join('\n')}
    ct direction reply ct state established accept
    ct state related accept
    tcp dport ${settings.sshPort} accept
${allows.flatMap((rule) => matches(rule, 'input', settings).map((match) => `    ${match} accept`)).join('\n')}
  }
  chain output {
    type filter hook output priority 0; policy accept;
    oif "lo" accept
${chain('output').join('\n')}
    ct direction reply ct status & assured == 0 tcp flags & rst == rst drop
    icmp type destination-unreachable drop
  }
}
`;
}

/** Puts the gate of these rules in place of the one before, in one step. */
export async function applyGate(rules: readonly FirewallRule[], settings: GateSettings): Promise<void> {
  await mustRun('set the gate of a practice Windows server', 'nft', ['-f', '-'], { input: gateRules(rules, settings) });
}

/** Whether a rule counts on a practice server. One that names a program or a service cannot be held: it opens nothing. */
function applies(rule: FirewallRule): boolean {
  return rule.isActive && rule.others.length === 0 && (rule.profiles.length === 0 || rule.profiles.includes(activeProfile));
}

/** One match for each protocol that the rule is about. */
function matches(rule: FirewallRule, hook: 'input' | 'output', { localSubnet }: GateSettings): string[] {
  const [local, remote] = hook === 'input' ? (['d', 's'] as const) : (['s', 'd'] as const);
  const addresses = (side: 's' | 'd', wanted: readonly string[]): string =>
    wanted.length === 0 ? '' : `ip ${side}addr { ${wanted.map((address) => addressSet(address, localSubnet)).join(', ')} } `;
  const ports = (side: 's' | 'd', wanted: readonly string[]): string =>
    wanted.length === 0 ? '' : `th ${side}port { ${wanted.join(', ')} } `;
  const protocol = rule.protocol === undefined ? 'meta l4proto 1-255 ' : `meta l4proto ${rule.protocol} `;
  return [
    protocol +
      addresses(local, rule.localAddresses) +
      addresses(remote, rule.remoteAddresses) +
      ports(local, rule.localPorts) +
      ports(remote, rule.remotePorts),
  ];
}

function addressSet(address: string, localSubnet: string): string {
  if (address === 'LocalSubnet') return localSubnet;
  const [base = '', mask] = address.split('/');
  if (mask === undefined) return address;
  return `${base}/${isIPv4(mask) ? prefixLength(mask) : mask}`;
}

function prefixLength(mask: string): number {
  return mask.split('.').reduce((sum, byte) => sum + (Number(byte).toString(rangeParts).match(/1/gu)?.length ?? 0), 0);
}
