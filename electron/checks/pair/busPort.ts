import { message } from '../../shared/messages/message.ts';
import { eachWay } from '../eachWay.ts';
import { judgeNeededWay } from '../judgeClosedWay.ts';

/** Each server reaches the bus ports of the others, in both directions: one closed way makes joining hang, or the two suspect each other for ever. */
export const busPort = eachWay('pair.busPort', { from: 'servers', port: 'bus' }, ['pass', 'warn', 'fail', 'unknown'], (way, context) => {
  const { endpoint, from, node } = way;
  const values = { endpoint, from, to: node.server, role: node.role };
  return judgeNeededWay(way, context, {
    expected: message('check.pair.busPort.expected', values),
    refused: message('check.pair.busPort.refused', values),
    filtered: message('check.pair.busPort.filtered', values),
    unreachable: message('check.pair.busPort.unreachable', values),
    intercepted: message('check.pair.busPort.intercepted', values),
  });
});
