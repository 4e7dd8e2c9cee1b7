import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { liveLayout } from '../../../electron/shared/domain/liveTrial.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOf, plannedLayout, type ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { markWords } from '../../../electron/shared/domain/markMessage.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { say } from '../../../electron/shared/messages/message.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { progressKey } from '../../state/runFold.ts';
import type { RunState } from '../../state/runs.ts';
import { Loading } from '../../widgets/Loading.tsx';
import { textOf, useText } from '../../widgets/useText.ts';
import { NowPanel } from './NowPanel.tsx';
import { ShardTable } from './ShardTable.tsx';
import { Timeline } from './Timeline.tsx';
import { liveTimeline } from './timelineOf.ts';
import classes from './failover.module.css';

/** A test while it goes on: the roles as they are, the writes and the moments, and what can be done about it. */
export function LiveTest({
  run,
  record,
  onHeal,
}: {
  readonly run: RunState;
  readonly record: RunRecord;
  readonly onHeal: () => void;
}): ReactNode {
  const text = useText();
  const { plan } = record;
  const { trial } = run.live;
  const lastMark = trial?.marks.at(-1);
  return (
    <div className={classes['live']}>
      <Loading what={doingNow(run, record)} />
      {trial === null ? null : (
        <section aria-label={text('window.failover.live', { server: trial.server })}>
          {/* What changes by itself is told once, by its newest moment, and not with every tick of the clock. */}
          <VisuallyHidden role="status">
            {lastMark === undefined
              ? ''
              : text('window.failover.live.mark', {
                  mark: say(markWords(trial.scenario, lastMark.name).label),
                  time: formatDuration(Math.max(0, lastMark.atMs)),
                })}
          </VisuallyHidden>
          <div className={classes['stage']}>
            <div className={classes['roles']}>
              <Topology
                id="live-roles"
                layout={liveLayout(trial, plan) ?? layoutBefore(record)}
                title={text('window.failover.live.layout')}
                width={520}
              />
            </div>
            <NowPanel trial={trial} plan={plan} isHealing={run.isCancelling} onHeal={onHeal} />
          </div>
          <Timeline id="live-timeline" trial={liveTimeline(trial, plan)} />
          <ShardTable trial={trial} plan={plan} />
        </section>
      )}
    </div>
  );
}

function layoutBefore({ plan, views }: RunRecord): ClusterLayout {
  return views.before === null ? plannedLayout(plan) : layoutOf(plan, views.before, 'before');
}

/** What happens now, in words: what a trial says of itself, else the name of the phase. */
function doingNow({ live }: RunState, record: RunRecord): string {
  const phase = record.phases.findLast(({ outcome }) => outcome === null)?.phase;
  if (phase === undefined) return textOf('window.failover.preparing');
  const [id = phase, server] = phase.split(':');
  const told = live.progress.get(progressKey(phase, null));
  if (server !== undefined)
    return textOf('window.failover.live.now', { server, doing: told === undefined ? titleOf('phase', id) : say(told) });
  return id === 'verifyCluster' ? textOf('window.failover.verifying') : titleOf('phase', id);
}
