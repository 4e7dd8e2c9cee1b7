import { Button, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { GAP_TARGET_MS } from '../../../electron/shared/domain/clientImpact.ts';
import type { ClusterReason } from '../../../electron/shared/domain/clusterReason.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { startRun } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { movesFor, type Seen } from './patchDay.ts';
import classes from './maintenance.module.css';

/** Before a maintenance: what will happen to the server, and what clients notice of it. */
export function WhatHappens({ seen, server }: { readonly seen: Seen; readonly server: string }): ReactNode {
  const text = useText();
  const moves = movesFor(seen, server);
  return (
    <>
      <section>
        <h2>{text('window.maintenance.happens', { server })}</h2>
        <List type="ordered" spacing={4}>
          {moves.length === 0 ? (
            <List.Item>{text('window.maintenance.happens.nothing')}</List.Item>
          ) : (
            moves.map(({ shard, from, to }) => (
              <List.Item key={shard}>{text('window.maintenance.happens.move', { shard, from, to })}</List.Item>
            ))
          )}
          <List.Item>{text('window.maintenance.happens.prove', { server })}</List.Item>
          <List.Item>{text('window.maintenance.happens.pause')}</List.Item>
          <List.Item>{text('window.maintenance.happens.back')}</List.Item>
        </List>
      </section>
      <section>
        <h2>{text('window.maintenance.clients')}</h2>
        <List spacing={4}>
          <List.Item>
            {moves.length === 0
              ? text('window.maintenance.clients.none')
              : text('window.maintenance.clients.gap', { target: formatDuration(GAP_TARGET_MS) })}
          </List.Item>
          <List.Item>{text('window.maintenance.clients.lost')}</List.Item>
          <List.Item>{text('window.maintenance.clients.risk', { server })}</List.Item>
        </List>
      </section>
    </>
  );
}

/** Whether a server may go, as one look tells: the proof, or each reason against it with the way on. */
export function MayGo({ server, refusals }: { readonly server: string; readonly refusals: readonly ClusterReason[] | null }): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const showFailure = useSession((session) => session.showFailure);
  if (refusals !== null && refusals.length === 0) return <VerdictMark verdict="pass" label={text('window.maintenance.may', { server })} />;
  return (
    <section className={classes['refused']} role="alert">
      <h2>{refusals === null ? text('window.maintenance.silent') : text('window.maintenance.mayNot', { server })}</h2>
      <Text>{text(refusals === null ? 'window.maintenance.silent.lead' : 'window.maintenance.mayNot.lead')}</Text>
      <ul className={classes['plain']}>
        {(refusals ?? []).map((reason) => (
          <li key={reason.code + JSON.stringify(reason.values)}>{say(reason)}</li>
        ))}
      </ul>
      <Text>{text('window.maintenance.mayNot.remedy')}</Text>
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            startRun('validate')
              .then((runId) => {
                if (runId !== null) goTo('report');
              })
              .catch(showFailure);
          }}
        >
          {text('window.maintenance.validate')}
        </Button>
      </Group>
    </section>
  );
}
