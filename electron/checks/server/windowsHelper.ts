import type { WindowsFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

/** Whether Triad's own program may run; where it may not, everything else that is told of the server comes from PowerShell, and nothing can be installed. */
export function judgeWindowsHelper(helper: NonNullable<WindowsFacts['helper']>): Judgement {
  const expected = message('check.server.windowsHelper.expected');
  const evidence = evidenceOf({ ...helper });
  if (helper.state === 'runs') return { verdict: 'pass', expected, observed: message('check.server.windowsHelper.observed'), evidence };
  return {
    verdict: 'fail',
    expected,
    observed: message(helper.state === 'blocked' ? 'check.server.windowsHelper.blocked' : 'check.server.windowsHelper.quarantined'),
    evidence,
    remedy: message('check.server.windowsHelper.remedy', { sha256: helper.sha256 ?? '' }),
  };
}
