import { sampleFacts } from '../../../../electron/report/testing/sampleParts.ts';
import { sampleInstall, sampleMaintenanceEnd, sampleMinimal, samplePlan } from '../../../../electron/report/testing/sampleRecord.ts';
import { sampleView } from '../../../../electron/report/testing/sampleView.ts';
import type { ClientImpact } from '../../../../electron/shared/domain/clientImpact.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import { markPathOf, renderMark } from '../../../../electron/shared/domain/maintenanceMark.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import type { ServerFacts } from '../../../../electron/shared/domain/server.ts';
import { serverSubject } from '../../../../electron/shared/domain/subject.ts';
import type { ClusterView } from '../../../../electron/shared/domain/view.ts';
import { message } from '../../../../electron/shared/messages/message.ts';

const plan = samplePlan();
const MINUTE_MS = 60_000;

/** A moment of this night, so many minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * MINUTE_MS).toISOString();
}

/** What was found on the servers so many minutes ago, with the mark of a maintenance that began a while before. */
function facts(marked: string | null, minutes = 0): ServerFacts[] {
  const begun = minutesAgo(minutes + 11);
  return plan.servers.map(({ name }) => {
    const found = { ...sampleFacts(plan, name), at: minutesAgo(minutes) };
    if (marked === null) return found;
    const content = renderMark({ schemaVersion: 1, cluster: plan.cluster, server: marked, runId: 'run', by: 'ana@ops-laptop', at: begun });
    const file = { kind: 'file', mode: 0o644, owner: 'root', group: 'root', sizeBytes: content.length, sha256: null } as const;
    return { ...found, paths: [{ ...file, path: markPathOf(plan, name), content }] };
  });
}

/** The view after the masters of a server moved away by planned switchovers: all nodes run. */
export function movedView(server: string): ClusterView {
  const view = sampleView(plan);
  const own = plan.nodes.find((node) => node.server === server && node.role === 'master');
  const heir = plan.nodes.find((node) => node.replicaOf === own?.id);
  const idOf = (node: string | undefined): string => view.views.find((one) => one.node === node)?.redisId ?? '';
  const [from, to] = [idOf(own?.id), idOf(heir?.id)];
  return {
    ...view,
    views: view.views.map((one) => ({
      ...one,
      role: one.redisId === from ? ('replica' as const) : one.redisId === to ? ('master' as const) : one.role,
      peers: one.peers.map((peer) => {
        const slots = one.peers.find(({ redisId }) => redisId === from)?.slots ?? [];
        if (peer.redisId === from) return { ...peer, role: 'replica' as const, masterRedisId: to, slots: [] };
        return peer.redisId === to ? { ...peer, role: 'master' as const, masterRedisId: null, slots, configEpoch: 9 } : peer;
      }),
    })),
  };
}

function ended(workflow: RunRecord['workflow'], minutes: number, durationMs: number, change: Partial<RunRecord>): RunRecord {
  const startedAt = minutesAgo(minutes);
  const finishedAt = new Date(Date.parse(startedAt) + durationMs).toISOString();
  return { ...sampleMinimal(workflow, plan), startedAt, finishedAt, durationMs, verdict: 'pass', ...change };
}

/** What one look found: the marks, and how the cluster stands. */
export function statusRecord(change: { readonly marked?: string; readonly view?: ClusterView } = {}): RunRecord {
  const record = ended('maintenanceStatus', 0, 800, { facts: facts(change.marked ?? null) });
  return { ...record, views: { before: change.view ?? sampleView(plan), after: null } };
}

/** A look while a replica does not follow. */
export function laggingStatus(): RunRecord {
  const view = sampleView(plan);
  const replica = plan.nodes.find((node) => node.role === 'replica')?.id;
  const views = view.views.map((one) => (one.node === replica ? { ...one, replication: { ...one.replication, isLinkUp: false } } : one));
  return statusRecord({ view: { ...view, views } });
}

function phases(...given: readonly (readonly [string, RunRecord['phases'][number]['outcome'], number])[]): RunRecord['phases'] {
  let startedMs = 0;
  return given.flatMap(([phase, outcome, durationMs]) => {
    const isOnEach = phase === 'connect' || phase === 'gatherFacts' || phase === 'markServers' || phase === 'unmarkServers';
    const rows = (isOnEach ? plan.servers.map(({ name }) => name) : [null]).map((server) => ({
      phase,
      server,
      startedMs,
      durationMs: outcome === null ? null : durationMs,
      outcome,
      failure: null,
    }));
    startedMs += durationMs;
    return rows;
  });
}

