import { richRulesOf, ufwTermsOf, type RuleEnds } from '../../shared/domain/firewallRuleText.ts';
import type { FirewallKind } from '../../shared/domain/server.ts';

/** A rule as the tools need it; also as a manifest has it. */
export interface RuleTerms extends RuleEnds {
  readonly id: string;
}

/** Firewall front ends, which keep the rules that they are given over a boot. */
export type FrontEnd = Extract<FirewallKind, 'ufw' | 'firewalld' | 'windows'>;

/** How one front end is told about rules. Commands are lines for a POSIX shell, run in order as root; on Windows lines of one program. */
export interface FrontEndCommands {
  /** Whether several rules go into one change: firewalld's command takes a quarter of a second each time, whatever it does. */
  readonly takesMany: boolean;
  /** How a rule is named among the rules found on a server. */
  readonly identities: (rule: RuleTerms) => readonly string[];
  readonly allow: (rules: readonly RuleTerms[]) => readonly string[];
  /** Takes rules away again; succeeds when they are not there. */
  readonly withdraw: (rules: readonly RuleTerms[]) => readonly string[];
}

/**
 * Firewalld's commands, for the next boot and for now. Without `--reload`: it would drop runtime rules of others. Adding what is there and
 * removing what is not are warnings for firewalld, not failures. In every zone that may get the packets, the default one and all that are
 * bound to a card or a source: which one it is depends on the peer's address, and the rules name source, destination and ports, so they
 * open nothing more in the others.
 */
function firewalld(verb: 'add' | 'remove', rules: readonly RuleTerms[]): readonly string[] {
  const options = rules
    .flatMap(richRulesOf)
    .map((rich) => ` \\\n    --${verb}-rich-rule='${rich}'`)
    .join('');
  return [
    `for zone in $({ firewall-cmd --get-default-zone; firewall-cmd --get-active-zones | sed -n 's/^\\([^ ]\\{1,\\}\\).*/\\1/p'; } | sort -u); do
  firewall-cmd -q --permanent --zone="$zone"${options} || exit 1
  firewall-cmd -q --zone="$zone"${options} || exit 1
done`,
  ];
}

/** Windows takes a second rule of one name beside the first, so what may be there is deleted before. Deleting nothing is no failure there (`hosts/windows`). */
function netshDelete({ id }: RuleTerms): string {
  return `netsh.exe advfirewall firewall delete rule name=${id}`;
}

function netshAdd({ id, source, destination, ports }: RuleTerms): string {
  const ends = `remoteip=${source} localip=${destination} localport=${ports.join(',')}`;
  return `netsh.exe advfirewall firewall add rule name=${id} dir=in action=allow protocol=TCP ${ends} profile=any`;
}

/** Each front end's way. ufw: `prepend`, so that a rule of the administrator that denies more does not come first. */
export const FRONT_ENDS: Readonly<Record<FrontEnd, FrontEndCommands>> = {
  ufw: {
    takesMany: false,
    identities: ({ id }) => [id],
    allow: (rules) => rules.map((rule) => `ufw prepend ${ufwTermsOf(rule)} comment '${rule.id}'`),
    withdraw: (rules) => rules.map((rule) => `ufw delete ${ufwTermsOf(rule)}`),
  },
  firewalld: {
    takesMany: true,
    identities: (rule) => richRulesOf(rule).map((rich) => `rich:${rich}`),
    allow: (rules) => firewalld('add', rules),
    withdraw: (rules) => firewalld('remove', rules),
  },
  windows: {
    takesMany: false,
    identities: ({ id }) => [id],
    allow: (rules) => rules.flatMap((rule) => [netshDelete(rule), netshAdd(rule)]),
    withdraw: (rules) => rules.map(netshDelete),
  },
};
