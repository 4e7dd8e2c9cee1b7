import { describe, expect, test } from 'vitest';
import type { PracticeSet, UpOptions } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { reach } from '../../scripts/practice/testing/probe.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, flat, stoppingChecks, toldCodes } from './findings.ts';
import { firewalledSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const DATA_PORTS = [7000, 7001];
const BUS_PORTS = [17_000, 17_001];

/** How each kind shows its rules; equal when they are. */
const SHOW = {
  ufw: 'ufw status verbose',
  firewalld: 'firewall-cmd --list-all; firewall-cmd --permanent --list-all',
  nftables: 'nft -s list ruleset',
  iptables: 'iptables -S; ip6tables -S',
} as const;
type Kind = keyof typeof SHOW;

function expectProved(finished: FinishedCommand): void {
  expect([finished.code, finished.result.failure, stoppingChecks(finished), finished.stderr]).toEqual([0, null, [], '']);
}

async function rulesOf(set: PracticeSet, kinds: readonly Kind[]): Promise<readonly string[]> {
  return Promise.all(
    serverNumbers.map(async (number) => {
      const { code, stdout } = await set.run(number, SHOW[kinds[number - 1] ?? 'nftables']);
      expect(code).toBe(0);
      return stdout;
    }),
  );
}

/** What this computer reaches of the running nodes, as `server:port`. */
async function openToAdmin(set: PracticeSet): Promise<readonly string[]> {
  const ways = serverNumbers.flatMap((number) => [...DATA_PORTS, ...BUS_PORTS].map((port) => ({ number, port })));
  const reached = await Promise.all(ways.map(async ({ number, port }) => reach(set, 'admin', number, port, 3)));
  return ways.filter((_, index) => reached[index] === 'open').map(({ number, port }) => `${number}:${port}`);
}

/** The judgement of the three firewalls. */
function firewallChecks({ result }: FinishedCommand): readonly string[] {
  return result.checks.filter(({ id }) => id === 'server.firewall').map(({ verdict, observed }) => `${verdict} ${observed}`);
}

const rounds: readonly { readonly kinds: readonly [Kind, Kind, Kind]; readonly options: UpOptions }[] = [
  {
    kinds: ['ufw', 'firewalld', 'nftables'],
    options: { servers: { 1: { firewall: 'ufw' }, 2: { firewall: 'firewalld' }, 3: { firewall: 'nftables' } } },
  },
  { kinds: ['iptables', 'iptables', 'iptables'], options: { firewall: 'iptables' } },
];

describe.each(rounds)('$kinds', ({ kinds, options }) => {
  let set: PracticeSet;
  let bare: readonly string[];
  let rules: readonly string[];
  let spec: string;

  test('not managed: install stops at the closed ways, with the rules to hand over, and installs nothing', async () => {
    set = await servers.up(options);
    bare = await firewalledSnapshots(set);
    rules = await rulesOf(set, kinds);
    const unmanaged = triad.spec(set, (one) => (one.firewall = { manage: false }));
    const finished = await triad.run(['install', '--yes', '--spec', unmanaged]);
    const [a, b] = set.servers;
    expectTold(finished, 1, [
      'No server reaches any port of another.',
      '6 data ports are closed to this computer: Triad goes through SSH.',
      'What to ask for, so that everything is open that must be:',
      `Allow TCP from ${b?.name} (${b?.address}) to ${a?.name} (${a?.address}), destination ports 7000, 7001, 17000, 17001`,
      ...kinds.map((kind, index) => handedOver(kind, set, index)),
      'Set firewall.manage: true, or add the rules yourself',
      // Three of each kind are shown as they come.
      'and 18 more alike: see the summary below',
    ]);
    expect(toldCodes(finished)).toEqual(['check.failed']);
    expect(await firewalledSnapshots(set)).toEqual(bare);
  });

  test('managed: check says that install opens the ways, plan shows how, and neither does it', async () => {
    spec = triad.spec(set, (one) => (one.firewall = { manage: true, clients: [`${set.place.adminAddress}/32`] }));
    const checked = await triad.run(['check', '--spec', spec, '--json']);
    expectProved(checked);
    const ways = checked.result.checks.filter(({ id }) => /^pair\.(?:bus|data)Port$/u.test(id));
    expect(new Set(ways.map(({ verdict }) => verdict))).toEqual(new Set(['warn']));
    for (const way of ways) expect(way.observed).toMatch(/ is closed now by \w+ on \S+; install opens it$/u);
    for (const [index, line] of firewallChecks(checked).entries()) expect(line).toContain(`${kinds[index]} is active; install adds: `);

    const planned = await triad.run(['plan', '--spec', spec]);
    expect(planned.code).toBe(0);
    const text = flat(planned.stdout);
    for (const [index, kind] of kinds.entries()) for (const part of shownIn(kind, set, index)) expect(text).toContain(part);
    expect(await firewalledSnapshots(set)).toEqual(bare);
    expect(await rulesOf(set, kinds)).toEqual(rules);
  });

  test('install opens exactly what is needed, and a second one changes nothing', async () => {
    expectProved(await triad.run(['install', '--yes', '--spec', spec, '--json']));
    const clients = serverNumbers.flatMap((number) => DATA_PORTS.map((port) => `${number}:${port}`));
    expect(await openToAdmin(set)).toEqual(clients);
    const before = [await firewalledSnapshots(set), await rulesOf(set, kinds)];
    const second = await triad.run(['install', '--yes', '--spec', spec, '--json']);
    expectProved(second);
    expect(second.events.filter((event) => event.type === 'changesApplied' || event.type === 'clusterCommand')).toEqual([]);
    expect([await firewalledSnapshots(set), await rulesOf(set, kinds)]).toEqual(before);
  });

  test('after a reboot of every server the rules and the cluster are there again', async () => {
    await set.reboot(1, 2, 3);
    await expect
      .poll(async () => (await triad.run(['validate', '--spec', spec, '--json'])).code, { timeout: 60_000, interval: 500 })
      .toBe(0);
    const validated = await triad.run(['validate', '--spec', spec, '--json']);
    expectProved(validated);
    expect(firewallChecks(validated)).toEqual(
      kinds.map((kind) => `pass ${kind} is active with all 3 planned rules, now and after a reboot`),
    );
    const bus = validated.result.checks.filter(({ id }) => id === 'pair.adminBusPort').map(({ verdict }) => verdict);
    expect(bus).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass']);
  });

  test('a rule that somebody took out is found missing by validate, and put back by install', async () => {
    await set.run(1, LOSE_RULES[kinds[0]]);
    const found = await triad.run(['validate', '--spec', spec, '--json']);
    expect(found.code).toBe(1);
    expect(firewallChecks(found)[0]).toMatch(new RegExp(`^fail ${kinds[0]} is active and lacks: `, 'u'));
    expectProved(await triad.run(['install', '--yes', '--spec', spec, '--json']));
    expectProved(await triad.run(['validate', '--spec', spec, '--json']));
  });

  test('remove leaves the firewalls as they were', async () => {
    expectProved(await triad.run(['remove', '--delete-data', '--yes', '--spec', spec, '--json']));
    expect(await rulesOf(set, kinds)).toEqual(rules);
    expect(await firewalledSnapshots(set)).toEqual(bare);
  });
});

/** A rule for server `index`, as it is handed over where Triad may not set it itself. */
function handedOver(kind: Kind, set: PracticeSet, index: number): string {
  const own = set.servers[index]?.address ?? '';
  const [peer = ''] = set.servers.map(({ address }) => address).filter((address) => address !== own);
  switch (kind) {
    case 'ufw':
      return `ufw prepend allow proto tcp from ${peer} to ${own} port 7000,7001,17000,17001`;
    case 'firewalld':
      return `firewall-cmd --permanent --add-rich-rule='rule family="ipv4" source address="${peer}" destination address="${own}" port port="17000-17001" protocol="tcp" accept'`;
    case 'nftables':
      return `nft insert rule inet filter input ip saddr ${peer} ip daddr ${own} tcp dport '{ 7000, 7001, 17000, 17001 }' accept`;
    case 'iptables':
      return `iptables -I INPUT 1 -s ${peer} -d ${own} -p tcp -m multiport --dports 7000,7001,17000,17001 -j ACCEPT`;
  }
}

/** What the plan must show of the rules for server `index`: the exact commands or files. */
function shownIn(kind: Kind, set: PracticeSet, index: number): readonly string[] {
  const own = set.servers[index]?.address ?? '';
  const [peer = ''] = set.servers.map(({ address }) => address).filter((address) => address !== own);
  const { adminAddress, prefix } = set.place;
  switch (kind) {
    case 'ufw':
      return [
        `ufw prepend allow proto tcp from ${peer}/32 to ${own} port 7000,7001,17000,17001 comment`,
        `ufw prepend allow proto tcp from ${adminAddress}/32 to ${own} port 7000,7001 comment`,
      ];
    case 'firewalld':
      return [
        `--add-rich-rule='rule family="ipv4" source address="${peer}/32" destination address="${own}" port port="17000-17001" protocol="tcp" accept'`,
        `--add-rich-rule='rule family="ipv4" source address="${adminAddress}/32" destination address="${own}" port port="7000-7001" protocol="tcp" accept'`,
      ];
    case 'nftables':
    case 'iptables':
      return [
        `/opt/triad/firewall-${prefix}.sh`,
        `${peer}/32 ${own} 7000,7001,17000,17001`,
        `${adminAddress}/32 ${own} 7000,7001`,
        `systemctl restart triad-${prefix}-firewall.service`,
      ];
  }
}

/** How an administrator could lose rules of the first server. */
const LOSE_RULES: Readonly<Record<Kind, string>> = {
  ufw: "ufw --force delete $(ufw status numbered | sed -n 's/^\\[ *\\([0-9]*\\)\\].*triad.*/\\1/p' | head -n 1)",
  firewalld: 'firewall-cmd --remove-rich-rule="$(firewall-cmd --list-rich-rules | head -n 1)"',
  nftables: 'nft -f /etc/nftables.conf',
  iptables: "iptables -D INPUT $(iptables -nL INPUT --line-numbers | sed -n 's/^\\([0-9]*\\) .*triad.*/\\1/p' | head -n 1)",
};
