import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { GAP_TARGET_MS, impactTotals, type ClientImpact } from '../../../electron/shared/domain/clientImpact.ts';
import { formatCount, formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './maintenance.module.css';

/** What clients noticed of a run: the longest wait, lost writes, and each shard behind a fold. */
export function ImpactResult({ record, title }: { readonly record: RunRecord; readonly title: string }): ReactNode {
  const text = useText();
  const impact = record.clientImpacts.at(-1);
  const wasMoved = record.clusterCommands.length > 0;
  return (
    <section className={classes['card']} aria-label={title}>
      <div className={classes['head']}>
        <h2>{title}</h2>
        {impact === undefined ? null : <VerdictMark verdict={impact.verdict} />}
      </div>
      {impact === undefined ? (
        <Text>{text(wasMoved ? 'window.maintenance.result.unmeasured' : 'window.maintenance.result.nothing')}</Text>
      ) : (
        <Measured impact={impact} durationMs={record.durationMs} />
      )}
    </section>
  );
}

function Measured({ impact, durationMs }: { readonly impact: ClientImpact; readonly durationMs: number }): ReactNode {
  const text = useText();
  const { longestGapMs, acknowledged, lost } = impactTotals(impact.shards);
  return (
    <>
      <div className={classes['figures']}>
        <Figure
          label={text('window.maintenance.result.gap')}
          value={formatDuration(longestGapMs)}
          note={text('window.maintenance.result.gapNote', { target: formatDuration(GAP_TARGET_MS) })}
        />
        <Figure
          label={text('window.maintenance.result.lost')}
          value={formatCount(lost)}
          note={text('window.maintenance.result.of', { count: formatCount(acknowledged) })}
        />
        <Figure
          label={text('window.maintenance.result.took')}
          value={formatDuration(durationMs)}
          note={text('window.maintenance.result.tookNote')}
        />
      </div>
      <ul className={classes['plain']}>
        {impact.reasons.map((reason) => (
          <li key={reason.code}>{say(reason)}</li>
        ))}
      </ul>
      <Fold summary={text('window.maintenance.result.shards')} isPlain>
        <ShardTable impact={impact} />
      </Fold>
    </>
  );
}

function Figure({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }): ReactNode {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes['value']}>{value}</div>
      <Text size="sm" c="dimmed">
        {note}
      </Text>
    </div>
  );
}

function ShardTable({ impact }: { readonly impact: ClientImpact }): ReactNode {
  const text = useText();
  const heads = ['shard', 'moved', 'wait', 'acknowledged', 'refused', 'lostShort'] as const;
  return (
    // It is wider than a small window: whoever has no mouse scrolls it by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['scroll']} role="group" aria-label={text('window.maintenance.result.shards')} tabIndex={0}>
      <table className={classes['shards']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {text(`window.maintenance.result.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {impact.shards.map(({ shard, switchovers, longestGapMs, acknowledged, refused, timedOut, lost }) => (
            <tr key={shard}>
              <th scope="row">{shard}</th>
              <td>
                {switchovers.length === 0
                  ? text('window.maintenance.result.stayed')
                  : switchovers.map(({ from, to }) => text('report.impact.move', { from, to })).join(', ')}
              </td>
              <td>{formatDuration(longestGapMs)}</td>
              <td>{formatCount(acknowledged)}</td>
              <td>{formatCount(refused + timedOut)}</td>
              <td>{formatCount(lost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
