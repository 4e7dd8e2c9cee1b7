import type { ReactElement } from 'react';
import type { ApplicationView, Noticed, ReadStretch, ReplicaReads } from '../shared/domain/noticed.ts';
import { formatCount, formatDuration, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { addedMs, noticedStory } from './noticedWords.ts';
import { Table } from './Table.tsx';

/** What an application noticed of a trial: in sentences, and in small tables. Nothing where it was not measured. */
export function NoticedPart({ noticed }: { readonly noticed: Noticed | undefined }): ReactElement | null {
  if (noticed === undefined) return null;
  const sentences = noticedStory(noticed);
  if (sentences.length === 0) return null;
  return (
    <>
      <h4>{text('report.noticed.title')}</h4>
      <ul className="reasons">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {noticed.application !== undefined && <ApplicationTable view={noticed.application} />}
      {noticed.readers !== undefined && <ReadsTable readers={noticed.readers} />}
      {noticed.wait !== undefined && <p className="caption">{text('report.noticed.waitCaption')}</p>}
    </>
  );
}

function ApplicationTable({ view }: { readonly view: ApplicationView }): ReactElement {
  const { client, ratePerSecond, resolutionMs, delayedFromMs, errors } = view;
  return (
    <>
      <Table
        columns={[
          { heading: text('report.trial.shard') },
          { heading: text('report.noticed.gap'), kind: 'number' },
          { heading: text('report.noticed.cluster'), kind: 'number' },
          { heading: text('report.noticed.byClient'), kind: 'number' },
          { heading: text('report.trial.acknowledged'), kind: 'number' },
          { heading: text('report.noticed.gaveUp'), kind: 'number' },
          { heading: text('report.noticed.held'), kind: 'number' },
          { heading: text('report.noticed.longest'), kind: 'number' },
        ]}
        rows={view.shards.map((shard) => ({
          key: String(shard.shard),
          cells: [
            shard.isVictims ? text('report.trial.shardLost', { shard: shard.shard }) : shard.shard,
            formatDuration(shard.gapMs),
            formatDuration(shard.probeGapMs),
            formatDuration(addedMs(view, shard)),
            formatCount(shard.acknowledged),
            formatCount(shard.failed),
            formatCount(shard.delayed),
            formatDuration(shard.longestDelayMs),
          ],
        }))}
      />
      <p className="caption">
        {text('report.noticed.caption', {
          client,
          rate: formatCount(ratePerSecond),
          resolution: formatDuration(resolutionMs),
          from: formatDuration(delayedFromMs),
        })}
      </p>
      {errors.length > 0 && (
        <>
          <p className="caption">{text('report.noticed.said')}</p>
          <ul className="keys">
            {errors.map(({ error, count }) => (
              <li key={error}>{text('report.noticed.saidCount', { error, count: formatCount(count) })}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function ReadsTable({ readers }: { readonly readers: ReplicaReads }): ReactElement {
  const { replicas, formerMaster, ratePerSecond, resolutionMs } = readers;
  const cells = ({ before, during, after }: ReplicaReads['replicas']): readonly string[] =>
    [before, during, after].map((stretch) => readCell(stretch));
  return (
    <>
      <h4>{text('report.noticed.reads')}</h4>
      <Table
        columns={[
          { heading: text('report.noticed.from') },
          { heading: text('report.trial.before'), kind: 'number' },
          { heading: text('report.trial.during'), kind: 'number' },
          { heading: text('report.trial.after'), kind: 'number' },
        ]}
        rows={[
          { key: 'replicas', cells: [text('report.noticed.fromReplicas'), ...cells(replicas)] },
          ...(formerMaster === null ? [] : [{ key: 'former', cells: [text('report.noticed.fromFormerMaster'), ...cells(formerMaster)] }]),
        ]}
      />
      <p className="caption">
        {text('report.noticed.readsCaption', { rate: formatCount(ratePerSecond), resolution: formatDuration(resolutionMs) })}
      </p>
    </>
  );
}

function readCell({ stale, reads, p95Ms, maxMs }: ReadStretch): string {
  if (reads === 0) return NO_FIGURE;
  return text('report.noticed.readCell', {
    stale: formatCount(stale),
    reads: formatCount(reads),
    p95: formatDuration(p95Ms),
    most: formatDuration(maxMs),
  });
}
