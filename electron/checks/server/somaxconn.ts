import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { judgeKernelSetting, plannedKernelValue } from '../judgeKernelSetting.ts';

/** Many clients may connect in the same moment, as they do after a failover. More than planned is as good. */
export const somaxconn = eachServer('server.somaxconn', ['pass', 'warn'], (facts, context): Judgement => {
  const setting = 'net.core.somaxconn';
  const expected = message('check.server.somaxconn.expected', { wanted: plannedKernelValue(setting) });
  return judgeKernelSetting(facts, context, setting, expected, (found, wanted) => Number(found) >= Number(wanted));
});
