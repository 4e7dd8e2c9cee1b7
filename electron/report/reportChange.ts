import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import type { ReportChange } from '../shared/domain/report.ts';
import { changeWords } from '../shared/messages/changeWords.ts';

/** A change in words, with what takes it back; `done` is null for one that was only planned. */
export function reportChange(change: Change, done: { readonly phase: string; readonly outcome: ChangeOutcome } | null): ReportChange {
  const { title, detail, commands, undo, isUndoCommand } = changeWords(change);
  return {
    id: change.id,
    kind: change.kind,
    title,
    detail,
    commands: [...commands],
    content: change.kind === 'file' ? change.content : null,
    diff: change.kind === 'file' ? change.diff : null,
    undo: [...undo],
    isUndoCommand,
    outcome: done?.outcome.outcome ?? 'planned',
    evidence: done?.outcome.evidence ?? '',
    phase: done?.phase ?? null,
  };
}
