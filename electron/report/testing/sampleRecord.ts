import type { Change } from '../../shared/domain/change.ts';
import type { CheckResult } from '../../shared/domain/check.ts';
import type { WorkflowId } from '../../shared/domain/events.ts';
import { planCluster, SERVICE_USER, type ClusterPlan, type NodeSpec } from '../../shared/domain/plan.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { sampleImpact } from './sampleImpact.ts';
import { said, sampleChanges, sampleChecks, sampleFacts, sampleMatrix, samplePhases } from './sampleParts.ts';
import { sampleTrial } from './sampleTrial.ts';
import { sampleView } from './sampleView.ts';

/** Names and addresses of ordinary servers, and of servers that strain every figure. */
export const ORDINARY = [
  { name: 'server-1', address: '10.77.0.11' },
  { name: 'server-2', address: '10.77.0.12' },
  { name: 'server-3', address: '10.77.0.13' },
] as const;
export const LONG = [
  { name: 'lisbon-datacentre-a.rack-17.sessions-redis-production-node-01', address: '2001:db8:85a3:8d3:1319:8a2e:370:7348' },
  { name: 'lisbon-datacentre-b.rack-04.sessions-redis-production-node-02', address: '2001:db8:85a3:8d3:1319:8a2e:370:7349' },
  { name: 'porto-datacentre-c.rack-112.sessions-redis-production-node-03', address: '2001:db8:85a3:8d3:1319:8a2e:370:734a' },
] as const;

/** A plan of three servers. */
export function samplePlan(servers: readonly { readonly name: string; readonly address: string }[] = ORDINARY): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: servers.map(({ name, address }) => ({ name, address, ssh: { user: 'admin', auth: { agent: true } } })),
    firewall: { manage: true, clients: ['10.77.0.0/24'] },
  });
  return planCluster(spec, {
    version: '7.0.15',
    origin: 'built',
    folderName: 'redis-7.0.15',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis-7.0.15.tar.gz',
    sourceSha256: '98066f5363504b26c34dd20fbcc3c957990d764cdf42576c836fc021073f4341',
    files: [
      { name: 'redis-server', sha256: '3f'.repeat(32), sizeBytes: 9_437_184, mode: 0o755 },
      { name: 'redis-cli', sha256: 'a1'.repeat(32), sizeBytes: 5_242_880, mode: 0o755 },
    ],
  });
}

/** A run that has only begun: nothing is known but its plan. */
export function sampleMinimal(workflow: WorkflowId = 'install', plan: ClusterPlan = samplePlan()): RunRecord {
  return {
    runId: '20260314-220500-7f3a',
    workflow,
    cluster: plan.cluster,
    triadVersion: '0.1.0',
    operator: 'ana',
    adminMachine: 'ops-laptop',
    specSha256: 'b2'.repeat(32),
    startedAt: '2026-03-14T22:05:00.000Z',
    finishedAt: null,
    durationMs: 12,
    plan,
    phases: [],
    facts: [],
    plannedChanges: [],
    appliedChanges: [],
    clusterCommands: [],
    checks: [],
    matrices: [],
    views: { before: null, after: null },
    measurements: [],
    trials: [],
    clientImpacts: [],
    notes: [],
    verdict: null,
    failure: null,
    wasAborted: false,
  };
}

/** An installation from nothing that passed, with one warning. */
export function sampleInstall(plan: ClusterPlan = samplePlan()): RunRecord {
  const changes = plan.servers.map(({ name }) => ({ server: name, changes: sampleChanges(plan, name) }));
  return {
    ...finished(sampleMinimal('install', plan), 3180),
    facts: plan.servers.map(({ name }) => sampleFacts(plan, name)),
    phases: samplePhases(plan),
    plannedChanges: changes,
    appliedChanges: changes.flatMap(({ server, changes: all }) =>
      all.map((change) => ({
        server,
        phase: 'layOutServer',
        change,
        outcome: {
          id: change.id,
          outcome: change.id === 'kernel:transparent_hugepage' ? 'refused' : 'done',
          evidence: change.id === 'kernel:transparent_hugepage' ? 'sh: cannot create: Read-only file system' : '',
        } as const,
      })),
    ),
    clusterCommands: plan.nodes.flatMap((node) => [
      { node: node.id, command: `CLUSTER SET-CONFIG-EPOCH ${node.configEpoch}`, atMs: 1410 },
      ...(node.slots === null
        ? []
        : [{ node: node.id, command: `CLUSTER ADDSLOTSRANGE ${node.slots.first} ${node.slots.last}`, atMs: 1432 }]),
    ]),
    checks: sampleChecks(plan),
    matrices: [sampleMatrix(plan)],
    views: {
      before: { at: '2026-03-14T22:05:01.000Z', views: [], silent: plan.nodes.map(({ id }) => ({ node: id, reason: 'not installed' })) },
      after: sampleView(plan),
    },
    measurements: [
      ...plan.servers.map(({ name }) => ({ name: 'roundTrips', server: name, value: 11, unit: 'count' as const })),
      { name: 'formation.agreedMs', server: null, value: 391, unit: 'ms' },
      { name: 'formation.readyMs', server: null, value: 1714, unit: 'ms' },
    ],
    notes: [
      {
        level: 'warn',
        server: plan.servers[1]?.name ?? null,
        message: said('x86_64'),
        atMs: 600,
      },
    ],
  };
}

