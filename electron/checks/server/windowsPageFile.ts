import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { sizeText } from '../sizeText.ts';

/**
 * Whether the server has a paging file. It is hardly ever written to, but what Windows may promise is memory and paging file together: without one, the copy
 * for a save must find as much free memory as the data takes.
 */
export function judgeWindowsPageFile({ pageFileBytes }: { readonly pageFileBytes: number }): Judgement {
  const expected = message('check.server.windowsPageFile.expected');
  const evidence = evidenceOf({ pageFileBytes });
  if (!Number.isFinite(pageFileBytes) || pageFileBytes < 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.windowsPageFile.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (pageFileBytes > 0)
    return {
      verdict: 'pass',
      expected,
      observed: message('check.server.windowsPageFile.observed', { size: sizeText(pageFileBytes) }),
      evidence,
    };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.windowsPageFile.none'),
    evidence,
    remedy: message('check.server.windowsPageFile.remedy'),
  };
}
