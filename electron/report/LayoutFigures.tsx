import type { ReactElement } from 'react';
import { formatInZone } from '../shared/domain/reportFormat.ts';
import type { ClusterLayout, LayoutNode } from '../shared/domain/reportLayout.ts';
import { roleWords, stateWords, survivalWords } from '../shared/figures/layoutWords.ts';
import { text } from '../shared/figures/text.ts';
import { Topology } from '../shared/figures/Topology.tsx';
import { Disclosure } from './Disclosure.tsx';
import { Table } from './Table.tsx';

/** What {@link LayoutFigures} shows. */
export interface LayoutFiguresProps {
  readonly id: string;
  readonly layouts: readonly ClusterLayout[];
  readonly timeZone: string;
}

/** The width of a topology that stands alone, and of one among others. */
const ALONE = 720;
const AMONG = 336;

/** Layouts side by side in the order of time, and the same as one table. */
export function LayoutFigures({ id, layouts, timeZone }: LayoutFiguresProps): ReactElement {
  return (
    <>
      <div className={`layouts count-${layouts.length}`}>
        {layouts.map((layout) => {
          const title = momentWords(layout, layouts.length);
          return (
            <figure key={layout.moment}>
              <figcaption>
                <span className="moment">{title}</span>
                {layout.at !== null && <time dateTime={layout.at}>{formatInZone(layout.at, timeZone).slice(11, 19)}</time>}
              </figcaption>
              <Topology id={`${id}-${layout.moment}`} layout={layout} title={title} width={layouts.length === 1 ? ALONE : AMONG} />
              <p className="survival">{survivalWords(layout)}</p>
            </figure>
          );
        })}
      </div>
      <p className="caption">{text('report.layout.caption')}</p>
      <Disclosure summary={text('report.page.asTable')} className="data behind">
        <Table
          columns={[{ heading: text('report.page.node') }, ...layouts.map((layout) => ({ heading: momentWords(layout, layouts.length) }))]}
          rows={(layouts[0]?.nodes ?? []).map(({ id: node }) => ({
            key: node,
            cells: [node, ...layouts.map((layout) => nodeWords(layout.nodes.find((one) => one.id === node)))],
          }))}
        />
      </Disclosure>
    </>
  );
}

function momentWords(layout: ClusterLayout, count: number): string {
  switch (layout.moment) {
    case 'planned':
      return text('report.layout.planned');
    case 'before':
      return text(count === 1 ? 'report.layout.found' : 'report.layout.before');
    case 'during':
      return text('report.layout.during');
    case 'after':
      return text(count === 1 ? 'report.layout.now' : 'report.layout.after');
  }
}

function nodeWords(node: LayoutNode | undefined): string {
  if (node === undefined) return '';
  const parts = [
    node.role === 'replica' && node.replicaOf !== null
      ? text('report.plan.replicaOf', { node: node.replicaOf })
      : roleWords(node.role).toLowerCase(),
    node.role === 'master' && node.slots.length > 0 ? node.slots.map(({ first, last }) => `${first}–${last}`).join(', ') : '',
    node.tookOver ? text('report.layout.took') : '',
    stateWords(node.state),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
