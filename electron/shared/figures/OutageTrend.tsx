import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import { formatDuration, formatDurationRange } from '../domain/reportFormat.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { outageTrendGeometry, TREND, type TrendLane } from './trendGeometry.ts';
import { ink } from './palette.ts';
import { text } from './text.ts';

/** What {@link OutageTrend} draws: the trials of one scenario, and a label for every run of them. */
export interface OutageTrendProps {
  readonly id: string;
  readonly lane: TrendLane;
  readonly runLabels: readonly string[];
  /** All servers of the page: each has the same shape in every figure of it. */
  readonly servers: readonly string[];
}

/** The outage of every trial of a scenario over the runs of a cluster, each server with its own shape, before the band that its settings predicted. */
export function OutageTrend({ id, lane, runLabels, servers }: OutageTrendProps): ReactElement {
  const { width, height, floor, ticks, bands, lines, points, labels, dates, areDatesUpright } = outageTrendGeometry(lane, runLabels);
  const right = width - TREND.right;
  return (
    <FigureFrame id={id} width={width} height={height} title={lane.title} description={describe(lane, runLabels)}>
      {ticks.map(({ y, label }) => (
        <Group key={label}>
          <line x1={TREND.left} x2={right} y1={y} y2={y} stroke={ink(y === floor ? 'edge' : 'line')} />
          <text x={TREND.left - 8} y={y + 4} fontSize={TREND.label} textAnchor="end" fill={ink('muted')}>
            {label}
          </text>
        </Group>
      ))}
      {bands.map((band) => (
        <rect
          key={band.run}
          className="triad-predicted"
          x={band.x}
          y={band.y}
          width={band.width}
          height={band.height}
          fill={ink('areaSoft')}
        />
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
          className="triad-trend-label"
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
      {dates.map(({ run, x, y, text: words }) => (
        <text
          key={run}
          className="triad-trend-date"
          fontSize={TREND.label}
          fill={ink('muted')}
          {...(areDatesUpright
            ? { transform: `translate(${x + TREND.label * 0.35},${y}) rotate(-90)`, textAnchor: 'end' }
            : { x, y, textAnchor: 'middle' })}
        >
          {words}
        </text>
      ))}
    </FigureFrame>
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

function describe({ title, runs }: TrendLane, runLabels: readonly string[]): string {
  return runs
    .flatMap((trials, run) =>
      trials.map(({ server, outageMs, predicted }) =>
        text('report.trend.describe', {
          run: runLabels[run] ?? '',
          server,
          scenario: title,
          outage: formatDuration(outageMs),
          range: formatDurationRange(predicted.outageFromMs, predicted.outageToMs),
        }),
      ),
    )
    .join(' ');
}
