import pWaitFor from 'p-wait-for';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PracticeSet } from '../../../scripts/practice/practiceSet.ts';
import { serverNumbers, type ServerNumber } from '../../../scripts/practice/setPlace.ts';
import { listenOn, reach } from '../../../scripts/practice/testing/probe.ts';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import type { Host } from '../../hosts/host.ts';
import type { Change } from '../../shared/domain/change.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { observeRequestFor } from '../observeRequest.ts';
import { payloadFor, planChanges } from '../planChanges.ts';
import { observeRemovalFor, planRemoval } from '../removal.ts';
import { connectForTest } from '../testing/connectForTest.ts';
import { sampleBlueprint, samplePlan } from '../testing/samplePlan.ts';
import { isInForce, isKept } from './ruleState.ts';

const practice = practiceSetForTest();

const CLUSTER_PORTS = [7000, 7001, 17_000, 17_001];
const OTHER_PORT = 7002;

/** How each kind shows its rules, in a form that is equal when they are; and what administrators do that loads them anew. */
const KINDS = {
  nftables: {
    show: 'nft -s list ruleset',
    reloads: ['systemctl reload nftables', 'systemctl restart nftables', 'systemctl stop nftables; systemctl start nftables'],
  },
  iptables: {
    show: 'iptables -S; ip6tables -S',
    reloads: ['systemctl restart netfilter-persistent', 'systemctl stop netfilter-persistent; systemctl start netfilter-persistent'],
  },
  ufw: { show: 'ufw status verbose', reloads: ['ufw reload', 'ufw disable && ufw --force enable'] },
  firewalld: {
    show: 'firewall-cmd --list-all; firewall-cmd --permanent --list-all',
    reloads: ['firewall-cmd --reload', 'systemctl restart firewalld'],
  },
} as const;
type Kind = keyof typeof KINDS;

/** Programs and services need a bundle; the rest of an installation does not. */
const isWithoutBundle = ({ kind }: Change): boolean => kind !== 'binary' && kind !== 'service';

/** One server of a set under test, with the firewall that it has. */
interface Case {
  readonly set: PracticeSet;
  readonly kind: Kind;
  readonly target: ServerNumber;
  readonly plan: ClusterPlan;
  readonly blueprint: ServerBlueprint;
}

function planFor(set: PracticeSet, clients: readonly string[]): ClusterPlan {
  return samplePlan({ addresses: set.servers.map(({ address }) => address), firewall: { manage: true, clients } });
}

async function connect({ set, target }: Case): Promise<Host> {
  const host = await connectForTest({
    server: `server-${target}`,
    address: set.servers[target - 1]?.address ?? '',
    fingerprint: set.fingerprintOf(target),
    login: set.loginOf(target),
  });
  onTestFinished(() => host.close());
  return host;
}

async function install(one: Case, host: Host): Promise<{ readonly before: ServerFacts; readonly changes: readonly Change[] }> {
  const before = await host.observe(observeRequestFor(one.blueprint, one.plan));
  const changes = planChanges(one.blueprint, before).filter(isWithoutBundle);
  await host.apply(changes, payloadFor(one.blueprint, changes));
  return { before, changes };
}

/** What is open from where, as `from:port`, of all ports that listen on the target. */
async function openWays({ set, target }: Case): Promise<readonly string[]> {
  const sources = [...serverNumbers.filter((number) => number !== target), 'admin' as const];
  const ports = [...CLUSTER_PORTS, OTHER_PORT];
  const ways = sources.flatMap((from) => ports.map((port) => ({ from, port })));
  const reached = await Promise.all(ways.map(async ({ from, port }) => ({ from, port, reached: await reach(set, from, target, port) })));
  return reached.filter((way) => way.reached === 'open').map(({ from, port }) => `${from === 'admin' ? from : 'peer'}:${port}`);
}

async function listenOnAll({ set, target }: Case): Promise<void> {
  for (const port of [...CLUSTER_PORTS, OTHER_PORT]) await listenOn(set, target, port);
}

const PEER_WAYS = [...CLUSTER_PORTS, ...CLUSTER_PORTS].map((port) => `peer:${port}`);

async function rulesOf({ set, target, kind }: Case): Promise<string> {
  const { code, stdout, stderr } = await set.run(target, KINDS[kind].show);
  expect([code, stderr]).toEqual([0, '']);
  // Neither counters nor times are part of a rule.
  return stdout;
}

async function run({ set, target }: Case, script: string): Promise<void> {
  const { code, stderr } = await set.run(target, script);
  expect([script, code, code === 0 ? '' : stderr]).toEqual([script, 0, '']);
}

const rounds: readonly (readonly { readonly kind: Kind; readonly target: ServerNumber }[])[] = [
  [
    { kind: 'nftables', target: 1 },
    { kind: 'ufw', target: 2 },
    { kind: 'firewalld', target: 3 },
  ],
  [{ kind: 'iptables', target: 1 }],
];

