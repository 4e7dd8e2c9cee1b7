import type { ReactElement } from 'react';
import type { Report, ReportFailure } from '../shared/domain/report.ts';
import { adminSubject, clusterSubject, formatSubject } from '../shared/domain/subject.ts';
import { text } from '../shared/figures/text.ts';
import { Raw } from './Raw.tsx';
import { VerdictSymbol } from './VerdictMark.tsx';
import { Words } from './Words.tsx';

/** The top of the page: what it is about, the verdict as a sentence, the figures that matter most, and what failed. */
export function VerdictHeader({ report }: { readonly report: Report }): ReactElement {
  const { cluster, verdict, when, who, failure } = report;
  return (
    <header>
      <div className="brand">
        <span className="product">{text('report.page.product')}</span>
        <span className="kind">{report.title}</span>
        <span className="spacer" />
        <time dateTime={when.startedAt}>{when.startedAtLocal}</time>
      </div>
      <div className={`verdict is-${verdict}`}>
        <VerdictSymbol verdict={verdict} size={44} />
        <div>
          <p className="word">{text(report.wasAborted ? 'report.verdict.aborted' : `report.verdict.${verdict}`)}</p>
          <h1>{report.story}</h1>
          <p className="facts">
            <strong>{cluster.name}</strong>
            <span>{text('report.page.facts', { engine: cluster.engine, version: cluster.version })}</span>
            <span>{text('report.page.by', { operator: who.operator, machine: who.adminMachine })}</span>
          </p>
        </div>
      </div>
      <dl className="strip">
        {report.keyFigures.map((figure) => (
          <div key={figure.id} className={`is-${figure.verdict}`}>
            <dt>{figure.label}</dt>
            <dd className="value">
              {figure.verdict !== 'skipped' && <VerdictSymbol verdict={figure.verdict} size={16} />}
              {figure.value}
            </dd>
            <dd className="detail">{withWholeRanges(figure.detail)}</dd>
          </div>
        ))}
      </dl>
      {failure !== null && failure.code !== 'check.failed' && (
        <div className="failure" role="note">
          <h2>
            {failureHeading(failure)} <code>{failure.code}</code>
          </h2>
          <p className="what">
            <Words>{failure.title}</Words>
          </p>
          <h3>{text('report.page.remedy')}</h3>
          <p>
            <Words>{failure.remedy}</Words> {failure.retryable ? text('report.page.retry') : ''}
          </p>
          {failure.evidence !== '' && (
            <>
              <h3>{text('report.page.evidence')}</h3>
              <Raw>{failure.evidence}</Raw>
            </>
          )}
        </div>
      )}
    </header>
  );
}

/** Failures of the whole cluster or of this machine name it themselves; only a server, node or way is worth a mention. */
function failureHeading({ subject }: ReportFailure): string {
  const isGeneral = subject === formatSubject(clusterSubject) || subject === formatSubject(adminSubject);
  return isGeneral ? text('report.page.failure') : text('report.page.failureOn', { subject });
}

/** Keeps a range of figures in one line: a word joiner on both sides of its dash. */
function withWholeRanges(words: string): string {
  return words.replaceAll(/(\d)–(\d)/gu, '$1\u2060–\u2060$2');
}
