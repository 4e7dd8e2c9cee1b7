import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

const FULL = 'FullLanguage';

/**
 * What PowerShell may do there. Triad's own program answers nearly everything: PowerShell is asked about Microsoft Defender alone, which works in any mode, and
 * stands in for that program where a policy blocks it, which takes .NET. So a limited mode is told, and stands in the way of nothing by itself.
 */
export function judgeWindowsPowershell({ languageMode }: { readonly languageMode: string | null }): Judgement {
  const expected = message('check.server.windowsPowershell.expected');
  const evidence = evidenceOf({ languageMode });
  if (languageMode === null) return { verdict: 'pass', expected, observed: message('check.server.windowsPowershell.silent'), evidence };
  if (languageMode === FULL) return { verdict: 'pass', expected, observed: message('check.server.windowsPowershell.full'), evidence };
  return { verdict: 'pass', expected, observed: message('check.server.windowsPowershell.limited', { mode: languageMode }), evidence };
}
