import type { ReactElement } from 'react';
import type { Percentiles } from '../shared/domain/percentiles.ts';
import type { ReportTrial } from '../shared/domain/report.ts';
import { formatCount, formatDuration, formatInZone } from '../shared/domain/reportFormat.ts';
import { FailoverTimeline } from '../shared/figures/FailoverTimeline.tsx';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { NoticedPart } from './NoticedPart.tsx';
import { formatLatency } from './noticedWords.ts';
import type { PageDetail } from './pageDetail.ts';
import { ratesBySecond } from './ratesBySecond.ts';
import { Table } from './Table.tsx';
import { headingOf, TrialLayouts, trialId, type TrialLayoutsProps } from './TrialLayouts.tsx';
import { logCells, logColumns, TrialLogs } from './TrialLogs.tsx';
import { undoneWords } from './undoneWords.ts';
import { VerdictMark } from './VerdictMark.tsx';

/** What {@link TrialArticle} shows: the trial at `index`, as far as the page has room for it. */
export interface TrialArticleProps extends TrialLayoutsProps {
  readonly detail: PageDetail;
}

/** One trial with its pictures and tables; null where there is none at that index. */
export function TrialArticle({ trials, index, timeZone, detail }: TrialArticleProps): ReactElement | null {
  const named = trials[index];
  if (named === undefined) return null;
  const { trial } = named;
  const id = trialId(index);
  return (
    <article id={id} className="trial">
      <div className="trial-head">
        <h3>{headingOf(named)}</h3>
        <VerdictMark verdict={trial.verdict} />
      </div>
      <p className="story">{trial.story}</p>
      {trial.verdict !== 'pass' && trial.reasons.length > 0 && (
        <ul className="reasons">
          {trial.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <TrialLayouts trials={trials} index={index} timeZone={timeZone} detail={detail} />
      <figure className="timeline">
        <div className="scroll">
          <FailoverTimeline id={`${id}-timeline`} trial={trial} mostSteps={detail.mostSteps} />
        </div>
        <figcaption className="legend">
          <span className="key area">{text('report.timeline.acknowledged')}</span>
          <span className="key failed">{text('report.timeline.failed')}</span>
          <span>
            {text('report.trial.started', { at: formatInZone(trial.startedAt, timeZone), route: text(`report.route.${trial.route}`) })}
          </span>
        </figcaption>
      </figure>
      <TrialTables trial={trial} hasData={detail.hasData} />
      <NoticedPart noticed={trial.noticed} />
    </article>
  );
}

function TrialTables({ trial, hasData }: { readonly trial: ReportTrial; readonly hasData: boolean }): ReactElement {
  return (
    <>
      <h4>{text('report.trial.moments')}</h4>
      <MomentTable trial={trial} />
      <div className="columns">
        <div>
          <h4>{text('report.trial.latency')}</h4>
          <LatencyTable trial={trial} />
        </div>
        <div>
          <h4>{text('report.trial.byShard')}</h4>
          <Table
            columns={[
              { heading: text('report.trial.shard') },
              { heading: text('report.trial.outage'), kind: 'number' },
              { heading: text('report.trial.uncertainty'), kind: 'number' },
              { heading: text('report.trial.acknowledged'), kind: 'number' },
              { heading: text('report.trial.refused'), kind: 'number' },
              { heading: text('report.trial.timedOut'), kind: 'number' },
              { heading: text('report.trial.lostWrites'), kind: 'number' },
            ]}
            rows={trial.shards.map((shard) => ({
              key: String(shard.shard),
              cells: [
                shard.isVictims ? text('report.trial.shardLost', { shard: shard.shard }) : shard.shard,
                formatDuration(shard.outageMs),
                formatDuration(shard.outageUncertaintyMs ?? null),
                formatCount(shard.acknowledged),
                formatCount(shard.refused),
                formatCount(shard.timedOut),
                formatCount(shard.lost),
              ],
            }))}
          />
          <LostKeys trial={trial} />
        </div>
      </div>
      <Actions trial={trial} />
      {hasData && (
        <>
          <Disclosure summary={text('report.trial.rates')} className="data behind">
            <RateTable trial={trial} />
          </Disclosure>
          <TrialLogs trial={trial} />
        </>
      )}
    </>
  );
}

/** The marks in their order: when each was seen, and what the logs of the nodes say of it where they were read. */
function MomentTable({ trial }: { readonly trial: ReportTrial }): ReactElement {
  const hasLogs = trial.logMarks !== undefined;
  return (
    <Table
      columns={[
        { heading: text('report.trial.moment'), kind: 'narrow' },
        { heading: text('report.trial.atTime'), kind: 'number' },
        { heading: text('report.trial.uncertainty'), kind: 'number' },
        ...(hasLogs ? logColumns() : []),
      ]}
      rows={trial.marks.map((mark) => ({
        key: mark.name,
        cells: [
          <span key="label" title={mark.evidence}>
            {mark.label}
          </span>,
          formatDuration(mark.atMs),
          formatDuration(mark.uncertaintyMs),
          ...(hasLogs ? logCells(trial, mark.name) : []),
        ],
      }))}
    />
  );
}

function Actions({ trial }: { readonly trial: ReportTrial }): ReactElement | null {
  if (trial.actions.length === 0) return null;
  return (
    <>
      <h4>{text('report.trial.actions')}</h4>
      <Table
        columns={[
          { heading: text('report.trial.action') },
          { heading: text('report.trial.doneAt'), kind: 'number' },
          { heading: text('report.trial.undoneAt'), kind: 'number' },
        ]}
        rows={trial.actions.map((action, index) => ({
          key: String(index),
          cells: [
            action.done.includes(action.server) ? action.done : text('report.trial.actionOn', { server: action.server, done: action.done }),
            formatDuration(action.atMs),
            undoneWords(action),
          ],
        }))}
      />
    </>
  );
}

/** More than this many lost keys only stand in report.json. */
const MOST_KEYS = 20;

function LostKeys({ trial }: { readonly trial: ReportTrial }): ReactElement | null {
  const keys = trial.shards.flatMap((shard) => shard.lostKeys.map((one) => ({ ...one, shard: shard.shard })));
  if (keys.length === 0) return null;
  return (
    <>
      <h4>{text('report.trial.lostKeys')}</h4>
      <ul className="keys">
        {keys.slice(0, MOST_KEYS).map(({ key, shard, acknowledgedAtMs }) => (
          <li key={key}>{text('report.trial.lostKey', { key, shard, at: formatDuration(acknowledgedAtMs) })}</li>
        ))}
        {keys.length > MOST_KEYS && <li>{text('report.summary.more', { count: keys.length - MOST_KEYS })}</li>}
      </ul>
    </>
  );
}

function LatencyTable({ trial }: { readonly trial: ReportTrial }): ReactElement {
  const cell = (part: Percentiles): string => [part.p50, part.p95, part.max].map((ms) => formatLatency(ms)).join(' / ');
  return (
    <Table
      columns={[
        { heading: text('report.trial.shard') },
        { heading: text('report.trial.before'), kind: 'number' },
        { heading: text('report.trial.during'), kind: 'number' },
        { heading: text('report.trial.after'), kind: 'number' },
      ]}
      rows={trial.shards.map(({ shard, latency: { before, during, after } }) => ({
        key: String(shard),
        cells: [shard, cell(before), cell(during), cell(after)],
      }))}
    />
  );
}

function RateTable({ trial }: { readonly trial: ReportTrial }): ReactElement {
  return (
    <Table
      columns={[
        { heading: text('report.trial.second'), kind: 'number' },
        ...trial.shards.map(({ shard }) => ({ heading: text('report.trial.goodAndFailed', { shard }), kind: 'number' as const })),
      ]}
      rows={ratesBySecond(trial.shards).map(({ second, shards }) => ({
        key: String(second),
        cells: [second, ...shards.map(({ acknowledged, failed }) => `${formatCount(acknowledged)} / ${formatCount(failed)}`)],
      }))}
    />
  );
}
