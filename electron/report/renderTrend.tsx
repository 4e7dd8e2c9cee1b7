import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { formatCount, formatDuration, formatDurationRange, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { OutageTrend, TrendShape } from '../shared/figures/OutageTrend.tsx';
import { TREND, trendServers, type TrendLane } from '../shared/figures/trendGeometry.ts';
import { text } from '../shared/figures/text.ts';
import { DocumentPage } from './DocumentPage.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { lostWords } from './trendText.ts';
import type { Trend, TrendRun } from './trendOf.ts';
import { VerdictMark, VerdictSymbols } from './VerdictMark.tsx';

/** The trend of a cluster's failover tests as one HTML page of the same kind as a report. Pure, and in the current language. */
export function renderTrend(trend: Trend, triadVersion: string): string {
  const title = text('report.trend.title', { cluster: trend.cluster });
  const page = (
    <DocumentPage title={title} triadVersion={triadVersion} stamp={null}>
      <VerdictSymbols />
      <main>
        <header>
          <div className="brand">
            <span className="product">{text('report.page.product')}</span>
            <span className="kind">{text('report.trend.kind')}</span>
          </div>
          <h1 className="trend-title">{title}</h1>
          <p className="story">{storyOf(trend)}</p>
        </header>
        <OutageSection trend={trend} />
        <DifferenceSection trend={trend} />
        <footer>{text('report.trend.print', { version: triadVersion, cluster: trend.cluster })}</footer>
      </main>
    </DocumentPage>
  );
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}

function storyOf({ runs }: Trend): string {
  const outages = runs.flatMap(({ trials }) => trials.flatMap(({ trial }) => (trial.outageMs === null ? [] : [trial.outageMs])));
  if (outages.length === 0) return text('history.trend.none');
  const trials = runs.reduce((sum, run) => sum + run.trials.length, 0);
  const range = [Math.min(...outages), Math.max(...outages)].map((ms) => formatDuration(ms));
  return text('report.trend.story', { runs: runs.length, trials, least: range[0] ?? '', most: range[1] ?? '' });
}

/** One lane for each scenario that any run tried. */
function lanesOf(runs: readonly TrendRun[]): readonly TrendLane[] {
  const titles = [...new Set(runs.flatMap(({ trials }) => trials.map(({ trial }) => trial.scenarioTitle)))];
  return titles.map((title) => ({
    title,
    runs: runs.map(({ trials }) =>
      trials.filter(({ trial }) => trial.scenarioTitle === title).map(({ trial, round }) => ({ ...trial, round })),
    ),
  }));
}

/** A run in the figure: its day, and its number where a day has several. */
function runLabels(runs: readonly TrendRun[]): readonly string[] {
  return runs.map(({ startedAtLocal }, index) => {
    const day = startedAtLocal.slice(0, 10);
    const sameDay = runs.filter((run) => run.startedAtLocal.startsWith(day));
    const place = runs.slice(0, index + 1).filter((run) => run.startedAtLocal.startsWith(day)).length;
    const shown = runs.length > 10 ? day.slice(5) : day;
    return sameDay.length === 1 ? shown : `${shown} (${place})`;
  });
}

function OutageSection({ trend: { runs } }: { readonly trend: Trend }): ReactElement {
  const lanes = lanesOf(runs);
  return (
    <Section id="outage" title={text('report.trend.outage')}>
      {runs.length > 0 && (
        <figure className="timeline">
          <div className="scroll">
            <OutageTrend id="trend" title={text('report.trend.outage')} lanes={lanes} runLabels={runLabels(runs)} />
          </div>
          <figcaption className="legend">
            {trendServers(lanes).map((server, index) => (
              <span key={server}>
                <svg width={TREND.dot * 3} height={TREND.dot * 3} aria-hidden="true">
                  <TrendShape shape={index} x={TREND.dot * 1.5} y={TREND.dot * 1.5} isBad={false} />
                </svg>{' '}
                {server}
              </span>
            ))}
            <span className="key area">{text('report.trend.predicted')}</span>
          </figcaption>
        </figure>
      )}
      <Table
        className="figures"
        columns={[
          { heading: text('report.trend.run') },
          { heading: text('report.trial.server') },
          { heading: text('report.trial.scenario') },
          { heading: text('report.page.verdict') },
          { heading: text('report.trial.outage'), kind: 'number' },
          { heading: text('report.trial.expected'), kind: 'number' },
          { heading: text('report.trial.promoted'), kind: 'number' },
          { heading: text('report.trial.lostWrites'), kind: 'number' },
        ]}
        rows={runs.flatMap((run) =>
          run.trials.map(({ name, round, trial }) => ({
            key: `${run.runId} ${name}`,
            cells: [
              run.startedAtLocal,
              round === 1 ? trial.server : text('report.trial.round', { trial: trial.server, round }),
              trial.scenarioTitle,
              <VerdictMark key="verdict" verdict={trial.verdict} />,
              <strong key="outage">{formatDuration(trial.outageMs)}</strong>,
              formatDurationRange(trial.predicted.outageFromMs, trial.predicted.outageToMs),
              formatDuration(trial.promotedMs),
              formatCount(trial.lostWrites),
            ],
          })),
        )}
      />
    </Section>
  );
}

/** What was not the same from run to run: what an admin looks for when an outage is. */
function DifferenceSection({ trend: { runs } }: { readonly trend: Trend }): ReactElement {
  return (
    <Section id="differences" title={text('report.trend.differences')}>
      <Table
        columns={[
          { heading: text('report.run.started') },
          { heading: text('report.run.id'), kind: 'code' },
          { heading: text('report.page.verdict') },
          { heading: text('report.setting.engine') },
          { heading: text('report.setting.nodeTimeout'), kind: 'number' },
          { heading: text('report.figure.lostWrites'), kind: 'number' },
        ]}
        rows={runs.map((run) => ({
          key: run.runId,
          cells: [
            run.startedAtLocal,
            run.runId,
            <VerdictMark key="verdict" verdict={run.verdict} />,
            run.version,
            formatDuration(run.nodeTimeoutMs),
            lostWords(run.trials),
          ],
        }))}
      />
      {runs.slice(1).map((run) => (
        <RunDifferences key={run.runId} run={run} />
      ))}
    </Section>
  );
}

function RunDifferences({ run: { startedAtLocal, facts, checks } }: { readonly run: TrendRun }): ReactElement {
  const rows = [
    ...facts.map(({ what, subject, before, after }) => [what, subject, before ?? NO_FIGURE, after ?? NO_FIGURE]),
    ...checks.map(({ title, subject, before, after }) => [
      title,
      subject,
      before === null ? NO_FIGURE : text(`report.verdict.${before}`),
      after === null ? NO_FIGURE : text(`report.verdict.${after}`),
    ]),
  ];
  return (
    <>
      <h3>{text('report.trend.since', { at: startedAtLocal })}</h3>
      {rows.length === 0 ? (
        <p className="caption">{text('history.same')}</p>
      ) : (
        <Table
          columns={[
            { heading: text('report.markdown.what') },
            { heading: text('report.trend.where') },
            { heading: text('history.before') },
            { heading: text('history.after') },
          ]}
          rows={rows.map((cells, index) => ({ key: `${index}`, cells }))}
        />
      )}
    </>
  );
}
