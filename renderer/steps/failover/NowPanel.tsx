import { Button, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { predictOutage } from '../../../electron/shared/domain/failover.ts';
import { isFaultIn, trialSoFar, type LiveTrial } from '../../../electron/shared/domain/liveTrial.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './failover.module.css';

/** What the panel takes. */
export interface NowPanelProps {
  readonly trial: LiveTrial;
  readonly plan: ClusterPlan;
  /** When the newest event came, on `performance.now()`'s clock: in between, the clock of an outage goes on by itself. */
  readonly arrivedMs: number;
  readonly isHealing: boolean;
  readonly onHeal: () => void;
}

/** Events come every 250 ms; when they stay out for longer than this, a clock that went on would only be a guess. */
const MOST_AHEAD_MS = 1000;

/** What is true at this moment: whether a server is down, how long its clients have not been served, and the way to end that. */
export function NowPanel({ trial, plan, arrivedMs, isHealing, onHeal }: NowPanelProps): ReactNode {
  const text = useText();
  const { server } = trial;
  const { shards } = trialSoFar(trial, plan);
  const victim = shards.find(({ isVictims }) => isVictims);
  const isIn = isFaultIn(trial);
  const aheadMs = useAheadMs(victim?.isOut === true && isIn, arrivedMs);
  const predicted = predictOutage(plan.settings.nodeTimeoutMs);
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
          <div className={classes['clock']}>{formatDuration(victim.outageMs + aheadMs)}</div>
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

/** How much later it is than the newest event, for a clock that must not stutter; 0 when it does not run. */
function useAheadMs(isRunning: boolean, arrivedMs: number): number {
  const [nowMs, setNowMs] = useState(arrivedMs);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      setNowMs(performance.now());
    }, 100);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return isRunning ? Math.min(Math.max(0, nowMs - arrivedMs), MOST_AHEAD_MS) : 0;
}
