import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import { formatSlots } from '../domain/reportFormat.ts';
import type { ClusterLayout, LayoutNode } from '../domain/reportLayout.ts';
import { FigureFrame } from './FigureFrame.tsx';
import { fitText, textWidth } from './fitText.ts';
import { describeLayout, roleWords, stateWords } from './layoutWords.ts';
import { ink } from './palette.ts';
import { text } from './text.ts';
import { placeWord, TOPOLOGY_TEXT, topologyGeometry, type Box, type TopologyGeometry } from './topologyGeometry.ts';

/** What {@link Topology} draws. */
export interface TopologyProps {
  readonly id: string;
  readonly layout: ClusterLayout;
  readonly title: string;
  /** In px at full size; the height follows. */
  readonly width?: number;
}

/** The width at which three topologies stand side by side on a page. */
const SMALL = 336;

/** Three servers with their nodes: masters filled, replicas outlined, an arrow from each master to its replica, lost things hatched. */
export function Topology({ id, layout, title, width = SMALL }: TopologyProps): ReactElement {
  const geometry = topologyGeometry(layout, width);
  return (
    <FigureFrame id={id} width={geometry.width} height={geometry.height} title={title} description={describeLayout(layout)}>
      <defs>
        <pattern id={`${id}-hatch`} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={7} height={7} fill={ink('page')} />
          <line x1={0} y1={0} x2={0} y2={7} stroke={ink('lostStripe')} strokeWidth={4} />
        </pattern>
        <marker
          id={`${id}-head`}
          viewBox="0 0 8 8"
          refX={1}
          refY={4}
          markerWidth={8}
          markerHeight={8}
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0,0.5 L7.5,4 L0,7.5 Z" fill={ink('edge')} />
        </marker>
      </defs>
      {geometry.servers.map((one) => (
        <ServerBox key={one.server.name} id={id} {...one} />
      ))}
      {geometry.arrows.map((arrow, index) => (
        <path
          // By shard and not by its ends: where roles change hands, the arrow turns round instead of being another one.
          key={`${arrow.to.shard}.${geometry.arrows.slice(0, index).filter((other) => other.to.shard === arrow.to.shard).length}`}
          className="triad-arrow"
          d={arrow.path}
          fill="none"
          stroke={ink('edge')}
          strokeWidth={1.5}
          {...(arrow.isAlive ? {} : { strokeDasharray: '3 4', opacity: 0.75 })}
          markerEnd={`url(#${id}-head)`}
        />
      ))}
      {geometry.nodes.map(({ node, box }) => (
        <NodeBox key={node.id} id={id} node={node} box={box} />
      ))}
    </FigureFrame>
  );
}

function ServerBox({
  id,
  server,
  box,
  nameLines,
  addressLines,
}: TopologyGeometry['servers'][number] & { readonly id: string }): ReactElement {
  const isLost = server.state === 'lost';
  const state = stateWords(server.state);
  const { lineHeight, name, address } = TOPOLOGY_TEXT;
  return (
    <Group left={box.x} top={box.y} className={isLost ? 'triad-server triad-lost' : 'triad-server'}>
      <title>{[server.name, server.address, state].filter((one) => one !== '').join(' · ')}</title>
      <rect
        x={0.5}
        width={box.width - 1}
        height={box.height}
        rx={8}
        fill={isLost ? `url(#${id}-hatch)` : ink('surface')}
        stroke={ink(isLost ? 'lost' : 'line')}
        {...(isLost ? { strokeDasharray: '5 4' } : {})}
      />
      {isLost && (
        <rect
          x={4}
          y={4}
          width={box.width - 8}
          height={(nameLines.length + addressLines.length) * lineHeight + 24}
          rx={5}
          fill={ink('page')}
        />
      )}
      {nameLines.map((line, index) => (
        <text key={`${index} ${line}`} x={10} y={21 + index * lineHeight} fontSize={name} fontWeight={600} fill={ink('ink')}>
          {line}
        </text>
      ))}
      {addressLines.map((line, index) => (
        <text key={`${index} ${line}`} x={10} y={21 + (nameLines.length + index) * lineHeight} fontSize={address} fill={ink('muted')}>
          {line}
        </text>
      ))}
      {state !== '' && (
        <text
          x={10}
          y={21 + (nameLines.length + addressLines.length) * lineHeight}
          fontSize={address}
          fontWeight={600}
          fill={ink(isLost || server.state === 'partly' ? 'fail' : 'unknown')}
        >
          {isLost ? `✕ ${state}` : state}
        </text>
      )}
    </Group>
  );
}

