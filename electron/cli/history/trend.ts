import { resolve } from 'node:path';
import { keptTrend } from '../../handlers/keptTrend.ts';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { writeSharedFile } from '../../storage/versionedFile.ts';
import { triadHome } from '../../storage/triadHome.ts';
import type { ExitCode } from '../exitCode.ts';
import { TRIAD_VERSION } from '../../handlers/triadVersion.ts';
import { telling } from './history.ts';

/** The options of `history trend`. */
export interface TrendOptions {
  readonly cluster?: string;
  readonly json?: boolean;
  /** How many of the newest runs. */
  readonly last?: string;
  /** A file for the page. */
  readonly html?: string;
}

const DEFAULT_LAST = '20';

function lastOf(text: string): number {
  const last = /^\d{1,2}$/u.test(text) ? Number(text) : 0;
  if (last < 2 || last > 60) throw fail('usage.invalid', adminSubject, { values: { reason: say(message('history.trend.last')) } });
  return last;
}

/** `triad history trend`: the outages of a cluster's failover tests over time, what was changed between them, and a page with a chart where a file is named. */
export async function historyTrend(options: TrendOptions): Promise<ExitCode> {
  return telling(options, async ({ style, isJson }) => {
    const trend = await keptTrend(triadHome(), options.cluster, lastOf(options.last ?? DEFAULT_LAST));
    const file = options.html === undefined ? null : resolve(options.html);
    if (file !== null) {
      const { renderTrend } = await import('../../report/renderTrend.tsx');
      await writeSharedFile(file, renderTrend(trend, TRIAD_VERSION));
    }
    const { trendText } = await import('../../report/trendText.ts');
    if (isJson) process.stdout.write(`${JSON.stringify({ type: 'trend', ...trend, html: file })}\n`);
    else {
      const written = file === null ? [] : ['', say(message('history.trend.written', { file }))];
      process.stdout.write(`${[trendText(trend, style), ...written].join('\n')}\n`);
    }
    return 0;
  });
}
