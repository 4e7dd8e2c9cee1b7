import type { ReactElement } from 'react';
import { needsAttention } from '../shared/domain/checkGroups.ts';
import type { ReportCheck } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { bySharedText } from './findings.ts';
import { Table } from './Table.tsx';
import { VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';

/**
 * On paper, every check that passed or does not apply with what was observed: a row for each thing that was seen, with all that it holds for. On screen
 * they stand under their servers, each with its evidence, which on paper would be dozens of pages.
 */
export function PassedOnPaper({ checks }: { readonly checks: readonly ReportCheck[] }): ReactElement | null {
  const good = checks.filter(({ verdict }) => !needsAttention(verdict));
  if (good.length === 0) return null;
  const titles = [...new Set(good.map(({ id }) => id))];
  return (
    <div className="on-paper">
      <h3>{text('report.checks.passed', { count: good.length })}</h3>
      <p className="caption">{text('report.checks.passedCaption')}</p>
      <Table
        className="passed"
        columns={[
          { heading: text('report.checks.check') },
          { heading: text('report.checks.subject') },
          { heading: text('report.checks.observed') },
        ]}
        rows={titles.flatMap((id) => {
          const own = good.filter((check) => check.id === id);
          return bySharedText(own, ({ verdict, observed }) => `${verdict} ${observed}`).map(({ text: key, subjects }, index) => {
            const check = own.find(({ verdict, observed }) => `${verdict} ${observed}` === key);
            return {
              key: `${id} ${key}`,
              cells: [
                index === 0 ? (check?.title ?? id) : '',
                subjects.join(', '),
                <span key="observed" className={`is-${check?.verdict ?? 'pass'}`}>
                  <VerdictSymbol verdict={check?.verdict ?? 'pass'} /> <Words>{check?.observed ?? ''}</Words>
                </span>,
              ],
            };
          });
        })}
      />
    </div>
  );
}
