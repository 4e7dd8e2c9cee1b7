import { create } from 'zustand';
import type { HistoryEntry } from '../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { call } from '../bridge/client.ts';

/** The kept runs of the cluster whose history was read last. */
interface History {
  readonly draftId: string | null;
  /** Newest first; null until they were read. */
  readonly entries: readonly HistoryEntry[] | null;
  readonly failure: Failure | null;
}

/** The store of the screen History. */
export const historyStore = create<History>()(() => ({ draftId: null, entries: null, failure: null }));

/** Reads the history of a draft's cluster; what is known of another one is forgotten at once. */
export async function readHistory(draftId: string): Promise<void> {
  if (historyStore.getState().draftId !== draftId) historyStore.setState({ draftId, entries: null, failure: null });
  const isStillWanted = (): boolean => historyStore.getState().draftId === draftId;
  try {
    const entries = await call('history.list', draftId);
    if (isStillWanted()) historyStore.setState({ entries, failure: null });
  } catch (error) {
    if (isStillWanted()) historyStore.setState({ failure: failureOf(error, adminSubject) });
  }
}
