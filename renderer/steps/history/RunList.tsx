import { Button, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HistoryEntry } from '../../../electron/shared/contract/procedures.ts';
import type { Failure } from '../../../electron/shared/domain/failure.ts';
import { formatCount } from '../../../electron/shared/domain/reportFormat.ts';
import { Empty } from '../../widgets/Empty.tsx';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { RunsTable } from './RunsTable.tsx';

/** So many rows at once: a validation every hour makes thousands in a year. */
const ROWS = 100;

/** All kept runs, newest first, with two marked for a comparison. */
export function RunList({
  entries,
  failure,
  deleted,
  marked,
  onMark,
  onRetry,
  onOpen,
  onCompare,
  onPrune,
  onTrend,
}: {
  /** Null until they were read. */
  readonly entries: readonly HistoryEntry[] | null;
  readonly failure: Failure | null;
  /** How many runs were just deleted. */
  readonly deleted: number;
  readonly marked: readonly string[];
  readonly onMark: (runs: readonly string[]) => void;
  readonly onRetry: () => void;
  readonly onOpen: (runId: string) => void;
  readonly onCompare: (runs: readonly [string, string]) => void;
  readonly onPrune: () => void;
  /** Null as long as there are no two failover tests. */
  readonly onTrend: (() => void) | null;
}): ReactNode {
  const text = useText();
  const [rows, setRows] = useState(ROWS);
  const count = entries?.length ?? 0;
  const isEmpty = entries !== null && count === 0;
  const lead = count === 1 ? text('window.history.lead.one') : text('window.history.lead', { count: formatCount(count) });
  return (
    <StepFrame
      title={text('window.history.title')}
      lead={count === 0 ? undefined : lead}
      {...(count === 0 ? {} : { primary: compareAction(), secondary: others() })}
    >
      <Stack gap="md">
        {failure === null ? null : <FailurePanel failure={failure} onRetry={onRetry} />}
        {deleted === 0 ? null : <Notice level="info">{text('window.history.pruning.deleted', { count: formatCount(deleted) })}</Notice>}
        {entries === null && failure === null ? <Loading what={text('window.history.reading')} /> : null}
        {isEmpty ? <Empty title={text('window.history.empty')} lead={text('window.history.empty.lead')} /> : null}
        {entries === null || isEmpty ? null : (
          <RunsTable entries={entries.slice(0, rows)} marked={marked} onMark={onMark} onOpen={onOpen} />
        )}
        {count > rows ? (
          <div>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                setRows(rows + ROWS);
              }}
            >
              {text('window.history.older')}
            </Button>
          </div>
        ) : null}
      </Stack>
    </StepFrame>
  );

  function others(): StepAction[] {
    const trend = onTrend === null ? [] : [{ label: text('window.history.trend'), onPress: onTrend }];
    return [...trend, { label: text('window.history.prune'), onPress: onPrune }];
  }

  function compareAction(): StepAction {
    const label = text('window.history.compare');
    const [first, second] = marked;
    if (first !== undefined && second !== undefined && marked.length === 2)
      return {
        label,
        onPress: () => {
          onCompare([first, second]);
        },
      };
    const why = text(marked.length > 2 ? 'window.history.compare.tooMany' : 'window.history.compare.why');
    return { label, onPress: () => undefined, isDisabled: true, why };
  }
}