describe.each(rounds.flatMap((round) => round.map((one) => ({ ...one, round }))))('$kind', ({ kind, target, round }) => {
  it('opens what is wanted and nothing else, keeps it, and takes it away', { timeout: 240_000 }, async () => {
    const set = await practice.up({ servers: Object.fromEntries(round.map((one) => [one.target, { firewall: one.kind }])) });
    const clients = [`${set.place.adminAddress}/32`, `${set.place.subnet}.192/26`];
    const plan = planFor(set, clients);
    const one: Case = { set, kind, target, plan, blueprint: sampleBlueprint(plan, `server-${target}`) };
    const host = await connect(one);
    await listenOnAll(one);

    // Closed at first; then exactly what the plan names.
    const original = await rulesOf(one);
    expect(await openWays(one)).toEqual([]);
    const { before, changes } = await install(one, host);
    expect(before.firewall).toMatchObject({ kind, isActive: true, ownRules: [] });
    const opened = [...PEER_WAYS, 'admin:7000', 'admin:7001'];
    expect(await openWays(one)).toEqual(opened);

    // Recognised: nothing is planned a second time, and each rule is known to be there and to stay.
    const after = await host.observe(observeRequestFor(one.blueprint, plan));
    expect(planChanges(one.blueprint, after).filter(isWithoutBundle)).toEqual([]);
    expect(one.blueprint.firewall.filter((rule) => !isInForce(rule, after) || !isKept(rule, one.blueprint, after))).toEqual([]);

    // Told again, the firewall stays as it is.
    const rules = await rulesOf(one);
    for (const change of changes) if (change.kind === 'firewall') for (const command of change.commands) await run(one, command);
    expect(await rulesOf(one)).toBe(rules);

    // What administrators do to their own rules does not shut the cluster out.
    for (const reload of KINDS[kind].reloads) {
      await run(one, reload);
      // firewalld says that it has started before its rules are in the kernel.
      await expect.poll(() => openWays(one), { timeout: 20_000, message: reload }).toEqual(opened);
    }

    // A boot neither.
    await set.reboot(target);
    await listenOnAll(one);
    expect(await openWays(one)).toEqual(opened);
    const again = await connect(one);
    const booted = await again.observe(observeRequestFor(one.blueprint, plan));
    expect(planChanges(one.blueprint, booted).filter(({ kind: changed }) => changed === 'firewall' || changed === 'file')).toEqual([]);

    // Somebody takes a rule out: it is noticed and put back.
    await run(one, TAMPER[kind](one.blueprint));
    const tampered = await again.observe(observeRequestFor(one.blueprint, plan));
    expect(planChanges(one.blueprint, tampered).filter(isWithoutBundle)).toMatchObject([{ kind: 'firewall' }]);
    await install(one, again);
    expect(await openWays(one)).toEqual(opened);

    // Clients that are not wanted any more are shut out.
    const narrowed: Case = { ...one, plan: planFor(set, []), blueprint: sampleBlueprint(planFor(set, []), `server-${target}`) };
    await install(narrowed, again);
    expect(await openWays(one)).toEqual(PEER_WAYS);

    // Taken away, nothing is left.
    const installed = await again.observe(observeRemovalFor(narrowed.blueprint, narrowed.plan));
    const removal = planRemoval(narrowed.blueprint, installed, { deleteData: true });
    await again.apply(removal, payloadFor(narrowed.blueprint, removal));
    expect(await openWays(one)).toEqual([]);
    expect(await rulesOf(one)).toBe(original);
    const left = await set.run(
      target,
      'systemctl list-unit-files "triad-*" --no-legend; find / -xdev -name "*triad*" -not -path "/proc/*" -not -path "/var/log/journal/*"',
    );
    expect(
      left.stdout.split('\n').filter((path) => path.includes('sessions') || path.includes('/opt/triad') || path.includes('lib/triad')),
    ).toEqual([]);
    await pWaitFor(async () => (await set.run(target, 'systemctl is-system-running')).stdout.trim() === 'running', { timeout: 10_000 });
  });
});

/** How an administrator could lose one of the rules. */
const TAMPER: Readonly<Record<Kind, (blueprint: ServerBlueprint) => string>> = {
  nftables: () => 'nft -f /etc/nftables.conf',
  iptables: ({ firewall }) =>
    `iptables -D INPUT "$(iptables -n -L INPUT --line-numbers | sed -n 's/^\\([0-9]*\\) .*${firewall[0]?.id ?? ''}.*/\\1/p')"`,
  ufw: ({ firewall }) => `ufw --force delete "$(ufw status numbered | sed -n 's/^\\[ *\\([0-9]*\\)\\].*${firewall[0]?.id ?? ''}.*/\\1/p')"`,
  firewalld: () =>
    'firewall-cmd --permanent --remove-rich-rule="$(firewall-cmd --permanent --list-rich-rules | head -n 1)"; firewall-cmd --reload',
};
