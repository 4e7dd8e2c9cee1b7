import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { listenOn } from '../../scripts/practice/testing/probe.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { observeRequestFor } from '../artifacts/observeRequest.ts';
import { connectForTest } from '../artifacts/testing/connectForTest.ts';
import { sampleBlueprint, samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { Host } from '../hosts/host.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { PortMatrix } from '../shared/domain/matrix.ts';
import { clusterPorts, type ClusterPlan } from '../shared/domain/plan.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import { say } from '../shared/messages/message.ts';
import type { CheckContext } from './checkContext.ts';
import { judgeListenersGone, judgeServers } from './judgeServers.ts';
import { judgeMatrix } from './pairChecks.ts';

const practice = practiceSetForTest();

async function connect(set: PracticeSet, number: ServerNumber, address: string, name: string): Promise<Host> {
  const host = await connectForTest({ server: name, address, fingerprint: set.fingerprintOf(number), login: set.loginOf(number) });
  onTestFinished(() => host.close());
  return host;
}

/** Connects to the given server numbers as server-1, -2, -3 of a plan. */
async function connectAll(set: PracticeSet, places: readonly (readonly [ServerNumber, string])[]): Promise<readonly Host[]> {
  return Promise.all(places.map(async ([number, address], index) => connect(set, number, address, `server-${index + 1}`)));
}

function placesOf(set: PracticeSet): readonly (readonly [ServerNumber, string])[] {
  return set.servers.map(({ number, address }) => [number, address] as const);
}

async function observe(hosts: readonly Host[], plan: ClusterPlan): Promise<readonly ServerFacts[]> {
  return Promise.all(hosts.map(async (host) => host.observe(observeRequestFor(sampleBlueprint(plan, host.server), plan))));
}

function contextOf(plan: ClusterPlan): CheckContext {
  return {
    plan,
    stage: 'beforeInstall',
    hostKeyTrust: new Map(plan.servers.map(({ name }) => [name, 'pinned'] as const)),
    blueprints: new Map(plan.servers.map(({ name }) => [name, sampleBlueprint(plan, name)])),
    forwarding: new Map(plan.servers.map(({ name }) => [name, { outcome: 'allowed' } as const])),
  };
}

/** What is neither a pass nor without meaning here, in words. */
function troubles(results: readonly CheckResult[], ...verdicts: readonly CheckResult['verdict'][]): readonly string[] {
  return results
    .filter((one) => verdicts.includes(one.verdict))
    .map((one) => `${one.id} ${formatSubject(one.subject)} ${one.verdict}: ${say(one.observed)}`);
}

describe('real servers', () => {
  test('that are fresh fail nothing, and everything about them is known', async () => {
    const set = await practice.up();
    const plan = samplePlan({ addresses: set.servers.map(({ address }) => address) });
    const results = judgeServers(await observe(await connectAll(set, placesOf(set)), plan), contextOf(plan));
    expect(troubles(results, 'fail', 'unknown')).toEqual([]);
    // What install changes, and what the machine below may lack, is the only thing to warn of.
    const warned = new Set(results.filter((one) => one.verdict === 'warn').map((one) => one.id));
    const allowed = ['transparentHugePages', 'overcommitMemory', 'somaxconn', 'clock', 'cpu', 'swap', 'dataFolder'].map(
      (name) => `server.${name}`,
    );
    expect([...warned].filter((id) => !allowed.includes(id))).toEqual([]);
  });

  test('with a port taken by something else are named with its program', async () => {
    const set = await practice.up();
    const plan = samplePlan({ addresses: set.servers.map(({ address }) => address) });
    await listenOn(set, 2, 17_001);
    onTestFinished(async () => {
      await set.run(2, 'systemctl stop listen-17001');
    });
    const results = judgeServers(await observe(await connectAll(set, placesOf(set)), plan), contextOf(plan));
    const failed = results.filter((one) => one.verdict === 'fail');
    expect(failed.map((one) => [one.id, formatSubject(one.subject)])).toEqual([['server.ports', 'server-2']]);
    expect(troubles(results, 'fail')[0]).toMatch(/17001 systemd-socket\S* \(pid \d+, listen-17001\.service\)/u);
  });

  test('of which two are one machine are named both', async () => {
    const set = await practice.up();
    const second = set.servers.map(({ address }) => address)[0]?.replace(/\d+$/u, '61') ?? '';
    await set.run(1, `ip address add ${second}/24 dev eth0`);
    onTestFinished(async () => {
      await set.run(1, `ip address delete ${second}/24 dev eth0`);
    });
    const places = placesOf(set).map((place, index) => (index === 1 ? ([1, second] as const) : place));
    const plan = samplePlan({ addresses: places.map(([, address]) => address) });
    const results = judgeServers(await observe(await connectAll(set, places), plan), contextOf(plan));
    const failed = results.filter((one) => one.verdict === 'fail').map((one) => `${one.id} ${formatSubject(one.subject)}`);
    expect(failed).toEqual(['server.ownMachine server-1', 'server.ownMachine server-2']);
  });

  test('with a bus port blocked in one direction fail in that direction only, and keep no listener', async () => {
    const set = await practice.up();
    const plan = samplePlan({ addresses: set.servers.map(({ address }) => address), firewall: { manage: false } });
    const hosts = await connectAll(set, placesOf(set));
    const before = await observe(hosts, plan);
    await set.block(3, 1, 17_000, 'drop');
    onTestFinished(async () => set.unblock());
    const targets = plan.servers.flatMap(({ name, address }) =>
      clusterPorts(plan).map((port) => ({ to: name, address, port, nonce: randomBytes(8).toString('hex') })),
    );
    const listeners = await Promise.all(
      hosts.map(async (host) => {
        const own = targets.filter((target) => target.to === host.server);
        return host.listen(own[0]?.address ?? '', own, 20_000);
      }),
    );
    const during = await observe(hosts, plan);
    const cells = await Promise.all(
      hosts.map(async (host) =>
        host.probe(
          targets.filter((target) => target.to !== host.server),
          2000,
        ),
      ),
    );
    await Promise.all(listeners.map(async (one) => one.end()));
    const matrix: PortMatrix = {
      measuredOn: 'listeners',
      ports: [...clusterPorts(plan)],
      servers: plan.servers.map(({ name }) => name),
      cells: cells.flat(),
    };
    const results = judgeMatrix(matrix, { plan, facts: before, willOpenFirewall: false });
    expect(troubles(results, 'fail')).toEqual([
      `pair.busPort server-3 → server-1:17000 fail: No answer from ${set.servers[0]?.address ?? ''}:17000: the cluster bus of server-1's master is cut off from server-3`,
    ]);
    const context = contextOf(plan);
    // While they listen the check sees them: what it says afterwards means something.
    expect(judgeListenersGone(before, during, context).map((one) => one.verdict)).toEqual(['fail', 'fail', 'fail']);
    expect(judgeListenersGone(before, await observe(hosts, plan), context).map((one) => one.verdict)).toEqual(['pass', 'pass', 'pass']);
  });
});
