import { renderToStaticMarkup } from 'react-dom/server';
import type { Report } from '../shared/domain/report.ts';
import { inLanguage } from '../shared/messages/message.ts';
import { namedTrials } from './namedTrials.ts';
import { THINNER_PAGES, trialsByNeed, WHOLE_PAGE, type PageDetail } from './pageDetail.ts';
import { MOST_PAGE_BYTES } from './recordAttachment.ts';
import { renderHtml } from './renderHtml.tsx';
import { TrialArticle } from './TrialArticle.tsx';

/** Parts are measured one by one; what referring to one another makes of them differs by less than this, bytes. */
const SLACK_BYTES = 10_000;

/** So many rows are tried in the table of figures, the most first; a row takes about half a kilobyte. */
const MOST_ROWS = [1000, 500, 250, 100] as const;

/**
 * As much of a report's trials as fits into a page of {@link MOST_PAGE_BYTES}. Pure. Left out are, one after the other until the page fits: what is folded
 * behind the trials, fine steps of the curves, the parts of trials (those in least need of one first), and rows of the table of figures. A page that is too
 * large for other reasons than its trials stays so.
 */
export function detailThatFits(report: Report): PageDetail {
  const { trials } = report.failover;
  if (trials.length === 0) return WHOLE_PAGE;
  return inLanguage(report.language, () => {
    const order = trialsByNeed(report);
    const { rows, roomBytes } = rowsThatFit(report, order);
    const inOrder = trials.map((_, index) => index);
    if (rows === null)
      for (const detail of THINNER_PAGES) if (partsThatFit(report, detail, inOrder, roomBytes).size === trials.length) return detail;
    const coarsest = THINNER_PAGES.at(-1) ?? WHOLE_PAGE;
    return { ...coarsest, rows, parts: partsThatFit(report, coarsest, order, roomBytes) };
  });
}

/** The rows for which there is room (null for all of them), and the bytes that are left beside them. */
function rowsThatFit(report: Report, order: readonly number[]): { readonly rows: PageDetail['rows']; readonly roomBytes: number } {
  const coarsest = THINNER_PAGES.at(-1) ?? WHOLE_PAGE;
  const choices = MOST_ROWS.filter((most) => most < order.length).map((most) => new Set(order.slice(0, most)));
  let room = 0;
  let last: PageDetail['rows'] = null;
  // More rows than the largest choice are not even tried where they cannot fit.
  for (const rows of [null, ...choices]) {
    const bare = renderHtml(report, 'screen', false, { ...coarsest, rows, parts: new Set() });
    room = MOST_PAGE_BYTES - SLACK_BYTES - Buffer.byteLength(bare);
    last = rows;
    // Figures alone are no report: the trials in most need of it have pictures beside them.
    if (room > MOST_PAGE_BYTES / 3) break;
  }
  return { rows: last, roomBytes: room };
}

/** The first trials of an order whose parts have room together. */
function partsThatFit(report: Report, detail: PageDetail, order: readonly number[], roomBytes: number): ReadonlySet<number> {
  const trials = namedTrials(report.failover.trials);
  const parts = new Set<number>();
  let left = roomBytes;
  for (const index of order) {
    parts.add(index);
    left -= Buffer.byteLength(
      renderToStaticMarkup(<TrialArticle trials={trials} index={index} timeZone={report.when.timeZone} detail={{ ...detail, parts }} />),
    );
    if (left >= 0) continue;
    parts.delete(index);
    break;
  }
  return parts;
}
