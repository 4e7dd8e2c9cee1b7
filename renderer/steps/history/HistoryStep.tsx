import { useEffect, useState, type ReactNode } from 'react';
import { useDraft } from '../../state/draft.ts';
import { historyStore, readHistory } from '../../state/history.ts';
import { Comparison } from './Comparison.tsx';
import { Pruning } from './Pruning.tsx';
import { RunList } from './RunList.tsx';
import { ShownRun } from './ShownRun.tsx';
import { ShownTrend } from './ShownTrend.tsx';

/** How often is looked what became of runs that go on. */
const LOOK_MS = 3000;

type View =
  | { readonly kind: 'list' }
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'comparison'; readonly runs: readonly [string, string] }
  | { readonly kind: 'trend' }
  | { readonly kind: 'pruning' };

/** Every kept run of this cluster: its report, what has changed between two of them, and which are no longer needed. */
export function HistoryStep(): ReactNode {
  const draftId = useDraft(({ draft }) => draft.id);
  const known = historyStore();
  // Of another cluster that was open before.
  const entries = known.draftId === draftId ? known.entries : null;
  const failure = known.draftId === draftId ? known.failure : null;
  const [view, setView] = useState<View>({ kind: 'list' });
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [deleted, setDeleted] = useState(0);

  useEffect(() => {
    void readHistory(draftId);
  }, [draftId]);
  const tested = entries?.filter(({ trials, finishedAt }) => trials.length > 0 && finishedAt !== null).length ?? 0;
  const goesOn = entries?.some(({ isActive, isElsewhere }) => isActive || isElsewhere === true) ?? false;
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(() => void readHistory(draftId), LOOK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [goesOn, draftId]);

  const back = (): void => {
    setView({ kind: 'list' });
  };
  switch (view.kind) {
    case 'run': {
      const entry = entries?.find(({ runId }) => runId === view.runId);
      if (entry === undefined) break;
      return <ShownRun entry={entry} onBack={back} />;
    }
    case 'comparison':
      return <Comparison runs={view.runs} onBack={back} />;
    case 'trend':
      return <ShownTrend onBack={back} />;
    case 'pruning':
      return (
        <Pruning
          entries={entries ?? []}
          onBack={back}
          onDeleted={(count) => {
            setDeleted(count);
            setMarked([]);
            back();
            void readHistory(draftId);
          }}
        />
      );
    case 'list':
      break;
  }
  return (
    <RunList
      entries={entries}
      failure={failure}
      deleted={deleted}
      marked={marked}
      onMark={setMarked}
      onRetry={() => void readHistory(draftId)}
      onOpen={(runId) => {
        setDeleted(0);
        setView({ kind: 'run', runId });
      }}
      onCompare={(runs) => {
        setDeleted(0);
        setView({ kind: 'comparison', runs });
      }}
      onPrune={() => {
        setDeleted(0);
        setView({ kind: 'pruning' });
      }}
      onTrend={
        tested < 2
          ? null
          : () => {
              setView({ kind: 'trend' });
            }
      }
    />
  );
}
