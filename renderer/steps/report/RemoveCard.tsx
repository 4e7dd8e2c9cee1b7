import { Checkbox, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import type { RunState } from '../../state/runs.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { ActionCard } from './ActionCard.tsx';

/** Takes the cluster away. Names everything that it hits, and asks for the cluster's name before it does. */
export function RemoveCard({
  plan,
  run,
  blocked,
  onRemove,
  onShow,
}: {
  readonly plan: ClusterPlan;
  readonly run: RunState;
  /** Why nothing can be started now; null when something can. */
  readonly blocked: string | null;
  readonly onRemove: (deleteData: boolean) => Promise<void>;
  readonly onShow?: () => void;
}): ReactNode {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [deletesData, setDeletesData] = useState(false);
  const { cluster } = plan;
  const isConfirmed = typed.trim() === cluster;
  const why = blocked ?? (isConfirmed ? null : text('window.report.next.remove.why'));
  const count = plan.servers.length;
  const start = async (): Promise<void> => {
    await onRemove(deletesData);
    setTyped('');
  };
  return (
    <Fold summary={text('window.report.next.remove')} isOpenAtFirst={run.status === 'active'}>
      <ActionCard
        title={text('window.report.next.remove')}
        isPlain
        action={{
          label: text(deletesData ? 'window.report.next.remove.startWithData' : 'window.report.next.remove.start', { cluster, count }),
          start,
          isDanger: true,
          ...(why === null ? {} : { why }),
        }}
        run={run}
        {...(onShow === undefined ? {} : { onShow })}
      >
        <Text>
          {text('window.report.next.remove.hits', {
            cluster,
            servers: listNames(plan.servers.map(({ name, address }) => `${name} (${address})`)),
          })}{' '}
          {deletesData ? null : text('window.report.next.remove.keepsData')}
        </Text>
        <Checkbox
          checked={deletesData}
          label={text('window.report.next.remove.data')}
          description={text('window.report.next.remove.dataNote', { cluster })}
          onChange={(event) => {
            setDeletesData(event.currentTarget.checked);
            // What was confirmed was something else.
            setTyped('');
          }}
        />
        <TextInput
          label={text('window.report.next.remove.type', { cluster })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          maw="20rem"
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </ActionCard>
    </Fold>
  );
}
