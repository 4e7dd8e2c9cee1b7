import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import { formatCount, formatDuration, formatDurationRange } from '../domain/reportFormat.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { textWidth } from './fitText.ts';
import { ink } from './palette.ts';
import { text } from './text.ts';
import { TIMELINE, timelineGeometry, type Lane, type TimelineGeometry, type TimelineTrial } from './timelineGeometry.ts';

/** What {@link FailoverTimeline} draws. */
export interface FailoverTimelineProps {
  readonly id: string;
  readonly trial: TimelineTrial;
  /** In px at full size; the height follows. */
  readonly width?: number;
  /** What a curve of writes has at most; by default as many as can be told apart. */
  readonly mostSteps?: number | undefined;
}

/** Writes per shard above one axis, the outage as a labelled band, its expected end as a bracket, and the moments of the failover below; also while they happen. */
export function FailoverTimeline({ id, trial, width = TIMELINE.width, mostSteps }: FailoverTimelineProps): ReactElement {
  const geometry = timelineGeometry(trial, width, mostSteps);
  return (
    <FigureFrame
      id={id}
      width={geometry.width}
      height={geometry.height}
      title={text('report.timeline.title', { server: trial.server })}
      description={describeTrial(trial)}
    >
      <defs>
        <pattern id={`${id}-gap`} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill={ink('failSoft')} />
          <line x1={0} y1={0} x2={0} y2={6} stroke={ink('fail')} strokeWidth={1} opacity={0.3} />
        </pattern>
      </defs>
      <path d={geometry.ticksMs.map((ms) => `M${geometry.x(ms)},${TIMELINE.top - 6}V${geometry.axisY}`).join('')} stroke={ink('line')} />
      {geometry.lanes.map((lane) => (
        <WriteLane key={lane.shard.shard} id={id} lane={lane} geometry={geometry} />
      ))}
      <Axis geometry={geometry} />
      {geometry.now !== null && (
        <line
          className="triad-now"
          x1={geometry.now}
          x2={geometry.now}
          y1={TIMELINE.top - 6}
          y2={geometry.axisY}
          stroke={ink('ink')}
          strokeWidth={1.5}
        />
      )}
      <Marks geometry={geometry} />
      {geometry.predicted !== null && <Predicted span={geometry.predicted} y={geometry.axisY + TIMELINE.axis} trial={trial} />}
    </FigureFrame>
  );
}

function describeTrial(trial: TimelineTrial): string {
  const range = formatDurationRange(trial.predicted.outageFromMs, trial.predicted.outageToMs);
  const outages = trial.shards.map((shard) =>
    text('report.timeline.describe', { shard: shard.shard, outage: formatDuration(shard.outageMs), range }),
  );
  if (trial.marks.length === 0) return outages.join(' ');
  const marks = trial.marks.map((mark) => `${mark.label} ${formatDuration(mark.atMs)}`);
  return [...outages, `${marks.join(', ')}.`].join(' ');
}

interface LaneProps {
  readonly id: string;
  readonly lane: Lane;
  readonly geometry: TimelineGeometry;
}

function WriteLane({ id, lane, geometry }: LaneProps): ReactElement {
  const { shard, outage, top } = lane;
  const floor = top + TIMELINE.lane;
  const isFirst = top === TIMELINE.top;
  return (
    <Group className={shard.isVictims ? 'triad-lane triad-victim' : 'triad-lane'}>
      <text x={0} y={top + 18} fontSize={12.5} fontWeight={600} fill={ink('ink')}>
        {text('report.timeline.lane', { shard: shard.shard })}
      </text>
      <text x={0} y={top + 34} fontSize={11} fill={ink(shard.isVictims ? 'fail' : 'muted')}>
        {text(shard.isVictims ? 'report.timeline.laneLost' : 'report.timeline.laneKept')}
      </text>
      {isFirst && (
        <text x={0} y={top + 50} fontSize={11} fill={ink('muted')}>
          {text('report.timeline.scale', { rate: formatCount(geometry.scaleEndPerSecond) })}
        </text>
      )}
      {outage !== null && (
        <rect
          className="triad-outage"
          x={outage.from}
          width={Math.max(outage.to - outage.from, 1)}
          y={top}
          height={TIMELINE.lane}
          fill={shard.isVictims ? `url(#${id}-gap)` : ink('warnSoft')}
        />
      )}
      {lane.acknowledged !== '' && <path d={lane.acknowledged} fill={ink('areaSoft')} stroke={ink('area')} strokeWidth={1} />}
      {lane.failed !== '' && <path className="triad-failed-writes" d={lane.failed} fill={ink('fail')} opacity={0.6} />}
      {outage !== null && <OutageLabel lane={lane} from={outage.from} to={outage.to} right={geometry.right} />}
      <line x1={TIMELINE.left} x2={geometry.right} y1={floor} y2={floor} stroke={ink('edge')} />
    </Group>
  );
}

