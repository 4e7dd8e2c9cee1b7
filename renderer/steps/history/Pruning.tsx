import { Checkbox, Stack, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { PruneWish } from '../../../electron/shared/contract/history.ts';
import type { HistoryEntry } from '../../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { formatCount } from '../../../electron/shared/domain/reportFormat.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { NumberField } from '../../widgets/fields.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { RunsTable } from './RunsTable.tsx';
import classes from './history.module.css';

/** How long nothing is typed before is looked what would go, in milliseconds. */
const LOOK_AFTER_MS = 300;

/** What few would miss: validations are made every day where they are scheduled, and a quarter is a usual time to ask about. */
const KEEP = '20';
const OLDER_THAN_DAYS = '90';

/** So many rows at once. */
const ROWS = 100;

function numberOf(typed: string): number | null {
  return /^\d{1,5}$/u.test(typed.trim()) ? Number(typed.trim()) : null;
}

/** Which runs go: what would be deleted is shown, then confirmed, then done. */
export function Pruning({
  entries,
  onBack,
  onDeleted,
}: {
  readonly entries: readonly HistoryEntry[];
  readonly onBack: () => void;
  readonly onDeleted: (count: number) => void;
}): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const [keep, setKeep] = useState(KEEP);
  const [older, setOlder] = useState(OLDER_THAN_DAYS);
  const [found, setFound] = useState<{ readonly wish: string; readonly runs: readonly string[] } | null>(null);
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wish = PruneWish.safeParse({ keep: numberOf(keep), olderThanDays: numberOf(older) });
  const isWhole = wish.success && wish.data.keep !== null && wish.data.olderThanDays !== null;
  const [keepCount, days] = [numberOf(keep), numberOf(older)];

  const wished = `${keep} ${older}`;
  /** Null while it is looked for. */
  const pruned = found?.wish === wished && isWhole ? found.runs : null;
  // What was confirmed may have been another list.
  const isConfirmed = confirmed === wished;

  useEffect(() => {
    if (!isWhole) return;
    let isOver = false;
    const timer = setTimeout(() => {
      call('history.toPrune', { draft: draftId, wish: { keep: keepCount, olderThanDays: days } })
        .then((runs) => {
          if (!isOver) setFound({ wish: wished, runs });
        })
        .catch((error: unknown) => {
          if (!isOver) setFailure(failureOf(error, adminSubject));
        });
    }, LOOK_AFTER_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [draftId, keepCount, days, isWhole, wished]);

  const shown = entries.filter(({ runId }) => pruned?.includes(runId) === true);
  const count = pruned?.length ?? 0;
  const numberError = (typed: string, least: number): string | null => {
    const value = numberOf(typed);
    return value === null || value < least ? text('window.history.pruning.number') : null;
  };

  async function remove(): Promise<void> {
    if (pruned === null) return;
    onDeleted((await call('history.prune', { draft: draftId, runs: [...pruned] })).length);
  }

  return (
    <StepFrame
      title={text('window.history.pruning')}
      lead={text('window.history.pruning.lead')}
      onBack={onBack}
      {...(count === 0 ? { primary: { label: text('window.history.back'), onPress: onBack } } : { primary: deleteAction() })}
    >
      <Stack gap="md">
        <div className={classes['wishes']}>
          <NumberField
            label={text('window.history.pruning.keep')}
            unit={text('window.history.pruning.keep.unit')}
            value={keep}
            error={numberError(keep, 0)}
            onChange={setKeep}
          />
          <NumberField
            label={text('window.history.pruning.older')}
            unit={text('window.history.pruning.older.unit')}
            value={older}
            error={numberError(older, 1)}
            onChange={setOlder}
          />
        </div>
        {failure === null ? null : <FailurePanel failure={failure} />}
        {isWhole && pruned === null && failure === null ? <Loading what={text('window.history.pruning.looking')} /> : null}
        {pruned === null ? null : (
          <Text fw={600} role="status">
            {sayCount()}
          </Text>
        )}
        {shown.length === 0 ? null : (
          <>
            <RunsTable entries={shown.slice(0, ROWS)} label={text('window.history.pruning.list')} />
            {shown.length > ROWS ? <Text size="sm">…</Text> : null}
            <Checkbox
              label={text('window.history.pruning.confirm')}
              checked={isConfirmed}
              onChange={(event) => {
                setConfirmed(event.currentTarget.checked ? wished : null);
              }}
            />
          </>
        )}
      </Stack>
    </StepFrame>
  );

  function sayCount(): string {
    const kept = formatCount(entries.length - count);
    if (count === 0) return text('window.history.pruning.none');
    if (count === 1) return text('window.history.pruning.countOne', { kept });
    return text('window.history.pruning.count', { count: formatCount(count), kept });
  }

  function deleteAction(): StepAction {
    const label =
      count === 1 ? text('window.history.pruning.deleteOne') : text('window.history.pruning.delete', { count: formatCount(count) });
    return isConfirmed
      ? { label, onPress: remove, isDanger: true }
      : { label, onPress: () => undefined, isDanger: true, isDisabled: true, why: text('window.history.pruning.why') };
  }
}
