import type { WindowsFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

const FULL = 'FullLanguage';

/** What the judgement depends on. */
interface HelperSeen {
  readonly helper: NonNullable<WindowsFacts['helper']>;
  readonly languageMode: string | null;
  /** The nodes are services of their own: none of them is Triad's program. */
  readonly isOwnService: boolean;
}

/**
 * Whether Triad's own program may run. Where it may not, everything that is told of the server comes from PowerShell. Nodes that are services of their own can be installed all
 * the same, by Windows' own programs, as long as PowerShell may do everything there; for all others nothing can be installed.
 */
export function judgeWindowsHelper({ helper, languageMode, isOwnService }: HelperSeen): Judgement {
  const expected = message('check.server.windowsHelper.expected');
  const evidence = evidenceOf({ ...helper });
  if (helper.state === 'runs') return { verdict: 'pass', expected, observed: message('check.server.windowsHelper.observed'), evidence };
  const sha256 = helper.sha256 ?? '';
  if (isOwnService && languageMode === FULL)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.windowsHelper.without'),
      evidence,
      remedy: message('check.server.windowsHelper.without.remedy', { sha256 }),
    };
  if (isOwnService)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.windowsHelper.limited', { mode: languageMode ?? '?' }),
      evidence,
      remedy: message('check.server.windowsHelper.limited.remedy', { sha256 }),
    };
  return {
    verdict: 'fail',
    expected,
    observed: message(helper.state === 'blocked' ? 'check.server.windowsHelper.blocked' : 'check.server.windowsHelper.quarantined'),
    evidence,
    remedy: message('check.server.windowsHelper.remedy', { sha256 }),
  };
}
