import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { predictOutageOf } from '../../../electron/shared/domain/failover.ts';
import { isFaultIn, trialSoFar, type LiveTrial } from '../../../electron/shared/domain/liveTrial.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './failover.module.css';

/** What the panel takes. */
export interface NowPanelProps {
  readonly trial: LiveTrial;
  readonly plan: ClusterPlan;
  readonly isHealing: boolean;
  readonly onHeal: () => void;
}

/** What is true at this moment: whether a server is down, how long its clients have not been served, and the way to end that. */
export function NowPanel({ trial, plan, isHealing, onHeal }: NowPanelProps): ReactNode {
  const text = useText();
  const { server } = trial;
  const { shards } = trialSoFar(trial, plan);
  const victim = shards.find(({ isVictims }) => isVictims);
  const isIn = isFaultIn(trial);
  const predicted = predictOutageOf(trial.scenario, plan.settings);
  return (
    <div className={classes['now']} data-fault={isIn}>
      <Text fw={600}>
        {trial.faultMs === null
          ? text('window.failover.noFault')
          : text(isIn ? 'window.failover.fault' : 'window.failover.fault.over', { server })}
      </Text>
      {victim === undefined || trial.faultMs === null ? null : (
        <div>
          <Text size="sm">{text('window.failover.live.clock', { shard: victim.shard })}</Text>
          {/* The figure of the chart and the table: a clock that went on by itself between two events would contradict them. */}
          <div className={classes['clock']}>{formatDuration(victim.outageMs)}</div>
          <Text size="sm" c="dimmed">
            {victim.outageMs === 0 || victim.isOut ? text('window.failover.live.out') : text('window.failover.live.back')},{' '}
            {text('window.failover.live.expected', { range: formatDurationRange(predicted.outageFromMs, predicted.outageToMs) })}
          </Text>
        </div>
      )}
      {isIn ? (
        <div>
          <Button size="lg" fullWidth loading={isHealing} onClick={onHeal} aria-describedby="triad-heal-note">
            {text(isHealing ? 'window.failover.healing' : 'window.failover.heal')}
          </Button>
          <Text size="sm" c="dimmed" mt={4} id="triad-heal-note">
            {text('window.failover.heal.note', { server })}
          </Text>
        </div>
      ) : null}
    </div>
  );
}
