import type { ReactElement } from 'react';
import { needsAttention, URGENCY } from '../shared/domain/checkGroups.ts';
import type { Report, ReportCheck, ReportCheckGroup, VerdictCounts } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { bySharedText, findingsOf, type Finding } from './findings.ts';
import { PassedOnPaper } from './PassedOnPaper.tsx';
import { Raw } from './Raw.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictMark, VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';
import { saySubject } from '../shared/messages/subjectWords.ts';

/** Every check: what needs attention with all it takes to act, then all of them by what they are about. */
export function CheckSection({ report }: { readonly report: Report }): ReactElement {
  const findings = findingsOf(report.checks);
  return (
    <Section id="checks" title={text('report.section.checks')} note={<Counts counts={report.checkCounts} />}>
      {report.checks.length === 0 && <p className="caption">{text('report.checks.none')}</p>}
      {report.checks.length > 0 && findings.length === 0 && <p className="caption">{text('report.checks.allGood')}</p>}
      {findings.length > 0 && (
        <>
          <h3>{text('report.checks.attention')}</h3>
          <ul className="urgent">
            {findings.map((finding) => (
              <UrgentFinding key={finding.key} finding={finding} />
            ))}
          </ul>
        </>
      )}
      <div className="on-screen">
        {report.checkGroups.map((group) => (
          <CheckGroup key={group.key} group={group} checks={report.checks.filter((check) => check.group === group.key)} />
        ))}
      </div>
      <PassedOnPaper checks={report.checks} />
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

function UrgentFinding({ finding }: { readonly finding: Finding }): ReactElement {
  const { titles } = finding;
  // One reason holds for all that could not be seen of a server.
  const checks = titles.length > 0 ? finding.checks.slice(0, 1) : finding.checks;
  const evidence = bySharedText(checks, (check) => check.evidence);
  return (
    <li className={`is-${finding.verdict}`}>
      <div className="urgent-head">
        <VerdictMark verdict={finding.verdict} />
        <strong>{finding.title}</strong>
        <span className="subject">{finding.subjects.join(', ')}</span>
        {finding.id !== '' && <code>{finding.id}</code>}
      </div>
      <dl className="pairs">
        <Shared term={text('report.checks.observed')} checks={checks} textOf={(check) => check.observed} />
        <Shared term={text('report.checks.expected')} checks={checks} textOf={(check) => check.expected} />
        <Shared term={text('report.page.remedy')} checks={checks} textOf={(check) => check.remedy} />
        {titles.length > 0 && (
          <>
            <dt>{text('report.checks.which')}</dt>
            <dd>{titles.join(', ')}</dd>
          </>
        )}
      </dl>
      {evidence.length > 0 && (
        <Disclosure summary={text('report.checks.evidence')} className="data">
          <Raw>{evidence.map((one) => (checks.length === 1 ? one.text : `${one.subjects.join(', ')}: ${one.text}`)).join('\n')}</Raw>
        </Disclosure>
      )}
    </li>
  );
}

interface SharedProps {
  readonly term: string;
  readonly checks: readonly ReportCheck[];
  readonly textOf: (check: ReportCheck) => string | null;
}

/** A text that holds for all subjects stands alone; where they differ, each text names those that it holds for. */
function Shared({ term, checks, textOf }: SharedProps): ReactElement | null {
  const texts = bySharedText(checks, textOf);
  if (texts.length === 0) return null;
  return (
    <>
      <dt>{term}</dt>
      <dd>
        {texts.map((one) => (
          <p key={one.text}>
            {texts.length > 1 && <span className="muted">{`${one.subjects.join(', ')}: `}</span>}
            <Words>{one.text}</Words>
          </p>
        ))}
      </dd>
    </>
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
            saySubject(check.about),
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
