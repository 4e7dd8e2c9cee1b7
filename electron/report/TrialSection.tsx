import type { ReactElement } from 'react';
import type { Report } from '../shared/domain/report.ts';
import { formatCount, formatDuration, formatDurationRange } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { inRound, namedTrials, type NamedTrial } from './namedTrials.ts';
import { isIn, type PageDetail } from './pageDetail.ts';
import { Section } from './Section.tsx';
import { Table, type TableProps } from './Table.tsx';
import { ThinnedNote } from './ThinnedNote.tsx';
import { TrialArticle } from './TrialArticle.tsx';
import { trialId } from './TrialLayouts.tsx';
import { VerdictMark } from './VerdictMark.tsx';

/** All trials: a table of their figures first, then each with its pictures, as far as `detail` has room for them. */
export function TrialSection({ report, detail }: { readonly report: Report; readonly detail: PageDetail }): ReactElement {
  const trials = namedTrials(report.failover.trials);
  return (
    <Section id="failover" title={text('report.section.failover')}>
      <ThinnedNote report={report} detail={detail} />
      <Table
        className="figures"
        columns={[
          { heading: text('report.trial.server') },
          { heading: text('report.trial.scenario') },
          { heading: text('report.page.verdict') },
          { heading: text('report.trial.outage'), kind: 'number' },
          { heading: text('report.trial.expected'), kind: 'number' },
          { heading: text('report.trial.detected'), kind: 'number' },
          { heading: text('report.trial.promoted'), kind: 'number' },
          { heading: text('report.trial.restored'), kind: 'number' },
          { heading: text('report.trial.acknowledged'), kind: 'number' },
          { heading: text('report.trial.refused'), kind: 'number' },
          { heading: text('report.trial.timedOut'), kind: 'number' },
          { heading: text('report.trial.lostWrites'), kind: 'number' },
        ]}
        rows={trials.flatMap((trial, index) => (isIn(detail.rows, index) ? [figuresOf(trial, index, isIn(detail.parts, index))] : []))}
      />
      <p className="caption">{text('report.trial.caption')}</p>
      {trials.map(
        ({ name }, index) =>
          isIn(detail.parts, index) && (
            <TrialArticle key={name} trials={trials} index={index} timeZone={report.when.timeZone} detail={detail} />
          ),
      )}
    </Section>
  );
}

/** A row of figures; it leads to the trial's own part where the page has that. */
function figuresOf({ trial, round }: NamedTrial, index: number, hasPart: boolean): TableProps['rows'][number] {
  const server = inRound(trial.server, round);
  return {
    key: `${index} ${trial.server}`,
    cells: [
      hasPart ? (
        <a key="link" href={`#${trialId(index)}`}>
          {server}
        </a>
      ) : (
        server
      ),
      trial.scenarioTitle,
      <VerdictMark key="verdict" verdict={trial.verdict} />,
      <strong key="outage">{formatDuration(trial.outageMs)}</strong>,
      formatDurationRange(trial.predicted.outageFromMs, trial.predicted.outageToMs),
      formatDuration(trial.detectedMs),
      formatDuration(trial.promotedMs),
      formatDuration(trial.restoredMs),
      formatCount(trial.acknowledgedWrites),
      formatCount(trial.refusedWrites),
      formatCount(trial.timedOutWrites),
      <strong key="lost">{formatCount(trial.lostWrites)}</strong>,
    ],
  };
}
