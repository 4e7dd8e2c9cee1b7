import type { RunEvent } from './events.ts';
import { applyEvent, type RunRecord } from './run.ts';
import { formatSubject } from './subject.ts';

type Check = RunRecord['checks'][number];

const checkKey = (check: Check): string => `${check.id} ${formatSubject(check.subject)}`;

/** A list in which the newest of a kind stands last and replaces the older one, as `applyEvent` keeps it. */
function latest<Item>(items: readonly Item[], keyOf: (item: Item) => string): { put(item: Item): void; list(): Item[] } {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  return {
    put: (item) => {
      byKey.delete(keyOf(item));
      byKey.set(keyOf(item), item);
    },
    list: () => [...byKey.values()],
  };
}

/**
 * Adds a batch of events: the same as `applyEvent` for each in turn, but each list is copied once a batch and not once an event. One by one
 * the time grows with the square of a list (5,000 check results: 0.8 s, in batches of a thousand 0.05 s), and a window that folds a long
 * journal would stand still.
 */
export function applyEvents(record: RunRecord | null, events: readonly RunEvent[]): RunRecord | null {
  let folded = record;
  let at = 0;
  while (at < events.length) {
    const event = events[at];
    if (event === undefined) break;
    if (folded === null || isBoundary(event)) {
      folded = applyEvent(folded, event);
      at += 1;
      continue;
    }
    const restart = events.findIndex((one, index) => index > at && isBoundary(one));
    const end = restart === -1 ? events.length : restart;
    folded = foldBatch(folded, events.slice(at, end));
    at = end;
  }
  return folded;
}

/** Whether an event replaces whole lists, so that no batch may reach over it. */
function isBoundary({ type }: RunEvent): boolean {
  return type === 'runStarted' || type === 'findingsKept';
}

function foldBatch(record: RunRecord, events: readonly RunEvent[]): RunRecord {
  let known: RunRecord = record;
  const phases = growing(record.phases);
  const appliedChanges = growing(record.appliedChanges);
  const clusterCommands = growing(record.clusterCommands);
  const measurements = growing(record.measurements);
  const notes = growing(record.notes);
  let checks: ReturnType<typeof latest<Check>> | null = null;

  for (const event of events) {
    switch (event.type) {
      case 'phaseProgress':
      case 'trialStarted':
      case 'trialMark':
      case 'trialProgress':
      case 'trialRoles':
        break;
      case 'phaseStarted':
        phases.own().push({
          phase: event.phase,
          server: event.server,
          startedMs: event.sinceStartMs,
          durationMs: null,
          outcome: null,
          failure: null,
        });
        break;
      case 'phaseFinished': {
        const all = phases.own();
        const open = all.findLastIndex((one) => one.phase === event.phase && one.server === event.server && one.outcome === null);
        const phase = all[open];
        if (phase !== undefined) all[open] = { ...phase, durationMs: event.durationMs, outcome: event.outcome, failure: event.failure };
        break;
      }
      case 'changesApplied':
        for (const outcome of event.outcomes) {
          const change = event.changes.find((one) => one.id === outcome.id);
          if (change !== undefined) appliedChanges.own().push({ server: event.server, phase: event.phase, change, outcome });
        }
        break;
      case 'clusterCommand':
        clusterCommands.own().push({ node: event.node, command: event.command, atMs: event.sinceStartMs });
        break;
      case 'checkFinished':
        checks ??= latest(record.checks, checkKey);
        checks.put({ ...event.result, seenAt: event.at });
        break;
      case 'measured':
        measurements.own().push({ name: event.name, server: event.server, value: event.value, unit: event.unit });
        break;
      case 'note':
        notes.own().push({ level: event.level, server: event.server, message: event.message, atMs: event.sinceStartMs });
        break;
      case 'runStarted':
      case 'findingsKept':
      case 'factsGathered':
      case 'changesPlanned':
      case 'matrixMeasured':
      case 'clusterObserved':
      case 'trialFinished':
      case 'trialUndone':
      case 'clientImpact':
      case 'runFinished':
        // A few of them a run, and their lists hold a few entries.
        known = applyEvent(known, event);
        break;
    }
  }
  return {
    ...known,
    durationMs: events.at(-1)?.sinceStartMs ?? known.durationMs,
    phases: phases.list(),
    appliedChanges: appliedChanges.list(),
    clusterCommands: clusterCommands.list(),
    measurements: measurements.list(),
    notes: notes.list(),
    checks: checks === null ? record.checks : checks.list(),
  };
}

/** A list that is copied the first time something is added: one that nothing was added to stays the same, and with it what is drawn from it. */
function growing<Item>(original: Item[]): { own(): Item[]; list(): Item[] } {
  let copy: Item[] | null = null;
  return { own: () => (copy ??= [...original]), list: () => copy ?? original };
}
