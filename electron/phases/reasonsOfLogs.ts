import type { FailoverTrial } from '../shared/domain/failover.ts';
import type { Message } from '../shared/domain/message.ts';
import { wordsOfLine } from '../shared/domain/redisLog.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { pausedMs } from '../shared/domain/trialClock.ts';
import { message } from '../shared/messages/message.ts';

/**
 * What clocks and logs add to the reasons of a trial. A mark that a log contradicts by more than both may be off is a warning, as is a clock that was set; where all clocks moved by
 * the same, it was this computer that paused. A log that could not be compared takes nothing away from what was seen.
 */
export function reasonsOfLogs({
  clocks = [],
  logMarks = [],
  logs = [],
  marks,
}: Pick<FailoverTrial, 'clocks' | 'logMarks' | 'logs' | 'marks'>): readonly { readonly verdict: Verdict; readonly reason: Message }[] {
  const times = marks.map(({ atMs }) => atMs);
  const paused = pausedMs(clocks, times.length === 0 ? 0 : Math.max(...times) - Math.min(...times));
  const moved = clocks.flatMap(({ server, state, before, after }) =>
    state === 'set' && before !== null && after !== null
      ? [message('failover.reason.clockSet', { server, ms: Math.round(after.offsetMs - before.offsetMs) })]
      : [],
  );
  const set = paused === null ? moved : [message('failover.reason.computerPaused', { ms: Math.round(paused) })];
  const apart = logMarks.flatMap(({ node, line, seenAfterMs, apartMs }) => {
    if (apartMs === 0 || seenAfterMs === null) return [];
    const values = { node, line: wordsOfLine(line), apart: Math.ceil(Math.abs(apartMs)) };
    const distanceMs = Math.round(Math.abs(seenAfterMs));
    return apartMs > 0
      ? [message('failover.reason.seenLate', { ...values, after: distanceMs })]
      : [message('failover.reason.seenEarly', { ...values, before: distanceMs })];
  });
  const nodesOf = (isIt: (log: (typeof logs)[number]) => boolean): string =>
    logs
      .filter(isIt)
      .map(({ node }) => node)
      .join(', ');
  const missing = nodesOf(({ state }) => state !== 'read');
  const cut = nodesOf(({ isCut }) => isCut);
  return [
    ...[...set, ...apart].map((reason) => ({ verdict: 'warn' as const, reason })),
    ...(missing === '' ? [] : [{ verdict: 'pass' as const, reason: message('failover.reason.logsMissing', { nodes: missing }) }]),
    ...(cut === '' ? [] : [{ verdict: 'pass' as const, reason: message('failover.reason.logsCut', { nodes: cut }) }]),
  ];
}