function impactOf(record: RunRecord, moment: ClientImpact['moment'], server: string | null, lost = 0): ClientImpact {
  const [impact] = sampleMaintenanceEnd(record.plan, lost).clientImpacts;
  if (impact === undefined) throw new Error('the sample has an impact');
  return { ...impact, moment, server };
}

/** A begin that came to its end: the masters are away, the mark stands. */
export function beginRecord(server: string): RunRecord {
  const record = ended('maintenanceBegin', 12, 3_900, {
    facts: facts(null, 12),
    phases: phases(
      ['connect', 'observed', 260],
      ['gatherFacts', 'observed', 190],
      ['connectNodes', 'observed', 120],
      ['requireMaintainable', 'observed', 90],
      [`vacateServer:${server}`, 'changed', 2_600],
      ['proveAbsence', 'observed', 230],
      ['markServers', 'changed', 140],
    ),
    views: { before: sampleView(plan), after: movedView(server) },
  });
  return {
    ...record,
    clusterCommands: [{ node: 'server-2:7001', command: 'CLUSTER FAILOVER', atMs: 1_500 }],
    clientImpacts: [impactOf(record, 'maintenanceBegin', server)],
  };
}

/** The same, refused: a replica lags. */
export function refusedRecord(server: string): RunRecord {
  const { failure } = fail('maintenance.refused', serverSubject(server), {
    values: { server, reason: 'server-1:7001 has no link to its master' },
    evidence: 'server-1:7001 has no link to its master',
  });
  const begun = phases(['connect', 'observed', 260], ['gatherFacts', 'observed', 190], ['connectNodes', 'observed', 120]);
  const refused = { phase: 'requireMaintainable', server: null, startedMs: 570, durationMs: 5000, outcome: 'failed', failure } as const;
  return ended('maintenanceBegin', 1, 5_600, { facts: facts(null), phases: [...begun, refused], failure, verdict: 'fail' });
}

/** An end that waits for its server at first; `lost` acknowledged writes are missing. */
export function endRecord(server: string, minutes = 1, lost = 0): RunRecord {
  const record = ended('maintenanceEnd', minutes, 34_000, {
    facts: facts(server),
    checks: sampleInstall(plan).checks,
    phases: phases(
      ['connect', 'observed', 28_000],
      ['gatherFacts', 'observed', 200],
      [`awaitReturn:${server}`, 'observed', 2_100],
      ['restoreRoles', 'changed', 2_700],
      ['unmarkServers', 'changed', 130],
      ['verifyCluster', 'observed', 800],
    ),
    views: { before: movedView(server), after: sampleView(plan) },
  });
  return {
    ...record,
    verdict: lost > 0 ? 'fail' : 'pass',
    clusterCommands: [{ node: 'server-2:7000', command: 'CLUSTER FAILOVER', atMs: 30_000 }],
    clientImpacts: [impactOf(record, 'maintenanceEnd', server, lost)],
  };
}

/** The planned roles restored after a failover. */
export function restoreRecord(): RunRecord {
  const record = ended('restoreRoles', 1, 4_100, {
    facts: facts(null),
    checks: sampleInstall(plan).checks,
    phases: phases(
      ['connect', 'observed', 260],
      ['gatherFacts', 'observed', 190],
      ['connectNodes', 'observed', 90],
      ['observeCluster', 'observed', 80],
      ['restoreRoles', 'changed', 2_500],
      ['verifyCluster', 'observed', 900],
    ),
    views: { before: movedView('server-2'), after: sampleView(plan) },
  });
  return {
    ...record,
    clusterCommands: [{ node: 'server-2:7000', command: 'CLUSTER FAILOVER', atMs: 900 }],
    clientImpacts: [impactOf(record, 'restoreRoles', null)],
  };
}

/** What an end says of itself while its server is not back. */
export const waitingFor = (server: string): ReturnType<typeof message> => message('maintenance.waiting', { server, seconds: 872 });
