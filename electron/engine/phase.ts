import type { Failure } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';

/** What a phase did on one server, or on the cluster. `observed`: it only looked. */
export type PhaseResult = 'changed' | 'alreadyDone' | 'observed';

/**
 * One step of a workflow. It observes before it acts: `run` changes only what is missing and says `alreadyDone` when nothing was, so a second
 * run and a resume after any interruption are the same thing. What an interrupted phase leaves behind is either taken back by `undo`
 * (called when the phase fails or is aborted) or kept for the next run, for the reason given.
 */
export interface Phase<Context> {
  readonly id: string;
  readonly title: Message;
  /** On every server side by side, or once. */
  readonly scope: 'server' | 'cluster';
  run(context: Context, server: string): Promise<PhaseResult>;
  readonly leaves:
    { readonly kind: 'keeps'; readonly reason: Message } | { readonly kind: 'undo'; undo(context: Context, server: string): Promise<void> };
}

/** An ordered list of phases with a name. */
export interface Workflow<Context> {
  readonly phases: readonly Phase<Context>[];
  /** The failure behind another one, which is told in its place; null where there is none. */
  readonly causeOf?: (context: Context, failure: Failure) => Promise<Failure | null>;
  /**
   * Whether the run goes on with the other servers where a server phase failed on these; it may note them then. Asked only where others are left.
   * Without it the first failing phase ends the run.
   */
  readonly goesOnWithout?: (context: Context, failures: ReadonlyMap<string, Failure>) => boolean;
}
