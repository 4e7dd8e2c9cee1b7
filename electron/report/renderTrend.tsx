import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { formatDuration, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { OutageTrend, TrendShape } from '../shared/figures/OutageTrend.tsx';
import { TREND, trendServers } from '../shared/figures/trendGeometry.ts';
import { text } from '../shared/figures/text.ts';
import { DocumentPage } from './DocumentPage.tsx';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { lostWords } from './trendText.ts';
import type { Trend, TrendRun } from './trendOf.ts';
import { expectedOf, outagesOf, trendScenarios, type ScenarioTrend } from './trendScenarios.ts';
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

function storyOf({ runs, kept }: Trend): string {
  const outages = runs.flatMap(({ trials }) => trials.flatMap(({ trial }) => (trial.outageMs === null ? [] : [trial.outageMs])));
  if (outages.length === 0) return text('history.trend.none');
  const trials = runs.reduce((sum, run) => sum + run.trials.length, 0);
  const range = [Math.min(...outages), Math.max(...outages)].map((ms) => formatDuration(ms));
  const story = text('report.trend.story', { runs: runs.length, trials, least: range[0] ?? '', most: range[1] ?? '' });
  return kept > runs.length ? `${story} ${text('report.trend.newest', { runs: runs.length, kept })}` : story;
}

/** A run in the figure: its day, with the time where a day has several, and without the year where there are many. */
function runLabels(all: readonly TrendRun[], shown: readonly TrendRun[]): readonly string[] {
  const dayOf = ({ startedAtLocal }: TrendRun): string => startedAtLocal.slice(0, 10);
  return shown.map((run) => {
    const isAlone = all.filter((one) => dayOf(one) === dayOf(run)).length === 1;
    return run.startedAtLocal.slice(shown.length > 10 ? 5 : 0, isAlone ? 10 : 16);
  });
}

function OutageSection({ trend: { runs } }: { readonly trend: Trend }): ReactElement {
  const scenarios = trendScenarios(runs);
  const servers = trendServers({ runs: runs.map(({ trials }) => trials.map(({ trial, round }) => ({ ...trial, round }))) });
  return (
    <Section id="outage" title={text('report.trend.outage')}>
      {scenarios.map((scenario, index) => (
        <ScenarioPart
          key={scenario.title}
          id={`trend-${index + 1}`}
          scenario={scenario}
          servers={servers}
          labels={runLabels(
            runs,
            scenario.runs.map(({ run }) => run),
          )}
        />
      ))}
    </Section>
  );
}

interface ScenarioPartProps {
  readonly id: string;
  readonly scenario: ScenarioTrend;
  /** All servers of the page, each with its shape. */
  readonly servers: readonly string[];
  readonly labels: readonly string[];
}

/** One scenario: its trials over the runs as a figure, and as a table with a row for each run. */
function ScenarioPart({ id, scenario, servers, labels }: ScenarioPartProps): ReactElement {
  const { title, runs } = scenario;
  const lane = { title, runs: runs.map(({ trials }) => trials.map(({ trial, round }) => ({ ...trial, round }))) };
  return (
    <div className="scenario">
      <h3>{title}</h3>
      <figure className="timeline">
        <div className="scroll">
          <OutageTrend id={id} lane={lane} runLabels={labels} servers={servers} />
        </div>
        <figcaption className="legend">
          {scenario.servers.map((server) => (
            <span key={server}>
              <svg width={TREND.dot * 3} height={TREND.dot * 3} aria-hidden="true">
                <TrendShape shape={servers.indexOf(server)} x={TREND.dot * 1.5} y={TREND.dot * 1.5} isBad={false} />
              </svg>{' '}
              {server}
            </span>
          ))}
          <span className="key area">{text('report.trend.predicted')}</span>
        </figcaption>
      </figure>
      <Table
        className="figures"
        columns={[
          { heading: text('report.trend.run') },
          { heading: text('report.page.verdict') },
          ...scenario.servers.map((server) => ({ heading: text('report.trend.outageOf', { server }), kind: 'number' as const })),
          { heading: text('report.trial.expected'), kind: 'number' },
          { heading: text('report.trial.lostWrites'), kind: 'number' },
        ]}
        rows={runs.map((one) => ({
          key: one.run.runId,
          cells: [
            one.run.startedAtLocal,
            <VerdictMark key="verdict" verdict={one.verdict} />,
            ...scenario.servers.map((server) => <strong key={server}>{outagesOf(one, server)}</strong>),
            expectedOf(one),
            lostWords(one.trials),
          ],
        }))}
      />
    </div>
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
