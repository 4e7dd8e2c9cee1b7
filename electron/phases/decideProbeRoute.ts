import type { Phase } from '../engine/phase.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

const PROBE_TIMEOUT_MS = 2000;

/**
 * Decides how the probe writers reach the nodes: straight, as clients do, where this machine reaches all six data ports; otherwise through SSH.
 * All or none: a mixture would compare shards that were measured differently.
 */
export const decideProbeRoute: Phase<RunContext> = {
  id: 'decideProbeRoute',
  title: message('phase.decideProbeRoute'),
  scope: 'cluster',
  run: async (context) => {
    const targets = context.plan.nodes.map((node) => ({ to: node.server, address: node.address, port: node.dataPort, nonce: null }));
    const cells = await context.ways.probeFromAdmin(targets, PROBE_TIMEOUT_MS, context.signal);
    context.probeRoute = cells.every((cell) => cell.reach === 'open') ? 'direct' : 'ssh';
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
