import type { FirewallKind, ServerFacts } from '../../../shared/domain/server.ts';
import type { Sections } from './sections.ts';

const EVIDENCE_LIMIT = 4000;

/** What is needed of the server beside the sections. */
export interface FirewallSources {
  readonly sections: Sections;
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly hasUfw: boolean;
  /** Mark of the cluster's own rules, such as `triad:sessions`. */
  readonly tag: string;
}

/** Ids of rules that carry the tag, in the order of the text, each once. */
export function taggedIds(text: string, tag: string): string[] {
  const escaped = tag.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return [...new Set(text.match(new RegExp(`${escaped}:[\\w.:-]+`, 'gu')) ?? [])];
}

/** Comments of ufw's rules, which its files hold in hexadecimal: `### tuple ### allow tcp 7000 ... in comment=7472...`. */
export function ufwComments(lines: readonly string[]): string {
  return lines
    .flatMap((line) => {
      const hex = /^### tuple ###.* comment=([\da-f]+)\s*$/iu.exec(line)?.[1];
      return hex === undefined ? [] : [Buffer.from(hex, 'hex').toString('utf8')];
    })
    .join('\n');
}

/** Rules from `busctl call ... getRichRules` (`as 2 "rule ..." "..."`) or, one a line, from `firewall-cmd --list-rich-rules`. */
export function richRules(text: string): string[] {
  const bus = /^as \d+/mu.test(text);
  const rules = bus
    ? [...text.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map((match) => (match[1] ?? '').replaceAll(/\\(.)/gu, '$1'))
    : text.split('\n').filter((line) => line.trim() !== '');
  return rules.map((rule) => `rich:${rule.trim()}`);
}

/** Whether some chain of an nftables ruleset that decides on incoming packets lets some of them not in. Chains it jumps to count too. */
export function nftFilters(ruleset: string): boolean {
  const chains = [...ruleset.matchAll(/^\tchain (\S+) \{\n([\s\S]*?)^\t\}/gmu)].map((match) => ({
    name: match[1] ?? '',
    body: match[2] ?? '',
  }));
  const refuses = (body: string, seen: ReadonlySet<string>): boolean => {
    if (/^\t\t(?!type ).*\b(?:drop|reject)\b/mu.test(body)) return true;
    const targets = [...body.matchAll(/\b(?:jump|goto) (\S+)/gu)].map((match) => match[1] ?? '').filter((name) => !seen.has(name));
    return targets.some((name) => chains.some((chain) => chain.name === name && refuses(chain.body, new Set([...seen, name]))));
  };
  return chains.some(
    ({ name, body }) => /type filter hook input\b/u.test(body) && (/policy drop/u.test(body) || refuses(body, new Set([name]))),
  );
}

/** The same for the output of `iptables-save`. */
export function iptablesFilters(saved: string): boolean {
  if (/^:INPUT DROP\b/mu.test(saved)) return true;
  const refuses = (chain: string, seen: ReadonlySet<string>): boolean =>
    saved
      .split('\n')
      .filter((line) => line.startsWith(`-A ${chain} `))
      .some((line) => {
        const target = / -[jg] (\S+)/u.exec(line)?.[1] ?? '';
        if (target === 'DROP' || target === 'REJECT') return true;
        return !seen.has(target) && refuses(target, new Set([...seen, target]));
      });
  return refuses('INPUT', new Set(['INPUT']));
}

/** Which firewall decides on a server, and which of its rules are ours. */
export function firewallFacts({ sections, files, hasUfw, tag }: FirewallSources): ServerFacts['firewall'] {
  const nft = sections.text('nft');
  const iptables = sections.text('iptables');
  const kept = taggedIds(sections.text('kept'), tag);
  const facts = (kind: FirewallKind, isActive: boolean, ownRules: string[], persistedRules: string[], evidence: string) => ({
    kind,
    isActive,
    ownRules,
    persistedRules,
    evidence: evidence.trim().slice(0, EVIDENCE_LIMIT),
  });

  if (sections.has('firewalldRules')) {
    const [now, later] = [sections.text('firewalldRules'), sections.text('firewalldKept')];
    return facts('firewalld', true, richRules(now), richRules(later), now);
  }
  const isUfwOn = (files.get('/etc/ufw/ufw.conf') ?? []).some((line) => /^ENABLED=yes/iu.test(line));
  if (hasUfw && isUfwOn) {
    const rules = [...(files.get('/etc/ufw/user.rules') ?? []), ...(files.get('/etc/ufw/user6.rules') ?? [])];
    const ids = taggedIds(ufwComments(rules), tag);
    // ufw keeps its comments only in its files; its chain tells whether they were loaded.
    const isLoaded = sections.text('ufwChain').includes('ufw-user-input');
    const tuples = rules.filter((line) => line.startsWith('### tuple ###')).join('\n');
    return facts('ufw', isLoaded, isLoaded ? ids : [], ids, tuples);
  }
  // What iptables has put into nftables is shown by both.
  const foreign = sections.has('iptables') ? withoutIptables(nft) : nft;
  if (nftFilters(foreign)) return facts('nftables', true, taggedIds(nft, tag), kept, nft);
  if (iptablesFilters(iptables)) return facts('iptables', true, taggedIds(iptables, tag), kept, iptables);
  return facts('none', false, taggedIds(`${nft}\n${iptables}`, tag), kept, nft === '' ? iptables : nft);
}

/** A ruleset without the tables that iptables and ip6tables manage there: `filter` and others of family `ip` or `ip6` with upper-case chains. */
function withoutIptables(ruleset: string): string {
  return ruleset.replaceAll(/^table (?:ip|ip6) (?:filter|mangle|raw|security|nat) \{\n[\s\S]*?^\}/gmu, (table) =>
    /^\tchain INPUT \{\n\t\ttype filter hook input/mu.test(table) || !/hook input/u.test(table) ? '' : table,
  );
}
