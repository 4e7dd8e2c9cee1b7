import { applyEvents } from '../../electron/shared/domain/applyEvents.ts';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import type { Failure } from '../../electron/shared/domain/failure.ts';
import { foldLiveTrial, type LiveTrial } from '../../electron/shared/domain/liveTrial.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import type { RunRecord } from '../../electron/shared/domain/run.ts';
import { logLineOf, type LogLine } from './logLine.ts';

/** What is true only while a run goes on. */
export interface LiveRun {
  /** The failover trial that goes on. */
  readonly trial: LiveTrial | null;
  /** What each phase says that it is doing now, by {@link progressKey}; gone when the phase has ended. */
  readonly progress: ReadonlyMap<string, Message>;
}

/** Everything that is folded from a run's events. */
export interface RunFold {
  readonly record: RunRecord | null;
  readonly log: readonly LogLine[];
  readonly live: LiveRun;
  /** The number of the newest event that is folded in; 0 before the first. */
  readonly lastSeq: number;
  /** When the newest event arrived here, on `performance.now()`'s clock: with `record.durationMs`, for a clock that goes on between events. */
  readonly arrivedMs: number;
  /** Why nothing more arrives, when following failed. */
  readonly failure: Failure | null;
}

/** A run of which nothing arrived yet. */
export const EMPTY_FOLD: RunFold = {
  record: null,
  log: [],
  live: { trial: null, progress: new Map() },
  lastSeq: 0,
  arrivedMs: 0,
  failure: null,
};

/** The key of a phase on a server (null: on the cluster) in {@link LiveRun.progress}. */
export function progressKey(phase: string, server: string | null): string {
  return `${phase}/${server ?? ''}`;
}

/** Folds a batch of events in; what was folded in before is left out, so that a replay changes nothing. */
export function foldEvents(fold: RunFold, events: readonly RunEvent[]): RunFold {
  const fresh = events.filter(({ seq }) => seq > fold.lastSeq);
  if (fresh.length === 0) return fold;
  const lines = fresh.flatMap((event) => logLineOf(event) ?? []);
  return {
    record: applyEvents(fold.record, fresh),
    log: lines.length === 0 ? fold.log : fold.log.concat(lines),
    live: foldLive(fold.live, fresh),
    lastSeq: fresh.at(-1)?.seq ?? fold.lastSeq,
    arrivedMs: performance.now(),
    failure: null,
  };
}

function foldLive(live: LiveRun, events: readonly RunEvent[]): LiveRun {
  let { trial } = live;
  let progress: Map<string, Message> | null = null;
  const own = (): Map<string, Message> => (progress ??= new Map(live.progress));
  for (const event of events) {
    trial = foldLiveTrial(trial, event);
    if (event.type === 'phaseProgress') own().set(progressKey(event.phase, event.server), event.message);
    else if (event.type === 'phaseFinished') own().delete(progressKey(event.phase, event.server));
    else if (event.type === 'runFinished') own().clear();
  }
  return trial === live.trial && progress === null ? live : { trial, progress: progress ?? live.progress };
}
