import { describe, expect, it, vi, type TestContext } from 'vitest';
import { readinessOf } from '../shared/domain/readiness.ts';
import { applicationViewOf } from './applicationView.ts';
import { createApplicationWriter, type ApplicationWriter } from './applicationWriter.ts';
import { readCluster, waitForView } from './clusterView.ts';
import { watchFailover, type FailoverWatch } from './failoverWatch.ts';
import { formCluster } from './formCluster.ts';
import { firstFailure, ledgerOf } from './ledger.ts';
import { createProbeWriter, type ProbeWriter } from './probeWriter.ts';
import { dialDirect } from './dialDirect.ts';
import type { ConnectNode } from './probeRoutes.ts';
import type { RedisNode } from './redisNode.ts';
import { createReplicaReaders } from './replicaReaders.ts';
import { replicaReadsOf } from './staleness.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';
import type { TestCluster } from './testing/testCluster.ts';
import { waitedWritesOf } from './waitedWrites.ts';

const deadlineMs = 20_000;
const prefix = 'triad-probe:test:';

interface Bench {
  readonly cluster: TestCluster;
  readonly nodes: Map<string, RedisNode>;
  readonly connect: ConnectNode;
  readonly writer: ProbeWriter;
}

async function prepare(test: TestContext, { writeTimeoutMs = 500, nodeTimeoutMs = 1000 } = {}): Promise<Bench> {
  const cluster = await startFor(test, { nodeTimeoutMs });
  const nodes = await cluster.connectAll();
  await formCluster(nodes, cluster.plan, { deadlineMs });
  const connect: ConnectNode = (spec, signal) => cluster.connect(spec.id, { signal, connectDeadlineMs: 1000 });
  const writer = createProbeWriter({ plan: cluster.plan, prefix, connect, writeTimeoutMs });
  test.onTestFinished(() => writer.close());
  return { cluster, nodes, connect, writer };
}

async function watchFor(test: TestContext, bench: Bench): Promise<FailoverWatch> {
  const { nodes, connect } = bench;
  const watch = await watchFailover({ plan: bench.cluster.plan, victims: ['server-1:7000', 'server-1:7001'], nodes, connect });
  watch.arm();
  test.onTestFinished(() => watch.stop());
  return watch;
}

const own = { expiryMs: 60_000, now: () => performance.now() };

/** An application that dials by itself, or that is handed its streams. */
function applicationFor(test: TestContext, { plan, password }: TestCluster, isHanded: boolean): ApplicationWriter {
  const open = isHanded
    ? async (host: string, port: number, signal: AbortSignal): ReturnType<ReturnType<typeof dialDirect>> =>
        dialDirect({ host, port })(signal)
    : null;
  const application = createApplicationWriter({ plan, access: { password, open }, prefix: `${prefix}application:`, ...own });
  test.onTestFinished(() => application.close());
  return application;
}

