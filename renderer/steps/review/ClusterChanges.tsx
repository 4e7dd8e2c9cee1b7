import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { FORMING_NODE_TIMEOUT_MS, formatClusterCommand, type ClusterCommand } from '../../../electron/shared/domain/formation.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatCount, formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './review.module.css';

/** What the cluster's branch takes. */
export interface ClusterChangesProps {
  readonly plan: ClusterPlan;
  readonly commands: readonly ClusterCommand[];
  readonly isOpen: boolean;
}

/** The commands that are sent to the six nodes, in order; what runs already needs none. */
export function ClusterChanges({ plan, commands, isOpen }: ClusterChangesProps): ReactNode {
  const text = useText();
  const width = Math.max(0, ...commands.map(({ node }) => node.length));
  return (
    <Fold
      isOpenAtFirst={isOpen}
      summary={
        <Group component="span" justify="space-between" gap="sm">
          <Text span fw={600}>
            {text('window.review.cluster', { cluster: plan.cluster })}
          </Text>
          <Text span size="sm" c={commands.length === 0 ? 'dimmed' : 'inherit'}>
            {commands.length === 0
              ? text('window.review.cluster.nothing')
              : text('window.review.cluster.commands', { count: formatCount(commands.length) })}
          </Text>
        </Group>
      }
    >
      {commands.length === 0 ? (
        <Text>{text('window.review.cluster.asPlanned')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb={4}>
            {text('window.review.cluster.forming', {
              while: formatDuration(FORMING_NODE_TIMEOUT_MS),
              after: formatDuration(plan.settings.nodeTimeoutMs),
            })}
          </Text>
          <pre className={classes['command']}>
            {commands.map((command) => `${command.node.padEnd(width)}  ${formatClusterCommand(command, plan)}`).join('\n')}
          </pre>
          <div className={classes['undo']}>
            <span>{text('window.review.undo')}</span>
            <span>{text('window.review.cluster.undo')}</span>
          </div>
        </>
      )}
    </Fold>
  );
}