/** A failover test of all three servers in turn; `lost` acknowledged writes are missing in the last one. */
export function sampleFailoverTest(plan: ClusterPlan = samplePlan(), lost = 0): RunRecord {
  const names = plan.servers.map(({ name }) => name);
  return {
    ...finished(sampleMinimal('failoverTest', plan), 86_400),
    facts: plan.servers.map(({ name }) => sampleFacts(plan, name)),
    checks: sampleChecks(plan),
    matrices: [{ ...sampleMatrix(plan), measuredOn: 'cluster' }],
    phases: names.map((name, index) => ({
      phase: 'loseServer',
      server: name,
      startedMs: 900 + index * 28_000,
      durationMs: 27_400,
      outcome: 'changed',
      failure: null,
    })),
    views: { before: sampleView(plan, { at: '2026-03-14T22:05:01.000Z' }), after: sampleView(plan, { at: '2026-03-14T22:13:40.000Z' }) },
    trials: names.map((name, index) => sampleTrial(plan, name, index === 2 ? lost : 0)),
  };
}

/** A check that failed: a bus port is closed in one direction and one server has too little memory. */
export function sampleFailedCheck(plan: ClusterPlan = samplePlan()): RunRecord {
  const [, second, third] = plan.servers.map(({ name }) => name);
  const closed = plan.nodes.find((node) => node.server === third && node.role === 'master');
  const matrix = sampleMatrix(plan, (from, to, port) =>
    from === second && to === third && port === closed?.busPort ? 'filtered' : 'open',
  );
  const failed: CheckResult = {
    id: 'pair.busPort',
    subject: { kind: 'pair', from: second ?? '', to: third ?? '', port: closed?.busPort ?? 0 },
    verdict: 'fail',
    expected: said(`${second ?? ''} reaches the cluster bus of ${third ?? ''}'s master at ${closed?.address}:${closed?.busPort}`),
    observed: said(
      `No answer from ${closed?.address}:${closed?.busPort}: the cluster bus of ${third ?? ''}'s master is cut off from ${second ?? ''}`,
    ),
    evidence: 'connect: no answer within 2000 ms (3 attempts)',
    remedy: said(
      `A firewall drops the packets: on ${third ?? ''}, on ${second ?? ''}, or between them. Ask for: allow TCP from 10.77.0.12 to ${closed?.address} port ${closed?.busPort}`,
    ),
  };
  return {
    ...finished(sampleMinimal('check', plan), 2410, 'fail'),
    facts: plan.servers.map(({ name }) => sampleFacts(plan, name)),
    matrices: [matrix],
    checks: [...sampleChecks(plan), failed],
    failure: { code: 'check.failed', subject: { kind: 'cluster' }, values: { count: 1 }, evidence: '', retryable: true },
  };
}

/** An installation that was interrupted after two servers had their files. */
export function sampleAborted(plan: ClusterPlan = samplePlan()): RunRecord {
  const whole = sampleInstall(plan);
  const third = plan.servers[2]?.name;
  return {
    ...whole,
    durationMs: 1250,
    appliedChanges: whole.appliedChanges.filter((one) => one.server !== third),
    clusterCommands: [],
    views: { before: null, after: null },
    phases: whole.phases.slice(0, 9).map((phase, index) => (index === 8 ? { ...phase, outcome: 'aborted', failure: null } : phase)),
    verdict: 'fail',
    failure: { code: 'run.aborted', subject: { kind: 'cluster' }, values: {}, evidence: '', retryable: true },
    wasAborted: true,
  };
}

