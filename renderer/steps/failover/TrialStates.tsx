import { IconCircleDashed, IconPointFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import type { TriedServer } from '../../../electron/shared/domain/triedServers.ts';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './failover.module.css';

/** What the list of servers takes. */
export interface TrialStatesProps {
  readonly record: RunRecord;
  /** The server whose trial goes on; null: none. */
  readonly current: string | null;
  /** The servers that this test was started for; null when that is not known, after a reload. */
  readonly chosen: readonly string[] | null;
  /** Each server with its last trial: what earlier tests proved stays true. */
  readonly tried: readonly TriedServer[];
}

/** The servers in their order: tried with which outage, going on, or still to come. */
export function TrialStates({ record, current, chosen, tried }: TrialStatesProps): ReactNode {
  const text = useText();
  const stateOf = (server: string): ReactNode => {
    const trial = record.trials.find((one) => one.server === server);
    if (trial !== undefined)
      return (
        <>
          <VerdictMark verdict={trial.verdict} />
          <span className={classes['number']}>{formatDuration(trial.outageMs)}</span>
        </>
      );
    if (server === current)
      return (
        <span className={classes['going']}>
          <IconPointFilled size="1em" aria-hidden />
          {text('window.failover.going')}
        </span>
      );
    const earlier = tried.find((one) => one.server === server)?.trial ?? null;
    const waits = record.finishedAt === null && chosen?.includes(server) === true;
    if (earlier !== null && !waits)
      return (
        <>
          <VerdictMark verdict={earlier.verdict} />
          <span className={classes['number']}>{formatDuration(earlier.outageMs)}</span>
          <span className={classes['earlier']}>{text('window.failover.earlier', { at: minuteOf(earlier.startedAt) })}</span>
        </>
      );
    return (
      <span className={classes['waiting']}>
        <IconCircleDashed size="1em" aria-hidden />
        {text(waits ? 'window.failover.waiting' : 'window.failover.notRun')}
      </span>
    );
  };
  return (
    <ol className={classes['states']} aria-label={text('window.failover.trials')}>
      {record.plan.servers.map(({ name }) => (
        <li key={name} className={classes['state']} aria-current={name === current ? 'step' : undefined}>
          <span className={classes['server']}>{name}</span>
          {stateOf(name)}
        </li>
      ))}
    </ol>
  );
}
