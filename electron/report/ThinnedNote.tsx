import type { ReactElement } from 'react';
import type { Report } from '../shared/domain/report.ts';
import { formatCount } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import type { PageDetail } from './pageDetail.ts';

/** What a page leaves out to stay small, and where it is; nothing for a page that has everything but, at most, the record. */
export function ThinnedNote({ report, detail }: { readonly report: Report; readonly detail: PageDetail }): ReactElement | null {
  const left = leftOut(report, detail);
  if (left.length === 0) return null;
  return (
    <div className="thinned">
      <p>{text('report.thinned.lead')}</p>
      <ul>
        {left.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}

function leftOut(report: Report, { hasData, mostSteps, parts, rows }: PageDetail): readonly string[] {
  if (hasData) return [];
  const total = report.failover.trials.length;
  const counts = (shown: ReadonlySet<number>): { readonly count: string; readonly total: string } => ({
    count: formatCount(total - shown.size),
    total: formatCount(total),
  });
  return [
    ...(report.integrity === undefined ? [] : [text('report.thinned.record')]),
    text('report.thinned.data'),
    ...(mostSteps === undefined ? [] : [text('report.thinned.steps', { steps: mostSteps })]),
    ...(parts === null ? [] : [text('report.thinned.parts', counts(parts))]),
    ...(rows === null ? [] : [text('report.thinned.rows', counts(rows))]),
  ];
}
