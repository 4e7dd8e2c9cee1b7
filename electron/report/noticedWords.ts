import type { ApplicationView, Noticed, ReadStretch, ReplicaReads, WaitedWrites } from '../shared/domain/noticed.ts';
import { formatCount, formatDecimal, formatDuration, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';

/** What was measured beside a trial's own writes, in sentences; none where nothing was. */
export function noticedStory({ application, readers, wait }: Noticed): readonly string[] {
  return [
    ...(application === undefined ? [] : applicationStory(application)),
    ...(readers === undefined ? [] : readersStory(readers)),
    ...(wait === undefined ? [] : waitStory(wait)),
  ];
}

/** The same in a few words for a terminal, a line for each measure; `label` says of which trial. */
export function noticedLines(label: string, { application, readers, wait }: Noticed): readonly string[] {
  return [
    ...(application === undefined ? [] : applicationLine(label, application)),
    ...(readers === undefined
      ? []
      : [text('report.noticed.shortReaders', { server: label, most: formatDuration(mostBehind(readers.replicas)) })]),
    ...(wait === undefined
      ? []
      : [
          text('report.noticed.shortWait', {
            server: label,
            confirmed: formatCount(wait.confirmed),
            acknowledged: formatCount(wait.acknowledged),
            lost: formatCount(wait.lost),
            lostConfirmed: formatCount(wait.lostConfirmed),
          }),
        ]),
  ];
}

/** What a client added to the gap of a shard, milliseconds; null where it is below what can be told. */
export function addedMs(view: Pick<ApplicationView, 'addedFromMs'>, shard: ApplicationView['shards'][number]): number | null {
  const added = shard.gapMs - shard.probeGapMs;
  return added >= view.addedFromMs ? added : null;
}

/** A latency, milliseconds; below 10 ms one digit is kept, for there they differ. */
export function formatLatency(ms: number | null): string {
  if (ms === null) return NO_FIGURE;
  return ms < 10 ? formatDecimal(ms, 1) : formatCount(ms);
}

function total(view: ApplicationView, count: (shard: ApplicationView['shards'][number]) => number): number {
  return view.shards.reduce((sum, shard) => sum + count(shard), 0);
}

function longestDelay(view: ApplicationView): number {
  return Math.max(0, ...view.shards.map(({ longestDelayMs }) => longestDelayMs ?? 0));
}

function applicationStory(view: ApplicationView): readonly string[] {
  const { client, addedFromMs, delayedFromMs } = view;
  const victim = view.shards.find(({ isVictims }) => isVictims);
  if (victim === undefined) return [];
  const added = addedMs(view, victim);
  const gaps = { client, gap: formatDuration(victim.gapMs), cluster: formatDuration(victim.probeGapMs) };
  const failed = total(view, (shard) => shard.failed);
  const delayed = total(view, (shard) => shard.delayed);
  const unanswered = total(view, (shard) => shard.unanswered);
  return [
    added === null
      ? text('report.noticed.addedNothing', { ...gaps, resolution: formatDuration(addedFromMs) })
      : text('report.noticed.added', { ...gaps, added: formatDuration(added) }),
    failed === 0
      ? text('report.noticed.noneFailed')
      : text('report.noticed.failed', { failed: formatCount(failed), attempted: formatCount(total(view, (shard) => shard.attempted)) }),
    ...(delayed === 0
      ? []
      : [
          text('report.noticed.delayed', {
            from: formatDuration(delayedFromMs),
            delayed: formatCount(delayed),
            longest: formatDuration(longestDelay(view)),
          }),
        ]),
    ...(unanswered === 0 ? [] : [text('report.noticed.unanswered', { unanswered: formatCount(unanswered) })]),
  ];
}

function applicationLine(label: string, view: ApplicationView): readonly string[] {
  const victim = view.shards.find(({ isVictims }) => isVictims);
  if (victim === undefined) return [];
  const added = addedMs(view, victim);
  const words = {
    server: label,
    client: view.client,
    gap: formatDuration(victim.gapMs),
    cluster: formatDuration(victim.probeGapMs),
    failed: formatCount(total(view, (shard) => shard.failed)),
    delayed: formatCount(total(view, (shard) => shard.delayed)),
  };
  return [
    added === null
      ? text('report.noticed.shortNothing', words)
      : text('report.noticed.shortAdded', { ...words, added: formatDuration(added) }),
  ];
}

function parts(stretches: ReplicaReads['replicas']): readonly ReadStretch[] {
  return [stretches.before, stretches.during, stretches.after];
}

function mostBehind(stretches: ReplicaReads['replicas']): number | null {
  const most = parts(stretches).flatMap(({ maxMs }) => (maxMs === null ? [] : [maxMs]));
  return most.length === 0 ? null : Math.max(...most);
}

function counted(stretches: ReplicaReads['replicas']): { readonly stale: string; readonly reads: string } {
  const sum = (count: (stretch: ReadStretch) => number): string =>
    formatCount(parts(stretches).reduce((all, stretch) => all + count(stretch), 0));
  return { stale: sum(({ stale }) => stale), reads: sum(({ reads }) => reads) };
}

function readersStory({ replicas, formerMaster }: ReplicaReads): readonly string[] {
  return [
    text('report.noticed.readers', {
      ...counted(replicas),
      during: formatDuration(replicas.during.maxMs),
      after: formatDuration(replicas.after.maxMs),
    }),
    ...(formerMaster === null
      ? []
      : [text('report.noticed.formerMaster', { ...counted(formerMaster), most: formatDuration(mostBehind(formerMaster)) })]),
  ];
}

function waitStory({ acknowledged, confirmed, timeoutMs, lost, lostConfirmed, latency }: WaitedWrites): readonly string[] {
  const confirming = text('report.noticed.wait', {
    confirmed: formatCount(confirmed),
    acknowledged: formatCount(acknowledged),
    timeout: formatDuration(timeoutMs),
    with: `${formatLatency(latency.withWait.p50)} ms`,
    without: `${formatLatency(latency.without.p50)} ms`,
  });
  if (lost === null || lostConfirmed === null) return [confirming, text('report.noticed.waitUnknown')];
  if (lost === 0) return [confirming, text('report.noticed.waitNoneLost')];
  return [
    confirming,
    text('report.noticed.waitLost', {
      lost: formatCount(lost),
      lostConfirmed: formatCount(lostConfirmed),
      known: formatCount(lost - lostConfirmed),
    }),
  ];
}
