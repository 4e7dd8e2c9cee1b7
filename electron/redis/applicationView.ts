import type { ShardLedger } from '../shared/domain/failover.ts';
import type { ApplicationShard, ApplicationView } from '../shared/domain/noticed.ts';
import { APPLICATION_CLIENT, APPLICATION_PER_SECOND } from './applicationWriter.ts';
import { TOPOLOGY_REFRESH_MS } from './probeRoutes.ts';
import { ledgerOf, type ShardJournal } from './ledger.ts';

/** An acknowledged write that took this long was held back by the client, or by a node that did not answer; milliseconds. */
const DELAYED_FROM_MS = 100;
const RESOLUTION_MS = 1000 / APPLICATION_PER_SECOND;
/** As many words of errors as a reader looks at, and as much of each. */
const MOST_ERRORS = 5;
const MOST_CHARACTERS = 200;

/** What an application noticed of a trial, out of its journals and the ledgers of the trial's own writers. Pure. */
export function applicationViewOf(
  journals: readonly ShardJournal[],
  facts: { readonly faultAtMs: number; readonly shards: readonly Pick<ShardLedger, 'shard' | 'isVictims' | 'outageMs'>[] },
): ApplicationView {
  return {
    client: APPLICATION_CLIENT,
    ratePerSecond: APPLICATION_PER_SECOND,
    resolutionMs: RESOLUTION_MS,
    addedFromMs: RESOLUTION_MS + TOPOLOGY_REFRESH_MS,
    delayedFromMs: DELAYED_FROM_MS,
    shards: facts.shards.flatMap((own) => {
      const journal = journals.find(({ shard }) => shard === own.shard);
      return journal === undefined ? [] : [shardOf(journal, own, facts.faultAtMs)];
    }),
    errors: errorsOf(journals),
  };
}

function shardOf(journal: ShardJournal, own: Pick<ShardLedger, 'shard' | 'isVictims' | 'outageMs'>, faultAtMs: number): ApplicationShard {
  const ledger = ledgerOf(journal, { faultAtMs, isVictims: own.isVictims, lost: null });
  const delays = journal.writes
    .filter(({ outcome }) => outcome === 'acknowledged')
    .map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs)
    .filter((ms) => ms >= DELAYED_FROM_MS);
  return {
    shard: own.shard,
    isVictims: own.isVictims,
    gapMs: ledger.outageMs,
    gapFromMs: ledger.outageFromMs,
    gapToMs: ledger.outageToMs,
    probeGapMs: own.outageMs,
    attempted: ledger.attempted,
    acknowledged: ledger.acknowledged,
    failed: ledger.refused,
    unanswered: ledger.timedOut,
    delayed: delays.length,
    longestDelayMs: delays.length === 0 ? null : delays.reduce((most, ms) => Math.max(most, ms), 0),
  };
}

function errorsOf(journals: readonly ShardJournal[]): ApplicationView['errors'] {
  const counts = new Map<string, number>();
  for (const { outcome, reason } of journals.flatMap(({ writes }) => writes)) {
    if (outcome !== 'refused') continue;
    const error = reason.slice(0, MOST_CHARACTERS);
    counts.set(error, (counts.get(error) ?? 0) + 1);
  }
  return [...counts]
    .map(([error, count]) => ({ error, count }))
    .toSorted((one, other) => other.count - one.count || one.error.localeCompare(other.error))
    .slice(0, MOST_ERRORS);
}