/** A removal; the data goes with it. */
export function sampleRemoval(plan: ClusterPlan = samplePlan()): RunRecord {
  const nodes = (server: string): readonly NodeSpec[] => plan.nodes.filter((node) => node.server === server);
  const changes = (server: string): Change[] => [
    ...nodes(server).map(({ unit }): Change => ({ kind: 'disableService', id: `disableService:${unit}`, unit })),
    ...nodes(server).map(({ configFile }): Change => ({ kind: 'removeFile', id: `removeFile:${configFile}`, path: configFile })),
    { kind: 'removeFolder', id: 'removeFolder:data', path: plan.folders.data, withContents: true },
    { kind: 'removeFolder', id: 'removeFolder:install', path: plan.folders.install, withContents: false },
    { kind: 'removeUser', id: 'removeUser', user: SERVICE_USER },
  ];
  return {
    ...finished(sampleMinimal('remove', plan), 910),
    appliedChanges: plan.servers.flatMap(({ name }) =>
      changes(name).map((change) => ({
        server: name,
        phase: 'removeInstallation',
        change,
        outcome: { id: change.id, outcome: 'done', evidence: '' },
      })),
    ),
  };
}

/** An installation that broke on one server because its disk is full. */
export function sampleBroken(plan: ClusterPlan = samplePlan()): RunRecord {
  const aborted = sampleAborted(plan);
  const server = plan.servers[2]?.name ?? '';
  const failure = {
    code: 'host.diskFull',
    subject: serverSubject(server),
    values: { server, path: plan.folders.bin },
    evidence: `gzip: stdout: No space left on device\ndf: /dev/sda1 100% ${plan.folders.bin}`,
    retryable: true,
  } as const;
  return {
    ...aborted,
    wasAborted: false,
    failure,
    phases: aborted.phases.map((phase, index) => (index === 8 ? { ...phase, outcome: 'failed', failure } : phase)),
  };
}

/** The end of the maintenance of the first server. */
export function sampleMaintenanceEnd(plan: ClusterPlan = samplePlan(), lost = 0): RunRecord {
  const minimal = sampleMinimal('maintenanceEnd', plan);
  return {
    ...minimal,
    durationMs: 33_000,
    finishedAt: new Date(Date.parse(minimal.startedAt) + 33_000).toISOString(),
    verdict: lost > 0 ? 'fail' : 'pass',
    phases: [
      {
        phase: `awaitReturn:${plan.servers[0]?.name ?? ''}`,
        server: null,
        startedMs: 29_000,
        durationMs: 900,
        outcome: 'observed',
        failure: null,
      },
      { phase: 'restoreRoles', server: null, startedMs: 30_000, durationMs: 1_700, outcome: 'changed', failure: null },
    ],
    checks: sampleChecks(plan),
    views: { before: sampleView(plan), after: sampleView(plan) },
    clientImpacts: [sampleImpact(plan, lost)],
  };
}

function finished(record: RunRecord, durationMs: number, verdict: Verdict = 'pass'): RunRecord {
  const end = new Date(Date.parse(record.startedAt) + durationMs).toISOString();
  return { ...record, durationMs, finishedAt: end, verdict };
}

/** Every kind of run that the samples know, for tests that must hold for all of them. */
export function everySample(): readonly { readonly name: string; readonly record: RunRecord }[] {
  return [
    { name: 'an installation', record: sampleInstall() },
    { name: 'a failover test', record: sampleFailoverTest() },
    { name: 'a failover test with lost writes', record: sampleFailoverTest(samplePlan(), 3) },
    { name: 'long names and IPv6', record: sampleFailoverTest(samplePlan(LONG)) },
    { name: 'the end of a maintenance', record: sampleMaintenanceEnd() },
    { name: 'a maintenance that lost writes', record: sampleMaintenanceEnd(samplePlan(LONG), 3) },
    { name: 'a failed check', record: sampleFailedCheck() },
    { name: 'an interrupted installation', record: sampleAborted() },
    { name: 'a broken installation', record: sampleBroken() },
    { name: 'a run that has only begun', record: sampleMinimal() },
    { name: 'a removal', record: sampleRemoval() },
  ];
}
