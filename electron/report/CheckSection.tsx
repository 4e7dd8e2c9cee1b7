import type { ReactElement } from 'react';
import type { Report, ReportCheck, ReportCheckGroup, VerdictCounts } from '../shared/domain/report.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { Raw } from './Raw.tsx';
import { needsAttention } from './reportCheck.ts';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictMark, VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';

/** From bad to good: the order in which findings are read. */
const URGENCY: readonly Verdict[] = ['fail', 'unknown', 'passWithoutTolerance', 'warn', 'pass', 'skipped'];

/** Every check: what needs attention with all it takes to act, then all of them by what they are about. */
export function CheckSection({ report }: { readonly report: Report }): ReactElement {
  const urgent = report.checks
    .filter((check) => needsAttention(check.verdict))
    .toSorted((one, other) => URGENCY.indexOf(one.verdict) - URGENCY.indexOf(other.verdict));
  return (
    <Section id="checks" title={text('report.section.checks')} note={<Counts counts={report.checkCounts} />}>
      {report.checks.length === 0 && <p className="caption">{text('report.checks.none')}</p>}
      {report.checks.length > 0 && urgent.length === 0 && <p className="caption">{text('report.checks.allGood')}</p>}
      {urgent.length > 0 && (
        <>
          <h3>{text('report.checks.attention')}</h3>
          <ul className="urgent">
            {urgent.map((check) => (
              <UrgentCheck key={`${check.id} ${check.subject}`} check={check} />
            ))}
          </ul>
        </>
      )}
      {report.checkGroups.map((group) => (
        <CheckGroup key={group.key} group={group} checks={report.checks.filter((check) => check.group === group.key)} />
      ))}
    </Section>
  );
}

/** How many of each verdict, each with its symbol; verdicts that do not occur are left out. */
function Counts({ counts }: { readonly counts: VerdictCounts }): ReactElement {
  return (
    <span className="counts">
      {URGENCY.filter((verdict) => counts[verdict] > 0).map((verdict) => (
        <span key={verdict} className={`mark is-${verdict}`}>
          <VerdictSymbol verdict={verdict} />
          {text(`report.counted.${verdict}`, { count: counts[verdict] })}
        </span>
      ))}
    </span>
  );
}

function UrgentCheck({ check }: { readonly check: ReportCheck }): ReactElement {
  return (
    <li className={`is-${check.verdict}`}>
      <div className="urgent-head">
        <VerdictMark verdict={check.verdict} />
        <strong>{check.title}</strong>
        <span className="subject">{check.subject}</span>
        <code>{check.id}</code>
      </div>
      <dl className="pairs">
        <dt>{text('report.checks.observed')}</dt>
        <dd>
          <Words>{check.observed}</Words>
        </dd>
        <dt>{text('report.checks.expected')}</dt>
        <dd>
          <Words>{check.expected}</Words>
        </dd>
        {check.remedy !== null && (
          <>
            <dt>{text('report.page.remedy')}</dt>
            <dd className="remedy">
              <Words>{check.remedy}</Words>
            </dd>
          </>
        )}
      </dl>
      {check.evidence !== '' && <Raw>{check.evidence}</Raw>}
    </li>
  );
}

function CheckGroup({ group, checks }: { readonly group: ReportCheckGroup; readonly checks: readonly ReportCheck[] }): ReactElement {
  const summary = (
    <>
      <span className="group-title">{group.title}</span>
      <Counts counts={group.counts} />
    </>
  );
  return (
    <Disclosure summary={summary} className="group">
      <Table
        className="checks"
        columns={[
          { heading: text('report.checks.check') },
          { heading: text('report.page.verdict'), kind: 'narrow' },
          { heading: text('report.checks.subject'), kind: 'narrow' },
          { heading: text('report.checks.expected') },
          { heading: text('report.checks.observed') },
        ]}
        rows={checks.map((check) => ({
          key: `${check.id} ${check.subject}`,
          cells: [
            <span key="check">
              {check.title}
              <code>{check.id}</code>
            </span>,
            <VerdictMark key="verdict" verdict={check.verdict} />,
            check.subject,
            <Words key="expected">{check.expected}</Words>,
            <Observed key="observed" check={check} />,
          ],
        }))}
      />
    </Disclosure>
  );
}

function Observed({ check }: { readonly check: ReportCheck }): ReactElement {
  return (
    <>
      <Words>{check.observed}</Words>
      {check.evidence !== '' && !needsAttention(check.verdict) && (
        <Disclosure summary={text('report.checks.evidence')} className="data">
          <Raw>{check.evidence}</Raw>
        </Disclosure>
      )}
    </>
  );
}
