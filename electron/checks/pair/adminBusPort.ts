import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachWay } from '../eachWay.ts';

/**
 * The admin's machine does not reach the bus ports. It stands for every machine that is not of the cluster: the bus asks for no password, so whoever
 * reaches it can speak as a node.
 */
export const adminBusPort = eachWay(
  'pair.adminBusPort',
  { from: 'admin', port: 'bus' },
  ['pass', 'warn', 'unknown'],
  ({ endpoint, node, cell, evidence }, context): Judgement => {
    const expected = message('check.pair.adminBusPort.expected', { endpoint });
    const peers = context.plan.servers.filter((server) => server.name !== node.server).map((server) => server.address);
    const remedy = message('check.pair.adminBusPort.remedy', { endpoint, peers: peers.join(', ') });
    switch (cell?.reach ?? 'unknown') {
      case 'refused':
      case 'filtered':
      case 'unreachable':
        return { verdict: 'pass', expected, observed: message('check.pair.adminBusPort.closed'), evidence };
      case 'open':
        return {
          verdict: 'warn',
          expected,
          observed: message('check.pair.adminBusPort.open', { to: node.server, role: node.role }),
          evidence,
          remedy,
        };
      case 'intercepted':
        return { verdict: 'warn', expected, observed: message('check.pair.adminBusPort.intercepted', { endpoint }), evidence, remedy };
      case 'unknown':
        return {
          verdict: 'unknown',
          expected,
          observed: message('check.pair.untried', { endpoint }),
          evidence,
          remedy: message('check.pair.adminUntried.remedy', { to: node.server }),
        };
    }
  },
);
