import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachWay } from '../eachWay.ts';
import { judgeAdminWay } from '../judgeAdminWay.ts';

/**
 * Whether the admin's machine reaches the data ports itself. It need not: Triad goes through SSH, and clients stand elsewhere. So a closed port is
 * said and not judged.
 */
export const adminDataPort = eachWay(
  'pair.adminDataPort',
  { from: 'admin', port: 'data' },
  ['pass', 'warn', 'unknown', 'skipped'],
  (way): Judgement => {
    const { endpoint, node, cell, evidence } = way;
    const expected = message('check.pair.adminDataPort.expected', { endpoint, to: node.server, role: node.role });
    const open = message('check.pair.open', { durationMs: Math.round(cell?.durationMs ?? 0) });
    return judgeAdminWay(way, {
      expected,
      open: () => ({ verdict: 'pass', expected, observed: open, evidence }),
      closed: () => ({ verdict: 'skipped', expected, observed: message('check.pair.adminDataPort.closed', { endpoint }), evidence }),
      intercepted: {
        observed: message('check.pair.adminDataPort.intercepted', { endpoint }),
        remedy: message('check.pair.adminDataPort.intercepted.remedy', { endpoint }),
      },
    });
  },
);
