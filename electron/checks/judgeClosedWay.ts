import { activeFirewalls, rulesForGap } from '../artifacts/firewall/rulesForNetworkTeam.ts';
import type { Message } from '../shared/domain/message.ts';
import { platformOf } from '../shared/domain/plan.ts';
import { message } from '../shared/messages/message.ts';
import type { Judgement } from './check.ts';
import type { Way } from './eachWay.ts';
import { firewallToBeOpened, type MatrixContext } from './matrixContext.ts';

/** What a closed way means, in the words of the port that it leads to. */
export interface ClosedWords {
  readonly expected: Message;
  readonly refused: Message;
  readonly filtered: Message;
  readonly unreachable: Message;
  readonly intercepted: Message;
}

/** Judges a way between two servers that should be open: what is in the way, and what exactly to ask for. */
export function judgeNeededWay(way: Way, context: MatrixContext, words: ClosedWords): Judgement {
  const { from, node, endpoint, port, cell, evidence } = way;
  const { expected } = words;
  const reach = cell?.reach ?? 'unknown';
  if (reach === 'open')
    return { verdict: 'pass', expected, observed: message('check.pair.open', { durationMs: Math.round(cell?.durationMs ?? 0) }), evidence };
  if (reach === 'unknown')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.pair.untried', { endpoint }),
      evidence,
      remedy: message('check.pair.untried.remedy', { from, to: node.server }),
    };
  if (reach === 'intercepted')
    return {
      verdict: 'fail',
      expected,
      observed: words.intercepted,
      evidence,
      remedy: message('check.pair.intercepted.remedy', { endpoint }),
    };
  const firewall = firewallToBeOpened(node.server, context);
  // An active host firewall answers in all three ways: by silence, by a reset, or by an ICMP error.
  if (firewall !== null)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.pair.willBeOpened', { endpoint, firewall, to: node.server }),
      evidence,
      remedy: message('check.pair.willBeOpened.remedy'),
    };
  const hasWindows = [from, node.server].some((name) => platformOf(context.plan, name) === 'windows');
  const rules = rulesForGap([{ from, to: node.server, port }], context.plan, activeFirewalls(context.facts));
  switch (reach) {
    case 'refused':
      return {
        verdict: 'fail',
        expected,
        observed: words.refused,
        evidence,
        remedy:
          way.measuredOn === 'cluster'
            ? message('check.pair.refused.cluster.remedy', { unit: node.unit, to: node.server, rules })
            : message('check.pair.refused.listener.remedy', { rules }),
      };
    case 'filtered':
      return {
        verdict: 'fail',
        expected,
        observed: words.filtered,
        evidence,
        remedy: message('check.pair.filtered.remedy', { from, to: node.server, rules }),
      };
    case 'unreachable':
      return {
        verdict: 'fail',
        expected,
        observed: words.unreachable,
        evidence,
        // Both ends are to be looked at: where one has Windows, the words are for both.
        remedy: hasWindows
          ? message('check.pair.unreachable.onWindows.remedy', { from, to: node.server, rules })
          : message('check.pair.unreachable.remedy', { from, to: node.server, rules }),
      };
  }
}
