import { Button, Group, List, Text } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { areRolesAsPlanned } from '../../../electron/shared/domain/roles.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { startRun } from '../../state/runs.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';
import { movesBack, type Seen } from './patchDay.ts';
import classes from './maintenance.module.css';

/** The way back to the planned roles: what would be exchanged, and the button that asks once more before it does. */
export function RestoreCard({ seen, why }: { readonly seen: Seen; readonly why: string | null }): ReactNode {
  const text = useText();
  const id = useId();
  const whyId = useId();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isStarting, setStarting] = useState(false);
  const { view, plan } = seen;
  if (view === null) return null;
  const moves = movesBack(seen);
  const isAsPlanned = areRolesAsPlanned(view, plan);

  async function start(): Promise<void> {
    if (why !== null || isStarting) return;
    setFailure(null);
    setStarting(true);
    try {
      // Nothing counts as reviewed: the run asks with what it finds itself.
      await startRun('restoreRoles');
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setStarting(false);
    }
  }

  return (
    <section className={classes['card']} aria-labelledby={id} data-needed={!isAsPlanned}>
      <h2 id={id}>{text('window.maintenance.restore')}</h2>
      {isAsPlanned ? (
        <Text>{text('window.maintenance.restore.asPlanned')}</Text>
      ) : moves.length === 0 ? (
        <Text>{text('window.maintenance.restore.other')}</Text>
      ) : (
        <>
          <Text>{text('window.maintenance.restore.needed')}</Text>
          <List spacing={2}>
            {moves.map(({ shard, from, to }) => (
              <List.Item key={shard}>{text('window.maintenance.restore.move', { shard, from, to })}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            {text('window.maintenance.restore.pause')} {text('window.maintenance.restore.also')}
          </Text>
          <Group gap="sm">
            <Button
              variant="default"
              loading={isStarting}
              aria-disabled={why !== null}
              data-disabled={why !== null}
              {...(why === null ? {} : { 'aria-describedby': whyId })}
              onClick={() => {
                void start();
              }}
            >
              {text('window.maintenance.restore')}
            </Button>
            {why === null ? null : (
              <Text size="sm" c="dimmed" id={whyId}>
                {why}
              </Text>
            )}
          </Group>
        </>
      )}
      {failure === null ? null : <FailurePanel failure={failure} />}
    </section>
  );
}