/** Waits until so many writes of a shard have been acknowledged since a moment. */
async function acknowledged(writer: Pick<ProbeWriter, 'journals'>, shard: number, count: number, sinceMs = 0): Promise<void> {
  const endsAt = performance.now() + deadlineMs;
  const seen = (): number =>
    writer
      .journals()
      .find((one) => one.shard === shard)
      ?.writes.filter((one) => one.outcome === 'acknowledged' && one.startedAtMs > sinceMs).length ?? 0;
  while (seen() < count) {
    if (performance.now() > endsAt) throw new Error(`only ${seen()} writes of shard ${shard} were acknowledged`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** One key that a node holds. */
async function anyKey(node: RedisNode | undefined): Promise<string> {
  const found: unknown = await node?.call(['SCAN', 0, 'COUNT', 1]);
  const keys: unknown = Array.isArray(found) ? found[1] : null;
  return Array.isArray(keys) ? String(keys[0]) : '';
}

/** Those connections that were not lost with server 1. */
function nodesLeft(nodes: ReadonlyMap<string, RedisNode>): readonly RedisNode[] {
  return [...nodes].flatMap(([id, node]) => (id.startsWith('server-1:') ? [] : [node]));
}

async function keysLeft(nodes: Iterable<RedisNode>): Promise<readonly number[]> {
  return Promise.all([...nodes].map(async (node) => (await node.read()).keys));
}

describe.concurrent('probe writer', () => {
  it('writes to every shard at its rate, reads all back, and leaves nothing behind', async (test) => {
    const { nodes, writer } = await prepare(test);
    await writer.start();
    await Promise.all([1, 2, 3].map((shard) => acknowledged(writer, shard, 100)));
    await writer.stop();
    const journals = writer.journals();
    expect(journals.map((one) => one.shard)).toEqual([1, 2, 3]);
    for (const { writes, startedAtMs, endedAtMs } of journals) {
      expect(writes.every((one) => one.outcome === 'acknowledged')).toBe(true);
      // An open loop begins what the clock calls for, neither more nor fewer.
      expect(writes.length).toBeLessThanOrEqual(((endedAtMs - startedAtMs) * 200) / 1000 + 1);
      expect(new Set(writes.map((one) => one.n)).size).toBe(writes.length);
    }
    expect(writer.counts()).toEqual(
      journals.map(({ shard, writes }) => ({
        shard,
        acknowledged: writes.length,
        failed: 0,
        lastAcknowledgedAtMs: Math.max(...writes.map((one) => one.endedAtMs)),
        lastSilence: null,
      })),
    );
    // Each shard's keys went to its own master, and carry an expiry.
    const owner = nodes.get('server-2:7000');
    const key = await anyKey(owner);
    expect(key.startsWith(prefix)).toBe(true);
    expect(Number(await owner?.call(['PTTL', key]))).toBeGreaterThan(60_000);
    expect([...(await writer.readBack()).values()]).toEqual([[], [], []]);
    expect(await writer.cleanUp()).toBe(journals.reduce((sum, one) => sum + one.writes.length, 0));
    await waitForView(
      nodes,
      (view) => view.views.filter((one) => one.keys > 0).map((one) => ({ code: 'cluster.lagging' as const, values: { node: one.node } })),
      () => new Error('keys are left'),
      { deadlineMs },
    );
    expect(await keysLeft(nodes.values())).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('measures the loss of a server, and the marks come in order', async (test) => {
    const bench = await prepare(test);
    const { cluster, nodes, writer } = bench;
    const application = applicationFor(test, cluster, false);
    await Promise.all([writer.start(), application.start()]);
    const watch = await watchFor(test, bench);
    await Promise.all([acknowledged(writer, 1, 50), acknowledged(application, 1, 20)]);
    const faultAtMs = performance.now();
    await cluster.killServer('server-1');
    expect(await watch.waitFor('slotsCovered', { deadlineMs })).not.toBeNull();
    expect(watch.nodes().map(({ id, role, state, tookOver }) => [id, role, state, tookOver])).toEqual([
      ['server-1:7000', 'master', 'lost', false],
      ['server-1:7001', 'replica', 'lost', false],
      ['server-2:7000', 'master', 'up', false],
      ['server-2:7001', 'master', 'up', true],
      ['server-3:7000', 'master', 'up', false],
      ['server-3:7001', 'replica', 'up', false],
    ]);
    await Promise.all([acknowledged(writer, 1, 50, performance.now()), acknowledged(application, 1, 20, performance.now())]);
    await Promise.all(['server-1:7000', 'server-1:7001'].map((id) => cluster.startNode(id)));
    expect(await watch.waitFor('inSync', { deadlineMs })).not.toBeNull();
    await Promise.all([writer.stop(), application.stop()]);

    const names = watch.marks().map((mark) => mark.name);
    expect(names).toEqual(['suspected', 'failAgreed', 'promoted', 'slotsCovered', 'serverStarted', 'replicaLinkUp', 'inSync']);
    const times = watch.marks().map((mark) => mark.atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const promoted = watch.marks().find((mark) => mark.name === 'promoted');

    const lost = await writer.readBack();
    const [victim, ...others] = writer.journals().map((journal) => {
      const ledger = ledgerOf(journal, { faultAtMs, isVictims: journal.shard === 1, lost: lost.get(journal.shard) ?? [] });
      expect(ledger.acknowledged + ledger.refused + ledger.timedOut).toBe(ledger.attempted);
      return ledger;
    });
    const firstFailed = firstFailure(writer.journals()[0] ?? { shard: 1, startedAtMs: 0, endedAtMs: 0, writes: [] }, faultAtMs);
    expect(firstFailed?.endedAtMs).toBeLessThan(promoted?.atMs ?? 0);
    // Nobody can write before the replica was promoted, and somebody could right after.
    const promotedMs = (promoted?.atMs ?? 0) - faultAtMs;
    expect(victim?.outageToMs).toBeGreaterThan(promotedMs - (promoted?.uncertaintyMs ?? 0));
    expect(victim?.outageFromMs).toBeLessThan((watch.marks()[0]?.atMs ?? 0) - faultAtMs);
    expect(victim?.refused).toBeGreaterThan(100);
    // The whole cluster stops while slots are uncovered, but only from FAIL to the promotion.
    for (const other of others) expect(other.outageMs).toBeLessThan(victim?.outageMs ?? 0);
    await writer.cleanUp();

    // A client that follows the cluster on its own cannot be served before anybody is, and is served in the end.
    const shards = [victim, ...others].flatMap((one) => one ?? []);
    const view = applicationViewOf(application.journals(), { faultAtMs, shards });
    const [lostShard] = view.shards;
    expect(lostShard?.gapMs).toBeGreaterThanOrEqual((victim?.outageMs ?? Infinity) - view.addedFromMs);
    expect(lostShard?.gapToMs).toBeLessThan(performance.now() - faultAtMs);
    expect((lostShard?.failed ?? 0) + (lostShard?.delayed ?? 0)).toBeGreaterThan(10);
    await application.cleanUp();
    await expect.poll(async () => keysLeft(nodesLeft(nodes)), { timeout: deadlineMs }).toEqual([0, 0, 0, 0]);
  });

  it('counts a frozen master as timed out, and finds its way to the heir', async (test) => {
    const bench = await prepare(test);
    const { cluster, writer } = bench;
    await writer.start();
    const watch = await watchFor(test, bench);
    await acknowledged(writer, 1, 20);
    for (const id of ['server-1:7000', 'server-1:7001']) cluster.signal(id, 'SIGSTOP');
    expect(await watch.waitFor('promoted', { deadlineMs })).not.toBeNull();
    await acknowledged(writer, 1, 20, performance.now());
    for (const id of ['server-1:7000', 'server-1:7001']) cluster.signal(id, 'SIGCONT');
    expect(await watch.waitFor('serverStarted', { deadlineMs })).not.toBeNull();
    expect(await watch.waitFor('inSync', { deadlineMs })).not.toBeNull();
    await writer.stop();
    const [victim] = writer.journals();
    expect(victim?.writes.filter((one) => one.outcome === 'timedOut').length).toBeGreaterThan(20);
  });

  it('follows a planned switchover without a failed write that was not redirected', async (test) => {
    // The master holds its clients while it hands over: on a busy machine for longer than the usual time-out. Nor is anybody suspected there.
    const { cluster, nodes, connect, writer } = await prepare(test, { writeTimeoutMs: 10_000, nodeTimeoutMs: 3000 });
    const readers = createReplicaReaders({ plan: cluster.plan, connect, prefix: `${prefix}readers:`, ...own });
    test.onTestFinished(() => readers.close());
    const application = applicationFor(test, cluster, true);
    await Promise.all([writer.start(), readers.start(), application.start()]);
    await acknowledged(writer, 1, 20);
    const sinceMs = performance.now();
    await nodes.get('server-2:7001')?.call(['CLUSTER', 'FAILOVER']);
    await waitForView(
      nodes,
      (view, earlier) => [
        ...readinessOf(view, cluster.plan, earlier).reasons,
        ...view.views
          .filter((one) => one.node === 'server-2:7001' && one.role === 'replica')
          .map(() => ({ code: 'cluster.noReplica' as const, values: {} })),
      ],
      (reasons) => new Error(JSON.stringify(reasons)),
      { deadlineMs },
    );
    await acknowledged(writer, 1, 20, performance.now());
    await writer.stop();
    expect([...(await writer.readBack()).values()]).toEqual([[], [], []]);
    const failed = writer
      .journals()
      .flatMap((one) => one.writes.filter((write) => write.outcome !== 'acknowledged' && write.startedAtMs > sinceMs));
    expect(failed).toEqual([]);

    // The replica that took over, and the master that became one, answer with what was just written.
    await Promise.all([readers.stop(), application.stop()]);
    const reads = replicaReadsOf(readers.journal(), {
      faultAtMs: sinceMs,
      outageEndsAtMs: performance.now(),
      ratePerSecond: 50,
      writesPerSecond: 100,
    });
    expect(reads.replicas.before.reads).toBeGreaterThan(0);
    expect(reads.replicas.during.reads - reads.replicas.during.failed).toBeGreaterThan(20);
    expect(reads.replicas.during.p95Ms).toBeLessThan(500);
    // Handed streams serve an application as its own do, and a master that hands over holds its writes back and fails none.
    const told = application.journals().flatMap(({ writes }) => writes);
    expect(told.filter(({ outcome }) => outcome !== 'acknowledged')).toEqual([]);
    expect(told.length).toBeGreaterThan(20);
    await Promise.all([writer.cleanUp(), readers.cleanUp(), application.cleanUp()]);
    await expect.poll(async () => keysLeft(nodes.values()), { timeout: deadlineMs }).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('finds acknowledged writes that are really lost', async (test) => {
    const bench = await prepare(test);
    const { cluster, nodes, connect, writer } = bench;
    const waiting = createProbeWriter({ plan: cluster.plan, prefix: `${prefix}wait:`, connect, ratePerSecond: 20, waitMs: 40 });
    const readers = createReplicaReaders({ plan: cluster.plan, connect, prefix: `${prefix}readers:`, ...own });
    test.onTestFinished(() => {
      waiting.close();
      readers.close();
    });
    await Promise.all([writer.start(), waiting.start(), readers.start()]);
    const watch = await watchFor(test, bench);
    await Promise.all([acknowledged(writer, 1, 50), acknowledged(waiting, 1, 5)]);
    // The replica is cut off from its master, which goes on acknowledging: exactly what asynchronous replication allows.
    await nodes.get('server-2:7001')?.call(['CONFIG', 'SET', 'masterauth', 'wrong']);
    const cutAtMs = performance.now();
    await nodes.get('server-1:7000')?.call(['CLIENT', 'KILL', 'TYPE', 'replica']);
    await Promise.all([acknowledged(writer, 1, 100, cutAtMs), acknowledged(waiting, 1, 5, cutAtMs)]);
    const killedAtMs = performance.now();
    await cluster.kill('server-1:7000');
    expect(await watch.waitFor('promoted', { deadlineMs })).not.toBeNull();
    await acknowledged(writer, 1, 20, performance.now());
    await Promise.all([writer.stop(), waiting.stop(), readers.stop()]);
    const lost = await writer.readBack();
    expect(lost.get(1)?.length).toBeGreaterThanOrEqual(100);

    // WAIT knows of every write that was lost: no replica had it.
    const waited = waitedWritesOf(waiting.journals(), { faultAtMs: cutAtMs, lost: await waiting.readBack(), without: writer.journals() });
    expect(waited.lost).toBeGreaterThanOrEqual(5);
    expect(waited.lostConfirmed).toBe(0);
    expect(waited.confirmed).toBeGreaterThanOrEqual(5);
    expect(waited.confirmed).toBeLessThan(waited.acknowledged);
    // Half a second of writes never came to the replica, and its readers saw how old it was.
    const facts = { faultAtMs: cutAtMs, outageEndsAtMs: killedAtMs, ratePerSecond: 50, writesPerSecond: 100 };
    const { replicas } = replicaReadsOf(readers.journal(), facts);
    expect(replicas.during.stale).toBeGreaterThan(0);
    expect(replicas.during.maxMs).toBeGreaterThan(200);
    await Promise.all([waiting.cleanUp(), readers.cleanUp()]);
    for (const { acknowledgedAtMs } of lost.get(1) ?? []) expect(acknowledgedAtMs).toBeGreaterThan(cutAtMs - 1000);
    expect([lost.get(2), lost.get(3)]).toEqual([[], []]);
    await writer.cleanUp();
    const left = new Map([...nodes].filter(([id]) => id !== 'server-1:7000'));
    expect((await readCluster(left)).views.filter((one) => one.role === 'master').map((one) => one.keys)).toEqual([0, 0, 0]);
  });

  it('finds a value that is not the one that was acknowledged', async (test) => {
    const { nodes, writer } = await prepare(test);
    await writer.start();
    await acknowledged(writer, 3, 5);
    await writer.stop();
    const owner = nodes.get('server-3:7000');
    const key = await anyKey(owner);
    await owner?.call(['SET', key, 'another']);
    expect((await writer.readBack()).get(3)).toMatchObject([{ key }]);
    await writer.cleanUp();
  });

  it('does not start on a cluster that takes no writes, and says why', async (test) => {
    const cluster = await startFor(test);
    const connect: ConnectNode = (spec, signal) => cluster.connect(spec.id, { signal });
    const writer = createProbeWriter({ plan: cluster.plan, prefix, connect });
    test.onTestFinished(() => writer.close());
    const failure = await failureIn(writer.start());
    expect(failure).toMatchObject({ code: 'cluster.notReady', values: { reason: expect.stringContaining('CLUSTERDOWN') as string } });
    await writer.stop();
  });

  it('refuses a prefix that would decide the slot', async (test) => {
    const cluster = await startFor(test, { nodes: [] });
    expect(() =>
      createProbeWriter({ plan: cluster.plan, prefix: '{a}', connect: () => Promise.reject(new Error('not to be called')) }),
    ).toThrow('braces');
  });
});

describe.concurrent('failover watch', () => {
  it('gives null at the deadline and ends when aborted', async (test) => {
    const bench = await prepare(test);
    const watch = await watchFor(test, bench);
    expect(await watch.waitFor('promoted', { deadlineMs: 100 })).toBeNull();
    const abort = new AbortController();
    const waiting = failureIn(watch.waitFor('promoted', { deadlineMs, signal: abort.signal }));
    abort.abort();
    expect((await waiting).code).toBe('run.aborted');
    expect(watch.marks()).toEqual([]);
  });

  it('refuses the fault when the master is suspected without one', async (test) => {
    const bench = await prepare(test);
    const watch = await watchFor(test, bench);
    bench.cluster.signal('server-1:7000', 'SIGSTOP');
    await vi.waitFor(() => expect(() => watch.arm()).toThrow(/^cluster\.notReady .*fail/u), { timeout: deadlineMs });
  });

  it('does not start when a node is silent', async (test) => {
    const bench = await prepare(test);
    await bench.cluster.kill('server-3:7001');
    expect(await failureIn(watchFor(test, bench))).toMatchObject({ code: 'redis.unreachable', values: { node: 'server-3:7001' } });
  });
});
