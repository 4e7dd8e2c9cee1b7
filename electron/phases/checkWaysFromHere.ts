import { judgeMatrix } from '../checks/pairChecks.ts';
import { withoutSsh } from '../checks/withoutSsh.ts';
import type { Phase } from '../engine/phase.ts';
import { clusterPorts } from '../shared/domain/plan.ts';
import { message } from '../shared/messages/message.ts';
import { report } from './checkServers.ts';
import type { RunContext } from './runContext.ts';
import { ADMIN_PROBE_TIMEOUT_MS, nodeTargets } from './waysFromHere.ts';

/**
 * Tries the ways from the admin's machine to all ports, which needs no SSH; those between the servers are named as not tried. That the nodes do reach each
 * other is told by themselves, for each link of the bus (`cluster.members`).
 */
export const checkWaysFromHere: Phase<RunContext> = {
  id: 'checkReachability',
  title: message('phase.checkReachability'),
  scope: 'cluster',
  run: async (context) => {
    const { plan, ways, signal } = context;
    const ports = [...clusterPorts(plan)];
    const cells = [...(await ways.probeFromAdmin(nodeTargets(plan), ADMIN_PROBE_TIMEOUT_MS, signal))];
    const matrix = { measuredOn: 'cluster' as const, ports, servers: plan.servers.map(({ name }) => name), cells };
    const results = judgeMatrix(matrix, { plan, facts: [], willOpenFirewall: false });
    report(context, 'checkReachability', withoutSsh(results));
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
