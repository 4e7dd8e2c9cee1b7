import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachWay } from '../eachWay.ts';

/**
 * Whether the admin's machine reaches the data ports itself. It need not: Triad goes through SSH, and clients stand elsewhere. So a closed port is
 * said and not judged.
 */
export const adminDataPort = eachWay(
  'pair.adminDataPort',
  { from: 'admin', port: 'data' },
  ['pass', 'warn', 'unknown', 'skipped'],
  ({ endpoint, node, cell, evidence }): Judgement => {
    const expected = message('check.pair.adminDataPort.expected', { endpoint, to: node.server, role: node.role });
    switch (cell?.reach ?? 'unknown') {
      case 'open':
        return {
          verdict: 'pass',
          expected,
          observed: message('check.pair.open', { durationMs: Math.round(cell?.durationMs ?? 0) }),
          evidence,
        };
      case 'refused':
      case 'filtered':
      case 'unreachable':
        return { verdict: 'skipped', expected, observed: message('check.pair.adminDataPort.closed', { endpoint }), evidence };
      case 'intercepted':
        return {
          verdict: 'warn',
          expected,
          observed: message('check.pair.adminDataPort.intercepted', { endpoint }),
          evidence,
          remedy: message('check.pair.adminDataPort.intercepted.remedy', { endpoint }),
        };
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
