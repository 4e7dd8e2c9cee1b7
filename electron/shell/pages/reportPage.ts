import { createHash } from 'node:crypto';
import { RunId } from '../../shared/contract/procedures.ts';
import { refusal, type Answer } from './answer.ts';
import { COMMON_HEADERS } from './appPage.ts';

/**
 * The policy of a report: its one style sheet, known by its hash, and nothing else; no script at all, twice over by `sandbox`. Text in it
 * came from servers. It may be framed by the window only.
 */
export function reportPolicy(html: string): string {
  // Rendered into the head before anything that a run has brought along.
  const style = /<style>([\s\S]*?)<\/style>/u.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors triad://app',
    'sandbox',
  ].join('; ');
}

/** The run that `triad://report/RUN` names, or null. */
export function runIdOf(address: URL): string | null {
  const runId = RunId.safeParse(address.pathname.slice(1));
  return runId.success ? runId.data : null;
}

/** What is shown of a run: its report, that as it is printed, or the trend of all failover tests of its cluster. */
export type ReportView = 'screen' | 'paper' | 'trend';

function viewOf({ searchParams }: URL): ReportView {
  if (searchParams.has('paper')) return 'paper';
  return searchParams.has('trend') ? 'trend' : 'screen';
}

/**
 * Answers a request for `triad://report/RUN`, for `triad://report/RUN?paper` as it is printed, and for `triad://report/RUN?trend`. `render` throws for a
 * run that is not known.
 */
export async function answerReportRequest(address: URL, render: (runId: string, view: ReportView) => Promise<string>): Promise<Answer> {
  const runId = runIdOf(address);
  const html = runId === null ? null : await render(runId, viewOf(address)).catch(() => null);
  if (html === null) return refusal(404);
  return {
    status: 200,
    headers: {
      ...COMMON_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': reportPolicy(html),
      'cache-control': 'no-store',
    },
    body: Buffer.from(html),
  };
}
