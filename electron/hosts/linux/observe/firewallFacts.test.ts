import { expect, test } from 'vitest';
import { firewallFacts, iptablesFilters, nftFilters, richRules, taggedIds, ufwComments } from './firewallFacts.ts';
import { splitSections } from './sections.ts';

const TAG = 'triad:sessions';
const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

function factsOf(
  sections: Readonly<Record<string, string>>,
  options: { readonly ufw?: readonly string[]; readonly hasUfw?: boolean } = {},
) {
  const output = Object.entries(sections)
    .map(([name, text]) => `\n\u001E${name}\n${text}\n`)
    .join('');
  const files = new Map<string, readonly string[]>([
    ['/etc/ufw/ufw.conf', ['# comment', 'ENABLED=yes']],
    ['/etc/ufw/user.rules', options.ufw ?? []],
  ]);
  return firewallFacts({
    sections: splitSections(output),
    files: options.ufw === undefined ? new Map() : files,
    hasUfw: options.hasUfw ?? options.ufw !== undefined,
    tag: TAG,
  });
}

const nftDrop = `table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		ip saddr 10.0.0.2 tcp dport { 7000, 7001 } accept comment "triad:sessions:peers-data"
	}
}`;
const nftJump = `table inet fw {
	chain guard {
		iifname "lo" accept
		goto last
	}
	chain last {
		reject with icmpx admin-prohibited
	}
	chain in {
		type filter hook input priority 0; policy accept;
		jump guard
	}
}`;
const nftNat = `table ip nat {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
	}
	chain unused {
		drop
	}
}
table ip filter {
	chain FORWARD {
		type filter hook forward priority filter; policy drop;
	}
}`;
const nftOfIptables = `# Warning: table ip filter is managed by iptables-nft, do not touch!
table ip filter {
	chain INPUT {
		type filter hook input priority filter; policy drop;
	}
}`;
const iptablesDrop = '*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m comment --comment "triad:sessions:peers-bus" -j ACCEPT\nCOMMIT';

test.each([
  ['a chain that drops', nftDrop, true],
  ['a chain that jumps to one that rejects', nftJump, true],
  ['nothing that concerns input', nftNat, false],
  ['an empty ruleset', '', false],
  [
    'an input chain that lets everything in',
    'table inet f {\n\tchain i {\n\t\ttype filter hook input priority 0; policy accept;\n\t\tcounter\n\t}\n}',
    false,
  ],
  [
    'chains that jump in a circle',
    'table inet f {\n\tchain a {\n\t\ttype filter hook input priority 0; policy accept;\n\t\tjump b\n\t}\n\tchain b {\n\t\tjump a\n\t}\n}',
    false,
  ],
])('nftables filters: %s', (_, ruleset, filters) => {
  expect(nftFilters(ruleset)).toBe(filters);
});

test.each([
  ['a policy', ':INPUT DROP [0:0]', true],
  ['a rule', ':INPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 1 -j REJECT --reject-with tcp-reset', true],
  ['a chain', ':INPUT ACCEPT [0:0]\n-A INPUT -j a\n-A a -g b\n-A b -j DROP', true],
  ['another hook', ':INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n-A FORWARD -j DROP\n-A DOCKER -j DROP', false],
  ['a circle', ':INPUT ACCEPT [0:0]\n-A INPUT -j a\n-A a -j a', false],
  ['nothing', '', false],
])('iptables filters: %s', (_, saved, filters) => {
  expect(iptablesFilters(saved)).toBe(filters);
});

test('nftables: in force and kept', () => {
  const kept = '/etc/nftables.conf:	accept comment "triad:sessions:peers-bus"';
  expect(factsOf({ nft: nftDrop, kept })).toMatchObject({
    kind: 'nftables',
    isActive: true,
    ownRules: ['triad:sessions:peers-data'],
    persistedRules: ['triad:sessions:peers-bus'],
  });
});

test('what iptables put into nftables is iptables; a chain of the same name without iptables is nftables', () => {
  expect(factsOf({ nft: nftOfIptables, iptables: iptablesDrop })).toMatchObject({
    kind: 'iptables',
    ownRules: ['triad:sessions:peers-bus'],
  });
  expect(factsOf({ nft: nftOfIptables })).toMatchObject({ kind: 'nftables', isActive: true });
  expect(factsOf({ nft: `${nftOfIptables}\n${nftDrop}`, iptables: iptablesDrop })).toMatchObject({ kind: 'nftables' });
});

test('ufw: comments are hexadecimal; rules are in force when its chain is loaded', () => {
  const ufw = [
    `### tuple ### allow tcp 7000,7001 10.0.0.1 any 10.0.0.2/32 in comment=${hex('triad:sessions:peers-data.1')}`,
    '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
    `### tuple ### allow tcp 80 0.0.0.0/0 any 0.0.0.0/0 in comment=${hex('Büro')}`,
    '-A ufw-user-input -p tcp -j ACCEPT',
  ];
  expect(ufwComments(ufw)).toBe('triad:sessions:peers-data.1\nBüro');
  const ids = ['triad:sessions:peers-data.1'];
  expect(factsOf({ ufwChain: '-N ufw-user-input' }, { ufw })).toMatchObject({
    kind: 'ufw',
    isActive: true,
    ownRules: ids,
    persistedRules: ids,
  });
  expect(factsOf({ ufwChain: '' }, { ufw })).toMatchObject({ kind: 'ufw', isActive: false, ownRules: [], persistedRules: ids });
});

test('a ufw.conf without ufw does not count', () => {
  expect(factsOf({ nft: '' }, { ufw: [], hasUfw: false })).toMatchObject({ kind: 'none', isActive: false });
});

test('firewalld: rules from the bus and from its command are the same', () => {
  const rule = 'rule family="ipv4" source address="10.0.0.1" port port="7000" protocol="tcp" accept';
  expect(richRules(`as 1 "${rule.replaceAll('"', '\\"')}"`)).toEqual([`rich:${rule}`]);
  expect(richRules(`${rule}\n\n`)).toEqual([`rich:${rule}`]);
  expect(richRules('as 0')).toEqual([]);
  expect(factsOf({ firewalldRules: 'as 0', firewalldKept: rule })).toMatchObject({
    kind: 'firewalld',
    ownRules: [],
    persistedRules: [`rich:${rule}`],
  });
});

test('only ids of the very cluster count, each once', () => {
  const text = '"triad:sessions:a" "triad:sessions2:b" "triad:sessions:a" "triad:sessions" "triad:sessions:peers-bus.v6"';
  expect(taggedIds(text, TAG)).toEqual(['triad:sessions:a', 'triad:sessions:peers-bus.v6']);
});

test('evidence is cut', () => {
  expect(factsOf({ nft: 'x'.repeat(10_000) }).evidence).toHaveLength(4000);
});
