import type { ReactElement } from 'react';
import type { ReportTrial } from '../shared/domain/report.ts';
import { formatDecimal, formatDuration, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { wordsOfLine } from '../shared/domain/redisLog.ts';
import type { TrialClock } from '../shared/domain/trialLogs.ts';
import { text } from '../shared/figures/text.ts';
import { Disclosure } from './Disclosure.tsx';
import { Table, type Column } from './Table.tsx';

/** What the nodes logged of a trial, all in one order, and the clocks by which it was put there. Nothing for a trial of an older version. */
export function TrialLogs({ trial }: { readonly trial: ReportTrial }): ReactElement | null {
  const { logs = [], clocks = [] } = trial;
  if (logs.length === 0) return null;
  const lines = logs
    .flatMap(({ node, lines: ofNode }) => ofNode.flatMap((line) => (line.what === null ? [] : [{ ...line, node }])))
    .toSorted((one, other) => (one.atMs ?? Infinity) - (other.atMs ?? Infinity));
  const untold = logs.flatMap(({ node, state }) => (state === 'read' ? [] : [text(`report.trial.log.${state}`, { node })]));
  return (
    <Disclosure summary={text('report.trial.logs', { count: lines.length })} className="data behind">
      <Table
        columns={[
          { heading: text('report.trial.atTime'), kind: 'number' },
          { heading: text('report.trial.node'), kind: 'narrow' },
          { heading: text('report.trial.line'), kind: 'code' },
        ]}
        rows={lines.map(({ atMs, node, text: line }, index) => ({ key: String(index), cells: [exact(atMs), node, line] }))}
      />
      {untold.length > 0 && <p className="caption">{untold.join(' ')}</p>}
      <p className="caption">{text('report.trial.logsKept')}</p>
      <Clocks clocks={clocks} />
    </Disclosure>
  );
}

/** Why no clock holds for the whole trial. */
const CLOCK_WORDS = {
  measured: 'report.trial.clockUnknown',
  once: 'report.trial.clockUnknown',
  set: 'report.trial.clockSet',
  booted: 'report.trial.clockBooted',
  unknown: 'report.trial.clockUnknown',
} as const;

function Clocks({ clocks }: { readonly clocks: readonly TrialClock[] }): ReactElement {
  return (
    <>
      <h4>{text('report.trial.clocks')}</h4>
      <Table
        columns={[
          { heading: text('report.trial.server') },
          { heading: text('report.trial.clockBefore'), kind: 'number' },
          { heading: text('report.trial.clockAfter'), kind: 'number' },
          { heading: text('report.trial.uncertainty'), kind: 'number' },
        ]}
        rows={clocks.map(({ server, before, after, during, state }) => ({
          key: server,
          cells: [
            server,
            exact(before?.offsetMs ?? null),
            exact(after?.offsetMs ?? null),
            during === null ? text(CLOCK_WORDS[state]) : exact(during.uncertaintyMs),
          ],
        }))}
      />
    </>
  );
}

/** Milliseconds to a tenth: what is compared here lies milliseconds apart. */
function exact(ms: number | null): string {
  return ms === null ? NO_FIGURE : `${formatDecimal(ms, 1)} ms`;
}

/** The columns of {@link logCells}. */
export function logColumns(): readonly Column[] {
  return [
    { heading: text('report.trial.inTheLog'), kind: 'number' },
    { heading: text('report.trial.seenLater'), kind: 'number' },
    { heading: text('report.trial.logSays') },
  ];
}

/** When a mark was according to the log, how much later it was seen, and who logged what; no figures where no log knows of it. */
export function logCells(trial: ReportTrial, name: string): readonly string[] {
  const told = trial.logMarks?.find((mark) => mark.name === name);
  if (told === undefined) return [NO_FIGURE, NO_FIGURE, ''];
  const { atMs, seenAfterMs, node, line } = told;
  return [
    formatDuration(Math.round(atMs)),
    seenAfterMs === null ? NO_FIGURE : `${formatDecimal(seenAfterMs, 0)} ms`,
    // The first digits of a node id tell it from the five others; the whole line stands below.
    `${node}: ${wordsOfLine(line).replaceAll(/([0-9a-f]{8})[0-9a-f]{32}/gu, '$1…')}`,
  ];
}
