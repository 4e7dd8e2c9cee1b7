import { Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { FailoverTrial } from '../../../electron/shared/domain/failover.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatCount, formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOf } from '../../../electron/shared/domain/reportLayout.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { say } from '../../../electron/shared/messages/message.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { finishedTimeline } from './timelineOf.ts';
import { Timeline } from './Timeline.tsx';
import classes from './failover.module.css';

/** A trial that is over: its verdict, why, its three figures, and its pictures behind a fold. */
export function TrialResult({
  trial,
  plan,
  isOpen = false,
}: {
  readonly trial: FailoverTrial;
  readonly plan: ClusterPlan;
  readonly isOpen?: boolean;
}): ReactNode {
  const text = useText();
  const id = useId();
  const { server, predicted, layouts } = trial;
  return (
    <section className={classes['result']} aria-labelledby={id}>
      <div className={classes['resultHead']}>
        <h2 id={id}>{text('report.trial.heading', { server, scenario: say({ code: `scenario.${trial.scenario}`, values: {} }) })}</h2>
        <VerdictMark verdict={trial.verdict} />
      </div>
      <div className={classes['figures']}>
        <Figure
          label={text('window.failover.result.outage')}
          value={formatDuration(trial.outageMs)}
          note={text('window.failover.result.expected', { range: formatDurationRange(predicted.outageFromMs, predicted.outageToMs) })}
        />
        <Figure
          label={text('window.failover.result.lostWrites')}
          value={formatCount(trial.lostWrites)}
          note={text('window.failover.result.ofWrites', { count: formatCount(trial.acknowledgedWrites) })}
        />
        <Figure
          label={text('window.failover.result.restored')}
          value={formatDuration(trial.restoredMs)}
          note={text('window.failover.result.afterLoss')}
        />
      </div>
      <ul className={classes['reasons']}>
        {trial.reasons.map((reason) => (
          <li key={reason.code + JSON.stringify(reason.values)}>{say(reason)}</li>
        ))}
      </ul>
      <Fold summary={text('window.failover.result.picture')} isOpenAtFirst={isOpen} isPlain>
        <div className={classes['pictures']}>
          {(['before', 'during', 'after'] as const).map((moment) => {
            const view = layouts[moment];
            return view === null ? null : (
              <figure key={moment}>
                <figcaption>{text(`report.layout.${moment}`)}</figcaption>
                <Topology
                  id={`${server}-${moment}`}
                  layout={layoutOf(plan, view, moment)}
                  title={text('window.failover.live', { server })}
                />
              </figure>
            );
          })}
        </div>
        <Timeline id={`${server}-timeline`} trial={finishedTimeline(trial)} />
      </Fold>
    </section>
  );
}

function Figure({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }): ReactNode {
  return (
    <div className={classes['figure']}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes['figureValue']}>{value}</div>
      <Text size="sm" c="dimmed">
        {note}
      </Text>
    </div>
  );
}
