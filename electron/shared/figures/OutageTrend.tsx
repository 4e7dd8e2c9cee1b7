import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import { formatDuration, formatDurationRange } from '../domain/reportFormat.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { outageTrendGeometry, TREND, trendServers, type PlacedLane, type TrendLane } from './trendGeometry.ts';
import { ink } from './palette.ts';
import { text } from './text.ts';

/** What {@link OutageTrend} draws: one lane a scenario, and a label for every run. */
export interface OutageTrendProps {
  readonly id: string;
  readonly title: string;
  readonly lanes: readonly TrendLane[];
  readonly runLabels: readonly string[];
}

/** The outage of every trial over the runs of a cluster, each server with its own shape, before the band that its settings predicted. */
export function OutageTrend({ id, title, lanes, runLabels }: OutageTrendProps): ReactElement {
  const geometry = outageTrendGeometry(lanes, runLabels.length);
  const servers = trendServers(lanes);
  return (
    <FigureFrame id={id} width={geometry.width} height={geometry.height} title={title} description={describe(lanes, runLabels)}>
      {geometry.lanes.map((lane) => (
        <Lane key={lane.title} lane={lane} servers={servers} />
      ))}
      {geometry.runX.map((x, run) => (
        <text key={runLabels[run]} x={x} y={geometry.height - TREND.dates} fontSize={TREND.label} textAnchor="middle" fill={ink('muted')}>
          {runLabels[run]}
        </text>
      ))}
    </FigureFrame>
  );
}

function Lane({ lane, servers }: { readonly lane: PlacedLane; readonly servers: readonly string[] }): ReactElement {
  const { title, top, floor, ticks, bands, lines, points, labels } = lane;
  const right = TREND.width - TREND.right;
  return (
    <Group className="triad-trend">
      <text x={0} y={top - 12} fontSize={12.5} fontWeight={600} fill={ink('ink')}>
        {title}
      </text>
      {ticks.map(({ y, label }) => (
        <Group key={label}>
          <line x1={TREND.left} x2={right} y1={y} y2={y} stroke={ink(y === floor ? 'edge' : 'line')} />
          <text x={TREND.left - 8} y={y + 4} fontSize={TREND.label} textAnchor="end" fill={ink('muted')}>
            {label}
          </text>
        </Group>
      ))}
      {bands.map(({ run, x, y, width, height }) => (
        <rect key={run} className="triad-predicted" x={x} y={y} width={width} height={height} fill={ink('areaSoft')} />
      ))}
      {lines.map(({ server, path }) => (
        <path key={server} d={path} fill="none" stroke={ink('edge')} strokeWidth={1.25} />
      ))}
      {points.map(({ point, run, x, y }) => (
        <Group key={`${run} ${point.server} ${point.round}`} className="triad-outage-point">
          <title>{`${point.server}: ${formatDuration(point.outageMs)}`}</title>
          <TrendShape shape={servers.indexOf(point.server)} x={x} y={y} isBad={point.verdict !== 'pass'} />
        </Group>
      ))}
      {labels.map(({ run, x, y, text: words }) => (
        <text
          key={run}
          x={x}
          y={y}
          fontSize={TREND.label}
          textAnchor="middle"
          fill={ink('ink')}
          stroke={ink('page')}
          strokeWidth={3}
          paintOrder="stroke"
        >
          {words}
        </text>
      ))}
    </Group>
  );
}

/** The mark of a server: circle, square, triangle, so that three can be told in grey. One that did not pass is filled with the colour of failures. */
export function TrendShape({
  shape,
  x,
  y,
  isBad,
}: {
  readonly shape: number;
  readonly x: number;
  readonly y: number;
  readonly isBad: boolean;
}): ReactElement {
  const size = TREND.dot;
  const look = { fill: ink(isBad ? 'fail' : 'master'), stroke: ink('page'), strokeWidth: 1.25 };
  switch (shape % 3) {
    case 0:
      return <circle cx={x} cy={y} r={size} {...look} />;
    case 1:
      return <rect x={x - size} y={y - size} width={size * 2} height={size * 2} {...look} />;
    default:
      return <path d={`M${x},${y - size * 1.2} L${x + size * 1.15},${y + size} L${x - size * 1.15},${y + size} Z`} {...look} />;
  }
}

function describe(lanes: readonly TrendLane[], runLabels: readonly string[]): string {
  return lanes
    .flatMap(({ title, runs }) =>
      runs.flatMap((trials, run) =>
        trials.map(({ server, outageMs, predicted }) =>
          text('report.trend.describe', {
            run: runLabels[run] ?? '',
            server,
            scenario: title,
            outage: formatDuration(outageMs),
            range: formatDurationRange(predicted.outageFromMs, predicted.outageToMs),
          }),
        ),
      ),
    )
    .join(' ');
}
