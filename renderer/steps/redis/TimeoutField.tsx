import type { ReactNode } from 'react';
import { nodeTimeoutMsOf } from '../../../electron/shared/domain/draftValues.ts';
import { predictOutage } from '../../../electron/shared/domain/failover.ts';
import { formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { useDraft } from '../../state/draft.ts';
import { NumberField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './redis.module.css';

/** Below, pauses of virtual machines count as losses; above, clients give up before a failover ends. Milliseconds. */
const SHORT_MS = 2000;
const LONG_MS = 15_000;

/** The node timeout, and beside it how long a failover then takes. */
export function TimeoutField(): ReactNode {
  const text = useText();
  const draft = useDraft((open) => open.draft);
  const edit = useDraft((open) => open.edit);
  const nodeTimeoutMs = nodeTimeoutMsOf(draft);
  return (
    <>
      <NumberField
        label={text('window.redis.timeout')}
        help={text('window.redis.timeout.help')}
        path="redis.nodeTimeoutMs"
        value={draft.redis.nodeTimeoutMs}
        unit={text('window.redis.timeout.unit')}
        note={nodeTimeoutMs === null ? null : <TimeoutNote nodeTimeoutMs={nodeTimeoutMs} />}
        onChange={(value) => {
          edit((before) => ({ ...before, redis: { ...before.redis, nodeTimeoutMs: value } }));
        }}
      />
      {nodeTimeoutMs === null ? null : <FailoverScale nodeTimeoutMs={nodeTimeoutMs} />}
    </>
  );
}

function TimeoutNote({ nodeTimeoutMs }: { readonly nodeTimeoutMs: number }): ReactNode {
  const text = useText();
  const { outageFromMs, outageToMs } = predictOutage(nodeTimeoutMs);
  const warning = nodeTimeoutMs < SHORT_MS ? 'short' : nodeTimeoutMs > LONG_MS ? 'long' : null;
  return (
    <span className={classes['lines']}>
      <strong className={classes['predicted']}>
        {text('window.redis.timeout.predicted', { range: formatDurationRange(outageFromMs, outageToMs) })}
      </strong>
      <span>{text('window.redis.timeout.meanwhile')}</span>
      <span>{text('window.redis.timeout.trade')}</span>
      {warning === null ? null : <VerdictMark verdict="warn" label={text(`window.redis.timeout.${warning}`)} />}
    </span>
  );
}

/** Ends of the scale, milliseconds: the first one that holds the range is taken. */
const SCALES = [15_000, 30_000, 60_000, 200_000] as const;

/** The same range as a picture: the whole is a stretch of time, the bar the moments at which the failover is expected. */
function FailoverScale({ nodeTimeoutMs }: { readonly nodeTimeoutMs: number }): ReactNode {
  const text = useText();
  const { outageFromMs, outageToMs } = predictOutage(nodeTimeoutMs);
  const end = SCALES.find((scale) => outageToMs <= scale) ?? SCALES[3];
  const x = (ms: number): number => 8 + (ms / end) * 284;
  const ticks = [0, 1, 2, 3].map((part) => (end / 3) * part);
  return (
    <svg
      viewBox="0 0 300 44"
      className={classes['scale']}
      role="img"
      aria-label={`${text('window.redis.timeout.scale')}: ${formatDurationRange(outageFromMs, outageToMs)}`}
    >
      <line x1={x(0)} x2={x(end)} y1={20} y2={20} stroke="var(--triad-edge)" />
      <rect x={x(0)} y={9} width={x(outageFromMs) - x(0)} height={11} fill="var(--triad-areaSoft)" />
      <rect x={x(outageFromMs)} y={6} width={x(outageToMs) - x(outageFromMs)} height={14} rx={2} fill="var(--triad-master)" />
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={20} y2={25} stroke="var(--triad-edge)" />
          <text
            x={x(tick)}
            y={38}
            fontSize={11}
            fill="var(--triad-muted)"
            textAnchor={tick === 0 ? 'start' : tick === end ? 'end' : 'middle'}
          >
            {Math.round(tick / 1000)} s
          </text>
        </g>
      ))}
    </svg>
  );
}
