import type { FirewallKind } from '../../shared/domain/server.ts';

/** A rule as the tools need it; also as a manifest has it. */
export interface RuleTerms {
  readonly id: string;
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly number[];
}

/** Firewall front ends, which keep the rules that they are given over a boot. */
export type FrontEnd = Extract<FirewallKind, 'ufw' | 'firewalld'>;

/** How one front end is told about rules. Commands are lines for a POSIX shell, run in order as root. */
export interface FrontEndCommands {
  /** Whether several rules go into one change: firewalld's command takes a quarter of a second each time, whatever it does. */
  readonly takesMany: boolean;
  /** How a rule is named among the rules found on a server. */
  readonly identities: (rule: RuleTerms) => readonly string[];
  readonly allow: (rules: readonly RuleTerms[]) => readonly string[];
  /** Takes rules away again; succeeds when they are not there. */
  readonly withdraw: (rules: readonly RuleTerms[]) => readonly string[];
}

/** `7000`, or `7000-7001` for neighbours: firewalld takes one range per rule. */
function portRanges(ports: readonly number[]): readonly string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const port of ports.toSorted((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && port <= open.last + 1) open.last = port;
    else ranges.push({ first: port, last: port });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
}

function ufwTerms({ source, destination, ports }: RuleTerms): string {
  return `allow proto tcp from ${source} to ${destination} port ${ports.join(',')}`;
}

/** The rich rules for one rule, spelled as `firewall-cmd --list-rich-rules` prints them. */
export function richRulesOf({ source, destination, ports }: RuleTerms): readonly string[] {
  const family = destination.includes(':') ? 'ipv6' : 'ipv4';
  return portRanges(ports).map(
    (range) =>
      `rule family="${family}" source address="${source}" destination address="${destination}" port port="${range}" protocol="tcp" accept`,
  );
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

/** Each front end's way. ufw: `prepend`, so that a rule of the administrator that denies more does not come first. */
export const FRONT_ENDS: Readonly<Record<FrontEnd, FrontEndCommands>> = {
  ufw: {
    takesMany: false,
    identities: ({ id }) => [id],
    allow: (rules) => rules.map((rule) => `ufw prepend ${ufwTerms(rule)} comment '${rule.id}'`),
    withdraw: (rules) => rules.map((rule) => `ufw delete ${ufwTerms(rule)}`),
  },
  firewalld: {
    takesMany: true,
    identities: (rule) => richRulesOf(rule).map((rich) => `rich:${rich}`),
    allow: (rules) => firewalld('add', rules),
    withdraw: (rules) => firewalld('remove', rules),
  },
};