/** The length of the outage on its band; where the band is too narrow, beside it. */
function OutageLabel({
  lane,
  from,
  to,
  right,
}: {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly right: number;
}): ReactElement {
  const words = text('report.timeline.outage', { outage: formatDuration(lane.shard.outageMs) });
  const size = lane.shard.isVictims ? 12.5 : 11;
  const width = textWidth(words, size) + 14;
  const fits = width <= to - from;
  const middle = fits ? (from + to) / 2 : Math.min(to + 6 + width / 2, right - width / 2);
  const y = lane.top + 20;
  return (
    <Group left={middle} top={y}>
      <rect x={-width / 2} y={-14} width={width} height={20} rx={4} fill={ink('page')} opacity={0.92} />
      <text
        textAnchor="middle"
        fontSize={size}
        fontWeight={lane.shard.isVictims ? 650 : 400}
        fill={ink(lane.shard.isVictims ? 'fail' : 'warn')}
      >
        {words}
      </text>
    </Group>
  );
}

function Axis({ geometry }: { readonly geometry: TimelineGeometry }): ReactElement {
  const ticks = geometry.ticksMs.map((ms) => ({ x: geometry.x(ms), words: `${ms < 0 ? '−' : ''}${Math.abs(ms) / 1000}` }));
  return (
    <Group>
      {ticks
        // The first may stand at the very edge, and would reach into the title of the axis.
        .filter(({ x, words }) => x - textWidth(words, TIMELINE.tick) / 2 >= TIMELINE.left)
        .map(({ x, words }) => (
          <text key={words} x={x} y={12} fontSize={TIMELINE.tick} textAnchor="middle" fill={ink('muted')}>
            {words}
          </text>
        ))}
      <text x={0} y={12} fontSize={TIMELINE.tick} fill={ink('muted')}>
        {text('report.timeline.axis')}
      </text>
    </Group>
  );
}

function Predicted({
  span,
  y,
  trial,
}: {
  readonly span: { readonly from: number; readonly to: number };
  readonly y: number;
  readonly trial: TimelineTrial;
}): ReactElement {
  const words = text('report.timeline.predicted');
  return (
    <Group className="triad-predicted">
      <title>{`${words}: ${formatDurationRange(trial.predicted.outageFromMs, trial.predicted.outageToMs)}`}</title>
      <path d={`M${span.from},${y + 6} V${y} H${span.to} V${y + 6}`} fill="none" stroke={ink('muted')} strokeWidth={1.5} />
      <text
        x={span.from - 6}
        y={y + 6}
        fontSize={11}
        textAnchor="end"
        fill={ink('muted')}
        stroke={ink('page')}
        strokeWidth={5}
        paintOrder="stroke"
      >
        {words}
      </text>
    </Group>
  );
}

function Marks({ geometry }: { readonly geometry: TimelineGeometry }): ReactElement {
  return (
    <Group className="triad-marks">
      {geometry.marks.map((mark) => {
        const y = geometry.labelsY + mark.row * TIMELINE.labelRow;
        return (
          <Group key={mark.name}>
            <title>{mark.explanation}</title>
            <line x1={mark.x} x2={mark.x} y1={geometry.axisY} y2={y + 13} stroke={ink('edge')} />
            <circle cx={mark.x} cy={geometry.axisY - 1} r={3.25} fill={ink('page')} stroke={ink('ink')} strokeWidth={1.5} />
            <text x={mark.x + 5} y={y + 13} fontSize={TIMELINE.label} fill={ink('ink')}>
              {mark.label}
              <tspan dx={4} fill={ink('muted')}>
                {mark.time}
              </tspan>
            </text>
          </Group>
        );
      })}
    </Group>
  );
}
