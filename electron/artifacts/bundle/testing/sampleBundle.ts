import { nodesOnServer, planCluster, type ClusterPlan } from '../../../shared/domain/plan.ts';
import { applyEvents } from '../../../shared/domain/applyEvents.ts';
import type { RunEvent, RunEventBody, WorkflowId } from '../../../shared/domain/events.ts';
import { ClusterSpec } from '../../../shared/domain/spec.ts';
import { viewOfLayout } from '../../../shared/domain/testing/clusterViews.ts';
import { foundFile, freshFacts } from '../../testing/fakeFacts.ts';
import { sampleBundle } from '../../testing/samplePlan.ts';
import type { BundledRun, ConfigBundleInput } from '../configBundleParts.ts';

/** A specification of three servers, as the admin on this machine wrote it. */
export function bundledSpec(name = 'sessions'): ClusterSpec {
  return ClusterSpec.parse({
    schemaVersion: 1,
    name,
    servers: [1, 2, 3].map((index) => ({
      name: `server-${index}`,
      address: `10.77.0.1${index}`,
      ssh: { user: 'admin', auth: { privateKeyFile: '/home/ana/.ssh/id' }, sudo: { passwordEnv: 'SUDO_PASSWORD' } },
    })),
    redis: { version: '7.0.15' },
    firewall: { manage: true, clients: ['10.77.9.0/24'] },
  });
}

/** What happened in a run that looked at everything and passed. */
export function eventsOfLook(plan: ClusterPlan): readonly RunEventBody[] {
  return [
    ...plan.servers.map(({ name, address }, index): RunEventBody => ({
      type: 'factsGathered',
      facts: freshFacts({
        server: name,
        machineId: `machine-${index + 1}`,
        addresses: [{ ip: address, device: 'eth0', isDynamic: false }],
        paths: nodesOnServer(plan, name).map((node) => foundFile(`${node.dataFolder}/nodes.conf`, `vars currentEpoch 6 of ${node.id}\n`)),
      }),
    })),
    { type: 'clusterObserved', moment: 'after', view: viewOfLayout(plan) },
  ];
}

/** A run as a journal has it. */
export function sampleRun(plan: ClusterPlan, workflow: WorkflowId, at = '20260314T220500000'): BundledRun {
  const runId = `${at}Z-${workflow}`;
  const about = { runId, workflow, cluster: plan.cluster, triadVersion: '0.1.0', operator: 'ana', adminMachine: 'desk', specSha256: null };
  const bodies: readonly RunEventBody[] = [
    { type: 'runStarted', ...about, plan },
    ...eventsOfLook(plan),
    { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false },
  ];
  const minute = `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}T${at.slice(9, 11)}:${at.slice(11, 13)}:00.000Z`;
  const events = bodies.map((body, index): RunEvent => ({ seq: index + 1, at: minute, sinceStartMs: index, ...body }));
  const record = applyEvents(null, events);
  if (record === null) throw new Error('no events');
  return { runId, record, journal: events.map((event) => `${JSON.stringify(event)}\n`).join('') };
}

/** Everything that a small, whole bundle is made from. */
export function sampleInput(changes: Partial<ConfigBundleInput> = {}): ConfigBundleInput {
  const spec = changes.spec ?? bundledSpec();
  const plan = changes.plan ?? planCluster(spec, sampleBundle);
  return {
    spec,
    plan,
    runs: [sampleRun(plan, 'install', '20260314T210000000'), sampleRun(plan, 'validate')],
    hostKeys: {},
    sealed: null,
    programs: [],
    triadVersion: '0.1.0',
    // Its own form is tested where it is made.
    accessListOf: ({ owner, group, mode }, kind) => `${owner}:${group} ${mode.toString(8)} ${kind}`,
    ...changes,
  };
}
