import { describe, expect, it, type TestContext } from 'vitest';
import { runWorkflow, type WorkflowEnd } from '../engine/runWorkflow.ts';
import type { Host, HostFaults } from '../hosts/host.ts';
import { formCluster } from '../redis/formCluster.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import { startFor } from '../redis/testing/startFor.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import type { FailoverTrial } from '../shared/domain/failover.ts';
import { fail } from '../shared/domain/failure.ts';
import { nodesOnServer, type NodeSpec } from '../shared/domain/plan.ts';
import { say } from '../shared/messages/message.ts';
import { loseServer } from './loseServer.ts';
import type { RunContext } from './runContext.ts';
import { probeExpiryMs } from './trialDeadlines.ts';

const VICTIM = 'server-1';

interface Ending {
  readonly end: WorkflowEnd;
  readonly trial: FailoverTrial | undefined;
  readonly notes: readonly string[];
  readonly events: readonly RunEventBody[];
}

/** Loses server 1 of a real cluster. `forbidden` is a command that the probe writers are refused; `isLockedOut`: nobody reaches the victim afterwards; `isHealedLate`: the first attempt to heal fails. */
async function lose(
  test: TestContext,
  faults: { readonly forbidden?: string; readonly isLockedOut?: boolean; readonly isHealedLate?: boolean },
): Promise<Ending> {
  const cluster = await startFor(test, { nodeTimeoutMs: 1000 });
  const { plan } = cluster;
  const nodes = await cluster.connectAll();
  await formCluster(nodes, plan, { deadlineMs: 20_000 });
  let skewMs = 0;
  let wasLost = false;
  let heals = 0;
  const hostFaults: HostFaults = {
    prepare: () => Promise.resolve(),
    inject: async () => {
      wasLost = true;
      await cluster.killServer(VICTIM);
    },
    heal: async () => {
      heals += 1;
      if (faults.isHealedLate === true && heals === 1) throw fail('redis.authRejected', { kind: 'cluster' });
      await Promise.all(nodesOnServer(plan, VICTIM).map(({ id }) => cluster.startNode(id).catch(() => undefined)));
    },
  };
  const host = { faults: hostFaults, lastElectionAgoMs: () => Promise.resolve(null) } as unknown as Host;
  const events: RunEventBody[] = [];
  const connect = (node: NodeSpec, signal: AbortSignal): Promise<RedisNode> =>
    cluster.connect(node.id, { signal, connectDeadlineMs: 1000 });
  const context = {
    plan,
    signal: new AbortController().signal,
    emit: (event: RunEventBody) => events.push(event),
    now: () => performance.now() + skewMs,
    hosts: new Map(plan.servers.map((server) => [server.name, host])),
    nodes,
    lost: new Map(),
    silence: new Map(),
    lastView: null,
    password: { value: null },
    probeRoute: 'ssh',
    ways: {
      connectNode: async (node: NodeSpec, _host: Host, signal: AbortSignal) => {
        if (faults.isLockedOut === true && wasLost && node.server === VICTIM) throw fail('redis.authRejected', { kind: 'cluster' });
        return connect(node, signal);
      },
      connectProbe: async (node: NodeSpec, _host: Host, signal: AbortSignal): Promise<RedisNode> => {
        const real = await connect(node, signal);
        return {
          ...real,
          pipeline: (commands, bounds) => {
            if (commands[0]?.[0] !== faults.forbidden) return real.pipeline(commands, bounds);
            // Nobody wants to wait for the deadline: the clock goes on by it.
            skewMs += 60_000;
            return Promise.resolve([{ ok: false, error: 'NOPERM not allowed' }]);
          },
        };
      },
    },
  } as unknown as RunContext;
  const { signal, emit, now } = context;
  const end = await runWorkflow(
    { phases: [loseServer({ server: VICTIM, scenario: 'serverLost', round: 1 })] },
    { context, servers: [VICTIM], emit, signal, now },
  );
  return {
    end,
    trial: events.flatMap((event) => (event.type === 'trialFinished' ? [event.trial] : []))[0],
    notes: events.flatMap((event) => (event.type === 'note' ? [say(event.message)] : [])),
    events,
  };
}

type EventOf<Type extends RunEventBody['type']> = Extract<RunEventBody, { readonly type: Type }>;

