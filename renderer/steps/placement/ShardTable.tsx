import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { countSlots } from '../../../electron/shared/domain/layout.ts';
import { SLOT_COUNT } from '../../../electron/shared/domain/plan.ts';
import { formatDecimal, formatSlots, NO_FIGURE } from '../../../electron/shared/domain/reportFormat.ts';
import type { ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './placement.module.css';

/** Who serves and copies which slots in a layout: the figure's data for reading. */
export function ShardTable({ layout, caption }: { readonly layout: ClusterLayout; readonly caption: string }): ReactNode {
  const text = useText();
  const shards = [...new Set(layout.nodes.map(({ shard }) => shard))].toSorted((one, other) => one - other);
  return (
    <Table className={classes['table'] ?? ''} captionSide="top" layout="auto">
      <Table.Caption>{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{text('window.placement.table.shard')}</Table.Th>
          <Table.Th scope="col">{text('window.placement.table.slots')}</Table.Th>
          <Table.Th scope="col">{text('window.placement.table.keys')}</Table.Th>
          <Table.Th scope="col">{text('window.placement.table.master')}</Table.Th>
          <Table.Th scope="col">{text('window.placement.table.replica')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shards.map((shard) => {
          const nodes = layout.nodes.filter((node) => node.shard === shard);
          const master = nodes.find((node) => node.role === 'master' && node.state !== 'lost');
          const other = nodes.find((node) => node !== master);
          const slots = master?.slots ?? [];
          return (
            <Table.Tr key={shard}>
              <Table.Th scope="row">{shard}</Table.Th>
              <Table.Td>{formatSlots(slots)}</Table.Td>
              <Table.Td>
                {text('window.placement.table.share', { percent: formatDecimal((countSlots(slots) / SLOT_COUNT) * 100, 1) })}
              </Table.Td>
              <Table.Td>
                {master === undefined
                  ? NO_FIGURE
                  : master.tookOver
                    ? text('window.placement.table.tookOver', { node: master.id })
                    : master.id}
              </Table.Td>
              <Table.Td>
                {other === undefined
                  ? NO_FIGURE
                  : other.state === 'lost'
                    ? text('window.placement.table.noReplica', { node: other.id })
                    : other.id}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