interface Paint {
  readonly fill: string;
  readonly stroke: string;
  readonly words: string;
  readonly dash: string | null;
}

function paintOf(id: string, node: LayoutNode): Paint {
  if (node.state === 'lost') return { fill: `url(#${id}-hatch)`, stroke: ink('lost'), words: ink('ink'), dash: '4 3' };
  if (node.role === 'master') return { fill: ink('master'), stroke: ink('master'), words: ink('onMaster'), dash: null };
  if (node.role === 'replica') return { fill: ink('page'), stroke: ink('replica'), words: ink('replica'), dash: null };
  return { fill: ink('page'), stroke: ink('edge'), words: ink('muted'), dash: '4 3' };
}

function NodeBox({ id, node, box }: { readonly id: string; readonly node: LayoutNode; readonly box: Box }): ReactElement {
  const paint = paintOf(id, node);
  const isLost = node.state === 'lost';
  const state = stateWords(node.state);
  const role = state === '' ? roleWords(node.role) : state;
  const slots = node.slots.length === 0 ? '' : formatSlots(node.slots);
  const [slotLine = ''] = fitText(slots, box.width - 15, TOPOLOGY_TEXT.detail, 1);
  const word = placeWord(role, String(node.port), slotLine !== '', box.width);
  return (
    <Group left={box.x} top={box.y} className={`triad-node triad-${isLost ? 'lost' : (node.role ?? 'unknown')}`}>
      <title>{[node.id, role, slots].filter((one) => one !== '').join(' · ')}</title>
      <rect
        width={box.width}
        height={box.height}
        rx={6}
        fill={paint.fill}
        stroke={paint.stroke}
        strokeWidth={1.75}
        {...(paint.dash === null ? {} : { strokeDasharray: paint.dash })}
      />
      {isLost && <rect x={5} y={5} width={box.width - 10} height={box.height - 10} rx={3} fill={ink('page')} opacity={0.86} />}
      <text x={8} y={19} fontSize={TOPOLOGY_TEXT.port} fontWeight={650} fill={paint.words}>
        {node.port}
      </text>
      <text
        x={word.isBeside ? box.width - 8 : 8}
        y={word.isBeside ? 19 : 36}
        fontSize={TOPOLOGY_TEXT.detail}
        textAnchor={word.isBeside ? 'end' : 'start'}
        fill={paint.words}
        {...(word.squeezedTo === null ? {} : { textLength: word.squeezedTo, lengthAdjust: 'spacingAndGlyphs' })}
      >
        {role}
      </text>
      <text x={8} y={36} fontSize={TOPOLOGY_TEXT.detail} fill={paint.words}>
        {slotLine}
      </text>
      {node.tookOver && <TookOver box={box} />}
    </Group>
  );
}

/** A mark on the lower edge of a node that became master. */
function TookOver({ box }: { readonly box: Box }): ReactElement {
  const words = text('report.layout.took');
  const width = textWidth(words, 10.5) + 14;
  return (
    <Group left={box.width - width - 6} top={box.height - 6} className="triad-took-over">
      <rect width={width} height={17} rx={8.5} fill={ink('page')} stroke={ink('master')} strokeWidth={1.5} />
      <text x={width / 2} y={12} fontSize={10.5} fontWeight={650} textAnchor="middle" fill={ink('replica')}>
        {words}
      </text>
    </Group>
  );
}