/** What was told while it went on is what the figures say at its end. */
function showsTheTrial(events: readonly RunEventBody[], trial: FailoverTrial | undefined): void {
  const progress = events.filter((event): event is EventOf<'trialProgress'> => event.type === 'trialProgress');
  const told = progress.flatMap(({ shards }) => shards).reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  // The last quarter of a second is not told any more.
  expect(told).toBeGreaterThan((trial?.acknowledgedWrites ?? 0) - 3 * 200);
  expect(told).toBeLessThanOrEqual(trial?.acknowledgedWrites ?? 0);
  // It is a few events a second.
  expect(progress.length).toBeLessThanOrEqual(progress.reduce((sum, { overMs }) => sum + overMs, 0) / 240 + 1);
  // Its end is told as the ledger has it: what was read while it went on is what the report says.
  const ended = progress.flatMap(({ shards }) => shards.flatMap((one) => (one.shard === 1 && one.ended !== undefined ? [one.ended] : [])));
  expect(Math.max(...ended.map(({ silentMs }) => silentMs))).toBeCloseTo(trial?.outageMs ?? 0, 3);
  const longest = Math.max(...progress.flatMap(({ shards }) => shards.filter(({ shard }) => shard === 1).map(({ silentMs }) => silentMs)));
  // How much of the outage the last event before its end tells depends on how busy the machine is.
  expect(longest).toBeGreaterThan((trial?.outageMs ?? 0) / 4);
  expect(longest).toBeLessThanOrEqual(trial?.outageMs ?? 0);

  const roles = events.filter((event): event is EventOf<'trialRoles'> => event.type === 'trialRoles').map(({ nodes }) => nodes);
  const stateOf = (nodes: EventOf<'trialRoles'>['nodes'] | undefined, id: string): string => {
    const node = nodes?.find((one) => one.id === id);
    return `${node?.role ?? '-'} ${node?.state ?? '-'}`;
  };
  expect(stateOf(roles.at(0), 'server-1:7000')).toBe('master up');
  // That it was a replica for a moment on its way back can fall between two looks.
  expect(roles.map((nodes) => stateOf(nodes, 'server-1:7000'))).toContain('master lost');
  expect(roles.map((nodes) => stateOf(nodes, 'server-2:7001'))).toContain('master up');
  expect(stateOf(roles.at(-1), 'server-1:7000')).toBe('master up');
  expect(stateOf(roles.at(-1), 'server-2:7001')).toBe('replica up');
  expect(roles.length).toBeLessThan(60);
}

describe.concurrent('a trial', () => {
  it('that is not restored is reported with its figures, and fails', async (test) => {
    const { end, trial } = await lose(test, { isLockedOut: true });
    expect(end.failure?.code).toBe('redis.authRejected');
    expect(trial).toMatchObject({ verdict: 'fail', restoredMs: null, lostWrites: 0, layouts: { after: null } });
    expect(trial?.outageMs).toBeGreaterThan(500);
    expect(trial?.promotedMs).toBeGreaterThan(500);
    expect(trial?.reasons.map((reason) => say(reason)).join('\n')).toMatch(/planned layout was not restored: .*password/u);
  });

  it('whose writes cannot be read back does not say that none was lost, and fails', async (test) => {
    const { end, trial } = await lose(test, { forbidden: 'MGET' });
    expect(end.failure?.code).toBe('cluster.notReady');
    expect(trial).toMatchObject({ verdict: 'unknown', lostWrites: null });
    expect(trial?.restoredMs).toBeGreaterThan(500);
    expect(trial?.shards.map((shard) => shard.lost)).toEqual([null, null, null]);
    expect(trial?.reasons.map((reason) => say(reason)).join('\n')).toMatch(/could not be read back.*NOPERM/u);
  });

  it('whose keys cannot be deleted is as good as before, with a warning when they go', async (test) => {
    const { end, trial, notes, events } = await lose(test, { forbidden: 'UNLINK' });
    expect(end.failure).toBeNull();
    expect(trial?.restoredMs).toBeGreaterThan(500);
    expect(trial?.marks.filter((mark) => mark.name === 'suspected').every((mark) => mark.atMs > 0)).toBe(true);
    const minutes = Math.ceil(probeExpiryMs('serverLost', { nodeTimeoutMs: 1000, persistence: 'aof' }) / 60_000);
    expect(notes).toEqual([expect.stringMatching(new RegExp(`NOPERM.*within ${minutes} minutes`, 'u'))]);
    showsTheTrial(events, trial);
  });
});

// By itself: the trials above take what the machine has, and one of them looks at every change of a role.
it('a trial whose fault is taken back only after it says so: by an event of its own, since what was told stays told', async (test) => {
  const { end, trial, events } = await lose(test, { isHealedLate: true });
  expect(end.failure?.code).toBe('failover.notHealed');
  expect(trial?.actions.map(({ undoneAtMs }) => undoneAtMs)).toEqual(trial?.actions.map(() => null));
  const later = events
    .slice(events.findIndex(({ type }) => type === 'trialFinished'))
    .filter((event): event is EventOf<'trialUndone'> => event.type === 'trialUndone');
  expect(later.map(({ server, scenario, by }) => [server, scenario, by])).toEqual([[VICTIM, 'serverLost', 'undo']]);
  expect(later[0]?.undoneAtMs).toBeGreaterThan(trial?.outageMs ?? Infinity);
});
