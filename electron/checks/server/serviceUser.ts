import { SERVICE_USER } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** The account that the nodes run as is an ordinary system account, or does not exist yet. */
export const serviceUser = eachServer('server.serviceUser', ['pass', 'fail'], (facts, context): Judgement => {
  const { exists, uid } = facts.serviceUser;
  const user = SERVICE_USER;
  const expected = message('check.server.serviceUser.expected', { user });
  const evidence = evidenceOf({ serviceUser: facts.serviceUser });
  if (!exists)
    return context.stage === 'beforeInstall'
      ? { verdict: 'pass', expected, observed: message('check.server.serviceUser.willBeMade', { user }), evidence }
      : {
          verdict: 'fail',
          expected,
          observed: message('check.server.serviceUser.absent', { user }),
          evidence,
          remedy: message('check.server.serviceUser.absent.remedy'),
        };
  if (uid === null || !Number.isFinite(uid))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.serviceUser.unknown', { user }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (uid === 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.serviceUser.isRoot', { user }),
      evidence,
      remedy: message('check.server.serviceUser.isRoot.remedy', { user }),
    };
  return { verdict: 'pass', expected, observed: message('check.server.serviceUser.observed', { user, uid }), evidence };
});
