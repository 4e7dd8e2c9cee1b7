import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** sshd forwards the connections through which Redis is administered. Found out before anything is changed, and not when the nodes run. */
export const forwarding = eachServer('server.forwarding', ['pass', 'fail'], (facts, context): Judgement => {
  const trial = context.forwarding?.get(facts.server);
  const expected = message('check.server.forwarding.expected', { user: facts.loginUser });
  const evidence = evidenceOf({ forwarding: trial });
  switch (trial?.outcome) {
    case 'allowed':
      return { verdict: 'pass', expected, observed: message('check.server.forwarding.observed'), evidence };
    case 'refused': {
      const { endpoint, reason } = trial;
      const observed = message('check.server.forwarding.refused', { endpoint, reason });
      return { verdict: 'fail', expected, observed, evidence, remedy: message('ssh.forwardingRefused.remedy', { endpoint }) };
    }
    case undefined:
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.server.forwarding.unknown'),
        evidence,
        remedy: message('check.unread.remedy'),
      };
  }
});
