import type { RunEventBody } from '../events.ts';
import type { ClusterPlan } from '../plan.ts';
import { message } from '../../messages/message.ts';

/** Events of an installation without an end: `count` lines of every kind that grows with a run, for measuring how fast they fold and scroll. */
export function manyEvents(plan: ClusterPlan, runId: string, count: number): readonly RunEventBody[] {
  const begin: RunEventBody = {
    type: 'runStarted',
    runId,
    workflow: 'install',
    cluster: plan.cluster,
    triadVersion: '0.1.0',
    operator: 'ana',
    adminMachine: 'ops-laptop',
    specSha256: null,
    plan,
  };
  const rest = Array.from({ length: count - 1 }, (_, index): RunEventBody => {
    const server = plan.servers[index % 3]?.name ?? '';
    const node = plan.nodes[index % 6]?.id ?? '';
    switch (index % 6) {
      case 0:
        return { type: 'clusterCommand', node, command: `CLUSTER MEET 10.77.0.${(index % 250) + 1} 7000` };
      case 1:
        return { type: 'phaseStarted', phase: 'layOutServer', server };
      case 2:
        return { type: 'phaseFinished', phase: 'layOutServer', server, outcome: 'changed', durationMs: 12, failure: null };
      case 3:
        return { type: 'note', level: index % 60 === 3 ? 'warn' : 'info', server, message: message('phase.rolesDiffer') };
      case 4:
        return { type: 'measured', name: 'roundTrips', server, value: index, unit: 'count' };
      default:
        return {
          type: 'checkFinished',
          phase: 'checkServers',
          result: {
            id: `server.probe${index % 900}`,
            subject: { kind: 'server', server },
            verdict: 'pass',
            expected: message('phase.startNodes'),
            observed: message('phase.connectNodes'),
            evidence: '',
            remedy: null,
          },
        };
    }
  });
  return [begin, ...rest];
}
