import type { Message } from '../shared/domain/message.ts';
import { message } from '../shared/messages/message.ts';
import type { Judgement } from './check.ts';
import type { Way } from './eachWay.ts';

/** What each end of a way from the admin's machine means for one kind of port. `closed`: refused, filtered or unreachable. */
export interface AdminWayMeanings {
  readonly expected: Message;
  readonly open: () => Judgement;
  readonly closed: () => Judgement;
  /** A warning with these words. */
  readonly intercepted: { readonly observed: Message; readonly remedy: Message };
}

/** Judges a way from the admin's machine; one that was not tried is unknown for every kind of port. */
export function judgeAdminWay({ endpoint, node, cell, evidence }: Way, meanings: AdminWayMeanings): Judgement {
  const { expected } = meanings;
  switch (cell?.reach ?? 'unknown') {
    case 'open':
      return meanings.open();
    case 'refused':
    case 'filtered':
    case 'unreachable':
      return meanings.closed();
    case 'intercepted':
      return { verdict: 'warn', expected, evidence, ...meanings.intercepted };
    case 'unknown':
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.pair.untried', { endpoint }),
        evidence,
        remedy: message('check.pair.adminUntried.remedy', { to: node.server }),
      };
  }
}
