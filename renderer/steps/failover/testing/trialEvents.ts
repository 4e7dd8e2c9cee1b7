import { samplePlan } from '../../../../electron/report/testing/sampleRecord.ts';
import { sampleTrial } from '../../../../electron/report/testing/sampleTrial.ts';
import { sampleView } from '../../../../electron/report/testing/sampleView.ts';
import type { RunEventBody } from '../../../../electron/shared/domain/events.ts';
import type { MarkName } from '../../../../electron/shared/domain/failover.ts';
import { plannedLayout, type LayoutNode } from '../../../../electron/shared/domain/reportLayout.ts';
import { message } from '../../../../electron/shared/messages/message.ts';

/** The cluster that these events are of: servers 1 to 3 at 10.0.0.1 to 10.0.0.3, node timeout 5 s. */
export const plan = samplePlan();

/** The beginning of a failover test, until the cluster was found ready. */
export function begun(): readonly RunEventBody[] {
  return [
    {
      type: 'runStarted',
      runId: 'run-1',
      workflow: 'failoverTest',
      cluster: plan.cluster,
      triadVersion: '0.1.0',
      operator: 'ana@desk',
      adminMachine: 'desk',
      specSha256: null,
      plan,
    },
    { type: 'phaseStarted', phase: 'requireReady', server: null },
    { type: 'clusterObserved', moment: 'before', view: sampleView(plan) },
    { type: 'phaseFinished', phase: 'requireReady', server: null, outcome: 'observed', durationMs: 40, failure: null },
  ];
}

/** A trial begins. */
export function trialBegins(server: string): readonly RunEventBody[] {
  return [
    { type: 'phaseStarted', phase: `loseServer:${server}`, server: null },
    { type: 'trialStarted', server, scenario: 'serverLost', atMost: 90_000 },
    { type: 'phaseProgress', phase: `loseServer:${server}`, server: null, message: message('failover.progress.baseline') },
  ];
}

/** A quarter of a second of writing; the shard of the first node on the server is silent for `silentMs`. */
export function writing(server: string, sinceFaultMs: number | null, silentMs = 4): RunEventBody {
  const victim = plan.nodes.find((node) => node.server === server && node.role === 'master')?.shard;
  return {
    type: 'trialProgress',
    server,
    overMs: 250,
    sinceFaultMs,
    shards: [1, 2, 3].map((shard) =>
      shard === victim && silentMs > 250
        ? { shard, acknowledged: 0, failed: 50, silentMs }
        : { shard, acknowledged: 50, failed: 0, silentMs: 4 },
    ),
  };
}

/** A moment, milliseconds after the fault. */
export function moment(server: string, name: MarkName, atMs: number): RunEventBody {
  return { type: 'trialMark', server, mark: { name, atMs, uncertaintyMs: 10, evidence: '' } };
}

/** The roles with one server lost; `heir` has taken over from its master. */
export function roles(server: string, heir: string | null = null): RunEventBody {
  const planned = plannedLayout(plan).nodes.map((node): LayoutNode => ({ ...node, state: 'up' }));
  const master = planned.find((node) => node.server === server && node.role === 'master');
  return {
    type: 'trialRoles',
    server,
    nodes: planned.map((node): LayoutNode => {
      if (node.id === heir) return { ...node, role: 'master', replicaOf: null, isLinkUp: null, tookOver: true };
      if (node.server === server) return { ...node, state: 'lost', slots: heir !== null && node.id === master?.id ? [] : node.slots };
      return node;
    }),
  };
}

/** A trial ends as planned. */
export function trialEnds(server: string): readonly RunEventBody[] {
  const trial = sampleTrial(plan, server);
  return [
    {
      type: 'trialFinished',
      trial: {
        ...trial,
        verdict: 'pass',
        reasons: [
          message('failover.reason.promoted', { promoted: 7.7, outage: 8.1, from: 5.5, to: 10.5 }),
          message('failover.reason.noWritesLost', { count: trial.acknowledgedWrites }),
        ],
      },
    },
    { type: 'phaseFinished', phase: `loseServer:${server}`, server: null, outcome: 'changed', durationMs: 20_000, failure: null },
  ];
}

/** The run ends well. */
export const passed: RunEventBody = { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false };
