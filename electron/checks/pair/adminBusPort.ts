import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachWay } from '../eachWay.ts';
import { judgeAdminWay } from '../judgeAdminWay.ts';

/**
 * The admin's machine does not reach the bus ports. It stands for every machine that is not of the cluster: the bus asks for no password, so whoever
 * reaches it can speak as a node.
 */
export const adminBusPort = eachWay(
  'pair.adminBusPort',
  { from: 'admin', port: 'bus' },
  ['pass', 'warn', 'unknown'],
  (way, context): Judgement => {
    const { endpoint, node, evidence } = way;
    const expected = message('check.pair.adminBusPort.expected', { endpoint });
    const peers = context.plan.servers.filter((server) => server.name !== node.server).map((server) => server.address);
    const remedy = message('check.pair.adminBusPort.remedy', { endpoint, peers: peers.join(', ') });
    const open = message('check.pair.adminBusPort.open', { to: node.server, role: node.role });
    return judgeAdminWay(way, {
      expected,
      open: () => ({ verdict: 'warn', expected, observed: open, evidence, remedy }),
      closed: () => ({ verdict: 'pass', expected, observed: message('check.pair.adminBusPort.closed'), evidence }),
      intercepted: { observed: message('check.pair.adminBusPort.intercepted', { endpoint }), remedy },
    });
  },
);
