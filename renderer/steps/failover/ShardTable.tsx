import type { ReactNode } from 'react';
import { trialSoFar, type LiveTrial } from '../../../electron/shared/domain/liveTrial.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatCount, formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './failover.module.css';

/** The figures behind the picture of a trial that goes on: what each shard acknowledges now, and its longest silence since the fault. */
export function ShardTable({ trial, plan }: { readonly trial: LiveTrial; readonly plan: ClusterPlan }): ReactNode {
  const text = useText();
  const { shards } = trialSoFar(trial, plan);
  const last = trial.samples.at(-1);
  const rateOf = (shard: number): number | null => {
    const counts = last?.shards.find((one) => one.shard === shard);
    return last === undefined || counts === undefined || last.toMs <= last.fromMs
      ? null
      : (counts.acknowledged * 1000) / (last.toMs - last.fromMs);
  };
  return (
    <table className={classes['shards']}>
      <caption>{text('window.failover.live.shards')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('window.failover.live.shard')}</th>
          <th scope="col">{text('window.failover.live.rate')}</th>
          <th scope="col">{text('window.failover.live.outage')}</th>
        </tr>
      </thead>
      <tbody>
        {shards.map(({ shard, isVictims, outageMs }) => (
          <tr key={shard}>
            <th scope="row">{isVictims && trial.faultMs !== null ? text('window.failover.live.lost', { shard }) : shard}</th>
            <td>{formatCount(rateOf(shard))}</td>
            <td>{formatDuration(outageMs === 0 ? null : outageMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
