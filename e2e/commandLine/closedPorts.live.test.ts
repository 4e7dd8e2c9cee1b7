import { describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, stoppingChecks, toldCodes } from './findings.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const CLUSTER_PORTS = [7000, 7001, 17_000, 17_001];

/** Checks of a server that compare it with the others, and say nothing new of one while not all were looked at: clock and own machine. */
const COMPARISONS = 2;

let set: PracticeSet;
let names: readonly string[];
let addresses: readonly string[];

function expectProved(finished: FinishedCommand): void {
  expect([finished.code, finished.result.failure, stoppingChecks(finished), finished.stderr]).toEqual([0, null, [], '']);
}

/** Ways between servers that are not open, as `from → to:port: reach`. */
function closedWays({ events }: FinishedCommand): readonly string[] {
  const measured = events.findLast((event) => event.type === 'matrixMeasured');
  const cells = measured?.type === 'matrixMeasured' ? measured.matrix.cells : [];
  expect(cells.filter(({ from }) => from !== 'admin').length).toBe(24);
  return cells
    .filter(({ from, reach }) => from !== 'admin' && reach !== 'open')
    .map(({ from, to, port, reach }) => `${from} → ${to}:${port}: ${reach}`);
}

describe('a bus port closed in one direction', () => {
  let bare: readonly string[];

  test('refused: exactly this way is told, in a sentence and with the rule to ask for', async () => {
    set = await servers.up();
    names = set.servers.map(({ name }) => name);
    addresses = set.servers.map(({ address }) => address);
    bare = await serverSnapshots(set);
    await set.block(2, 3, 17_000, 'reject');
    const spec = triad.spec(set);
    const found = await triad.run(['check', '--spec', spec, '--json']);
    expect(found.code).toBe(1);
    expect(closedWays(found)).toEqual([`${names[1]} → ${names[2]}:17000: refused`]);
    expect(stoppingChecks(found)).toEqual([
      `pair.busPort ${names[1]} → ${names[2]}:17000: ${addresses[2]}:17000 refuses: the cluster bus of ${names[2]}'s master is cut off from ${names[1]}`,
    ]);
    const shown = await triad.run(['check', '--spec', spec]);
    expectTold(shown, 1, [
      `${names[1]} does not reach ${names[2]} on 17000, while ${names[2]} reaches ${names[1]}.`,
      'What to ask for, so that everything is open that must be:',
      'Something listened there, so a firewall rejects it',
      `Allow TCP from ${names[1]} (${addresses[1]}) to ${names[2]} (${addresses[2]}), destination ports 17000, and the answers:`,
      `ufw prepend allow proto tcp from ${addresses[1]} to ${addresses[2]} port 17000`,
    ]);
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('what failed is looked at again by itself, and the whole is judged', async () => {
    const spec = triad.spec(set);
    const still = await triad.run(['check', '--only', 'failed', '--spec', spec, '--json']);
    expect(still.code).toBe(1);
    expect(closedWays(still)).toEqual([`${names[1]} → ${names[2]}:17000: refused`]);
    await set.unblock();
    const mended = await triad.run(['check', '--only', 'failed', '--spec', spec, '--json']);
    expectProved(mended);
    expect(closedWays(mended)).toEqual([]);
    const tried = mended.events.filter((event) => event.type === 'checkFinished' && event.phase === 'checkReachability');
    expect(tried).toMatchObject([{ result: { id: 'pair.busPort', verdict: 'pass' } }]);
    const kept = mended.result.checks
      .filter(({ observed }) => observed.includes('as seen in an earlier check'))
      .map(({ subject }) => subject);
    expect(kept.filter((subject) => subject.includes(' → '))).toHaveLength(35);
    expect(kept).toContain(names[0]);
    expect(kept.filter((subject) => subject === names[1] || subject === names[2])).toHaveLength(2 * COMPARISONS + 1);
    const nothing = await triad.run(['check', '--only', 'failed', '--spec', spec]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('nothing failed in the last check');
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('silent: install stops before anything is installed; when it is open, the same command finishes', async () => {
    await set.unblock();
    await set.block(2, 3, 17_000, 'drop');
    const spec = triad.spec(set);
    const stopped = await triad.run(['install', '--yes', '--spec', spec, '--json']);
    expect([stopped.code, stopped.result.failure?.code]).toEqual([1, 'check.failed']);
    expect(closedWays(stopped)).toEqual([`${names[1]} → ${names[2]}:17000: filtered`]);
    expect(stoppingChecks(stopped)).toEqual([
      `pair.busPort ${names[1]} → ${names[2]}:17000: No answer from ${addresses[2]}:17000: the cluster bus of ${names[2]}'s master is cut off from ${names[1]}`,
    ]);
    const [told] = stopped.result.checks.filter(({ verdict }) => verdict === 'fail');
    expect(told?.remedy?.split('\n').slice(0, 2)).toEqual([
      `A firewall drops the packets: on ${names[2]}, on ${names[1]}, or between them. Ask for one of these:`,
      `Allow TCP from ${names[1]} (${addresses[1]}) to ${names[2]} (${addresses[2]}), destination ports 17000, and the answers:`,
    ]);
    expect(await serverSnapshots(set)).toEqual(bare);
    await set.unblock();
    expectProved(await triad.run(['install', '--yes', '--spec', spec, '--json']));
  });

  test('on the running cluster validate finds it too', async () => {
    await set.block(2, 3, 17_000, 'reject');
    const found = await triad.run(['validate', '--spec', triad.spec(set), '--json']);
    await set.unblock();
    expect(found.code).toBe(1);
    expect(closedWays(found)).toEqual([`${names[1]} → ${names[2]}:17000: refused`]);
    const [told] = found.result.checks.filter(({ id, verdict }) => id === 'pair.busPort' && verdict === 'fail');
    expect(told?.remedy).toContain(`systemctl status triad-${set.place.prefix}-7000.service`);
  });
});

test('a node that does not run is told by validate, with everything else that can be judged', async () => {
  await set.run(2, `systemctl stop triad-${set.place.prefix}-7001.service`);
  const found = await triad.run(['validate', '--spec', triad.spec(set), '--json']);
  expect([found.code, found.result.failure]).toEqual([1, null]);
  const node = `${names[1]}:7001`;
  const failed = found.result.checks
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ id, subject, observed }) => `${id} ${subject}: ${observed}`);
  expect(failed.filter((line) => line.startsWith('node.')).toSorted()).toEqual([
    `node.answers ${node}: No answer: Connection refused`,
    `node.service ${node}: It does not run: inactive (dead)`,
  ]);
  const verdicts = found.result.checks
    .filter(({ id }) => id === 'cluster.survivesLoss')
    .map(({ subject, verdict }) => `${subject} ${verdict}`);
  expect(verdicts.length).toBe(3);
  expect(verdicts.some((line) => !line.endsWith('pass'))).toBe(true);
  const again = await triad.run(['install', '--yes', '--spec', triad.spec(set), '--json']);
  expectProved(again);
  expectProved(await triad.run(['remove', '--delete-data', '--yes', '--spec', triad.spec(set), '--json']));
});

test("what answers in a server's place is found out", async () => {
  const { address = '' } = set.servers[0] ?? {};
  // Server 3 answers for the replica's bus of server 1, as a careless address translation on its way would have it.
  await set.run(3, 'systemd-run --quiet --unit=stranger systemd-socket-activate --listen=17009 --accept --inetd echo I am somebody else');
  await set.run(
    2,
    `nft -f - <<'END'
table ip detour {
  chain output { type nat hook output priority -100; ip daddr ${address} tcp dport 17001 dnat to ${addresses[2]}:17009; }
}
END`,
  );
  const finished = await triad.run(['install', '--yes', '--spec', triad.spec(set), '--json']);
  await set.run(2, 'nft delete table ip detour');
  await set.run(3, 'systemctl stop stranger');
  expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
  expect(closedWays(finished)).toEqual([`${names[1]} → ${names[0]}:17001: intercepted`]);
  const [told] = finished.result.checks.filter(({ verdict }) => verdict === 'fail');
  expect(`${told?.observed} ${told?.remedy}`).toBe(
    `What answers ${names[1]} at ${address}:17001 is not the cluster bus of ${names[0]} Find out what answers at ${address}:17001: an address translation (NAT), a proxy, or another program. Redis nodes need to reach each other directly.`,
  );
});

test(
  'Redis closed to the admin: install, validate and failover test go through SSH, and nobody has to do anything for it',
  { timeout: 300_000 },
  async () => {
    for (const server of serverNumbers) for (const port of CLUSTER_PORTS) await set.block('admin', server, port, 'drop');
    const spec = triad.spec(set);
    const installed = await triad.run(['install', '--yes', '--spec', spec]);
    expectTold(installed, 0, ['6 data ports are closed to this computer: Triad goes through SSH.']);
    expect(toldCodes(installed)).toEqual([]);
    const validated = await triad.run(['validate', '--spec', spec, '--json']);
    expectProved(validated);
    const closed = validated.result.checks
      .filter(({ id }) => id === 'pair.adminDataPort')
      .map(({ verdict, observed }) => `${verdict} ${observed}`);
    expect(closed.toSorted()).toEqual(
      addresses.flatMap((address) => [7000, 7001].map((port) => `skipped ${address}:${port} is closed to this computer: through SSH`)),
    );
    const tested = await triad.run(['failover-test', '--server', names[2] ?? '', '--yes', '--spec', spec, '--json']);
    expectProved(tested);
    const [trial] = tested.result.failover.trials;
    expect(trial).toMatchObject({ server: names[2], route: 'ssh' });
    // An application's client is led through SSH too, and finds the node that took over.
    const noticed = trial?.noticed?.application?.shards ?? [];
    expect(noticed.map(({ isVictims }) => isVictims)).toEqual([false, false, true]);
    expect(noticed.at(-1)?.gapToMs).toBeLessThan(trial?.restoredMs ?? 0);
    expect(trial?.acknowledgedWrites).toBeGreaterThan(1000);
    expect(trial?.refusedWrites).toBeGreaterThan(0);
  },
);
