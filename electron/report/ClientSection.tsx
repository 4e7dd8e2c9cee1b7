import type { ReactElement } from 'react';
import type { Report, ReportClientImpact } from '../shared/domain/report.ts';
import { formatCount, formatDuration, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { Section } from './Section.tsx';
import { Table } from './Table.tsx';
import { VerdictMark } from './VerdictMark.tsx';

/** What clients noticed of each piece of planned work, shard by shard. */
export function ClientSection({ report }: { readonly report: Report }): ReactElement {
  return (
    <Section id="clients" title={text('report.section.clients')}>
      {report.clientImpacts.map((impact, index) => (
        <Impact key={`${index} ${impact.moment}`} impact={impact} />
      ))}
    </Section>
  );
}

function Impact({ impact }: { readonly impact: ReportClientImpact }): ReactElement {
  return (
    <article className="trial">
      <div className="trial-head">
        <h3>{impact.title}</h3>
        <VerdictMark verdict={impact.verdict} />
      </div>
      <ul className="reasons">
        {impact.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <Table
        className="figures"
        columns={[
          { heading: text('report.trial.shard') },
          { heading: text('report.impact.moves') },
          { heading: text('report.impact.gap'), kind: 'number' },
          { heading: text('report.trial.acknowledged'), kind: 'number' },
          { heading: text('report.trial.refused'), kind: 'number' },
          { heading: text('report.trial.timedOut'), kind: 'number' },
          { heading: text('report.trial.lostWrites'), kind: 'number' },
        ]}
        rows={impact.shards.map((shard) => ({
          key: String(shard.shard),
          cells: [
            shard.shard,
            shard.switchovers.length === 0
              ? NO_FIGURE
              : shard.switchovers.map(({ from, to }) => text('report.impact.move', { from, to })).join(', '),
            <strong key="gap">{formatDuration(shard.longestGapMs)}</strong>,
            formatCount(shard.acknowledged),
            formatCount(shard.refused),
            formatCount(shard.timedOut),
            <strong key="lost">{formatCount(shard.lost)}</strong>,
          ],
        }))}
      />
      <p className="caption">
        {text('report.impact.caption', { rate: impact.ratePerSecond })} {text(`report.route.${impact.route}`)}
      </p>
    </article>
  );
}
