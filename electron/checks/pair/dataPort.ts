import { message } from '../../shared/messages/message.ts';
import { eachWay } from '../eachWay.ts';
import { judgeNeededWay } from '../judgeClosedWay.ts';

/** Each server reaches the data ports of the others: replication runs there, and clients that run on the servers. */
export const dataPort = eachWay('pair.dataPort', { from: 'servers', port: 'data' }, ['pass', 'warn', 'fail', 'unknown'], (way, context) => {
  const { endpoint, from, node } = way;
  const values = { endpoint, from, to: node.server, role: node.role };
  return judgeNeededWay(way, context, {
    expected: message('check.pair.dataPort.expected', values),
    refused: message('check.pair.dataPort.refused', values),
    filtered: message('check.pair.dataPort.filtered', values),
    unreachable: message('check.pair.dataPort.unreachable', values),
    intercepted: message('check.pair.dataPort.intercepted', values),
  });
});
