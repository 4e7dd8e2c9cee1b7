const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MOMENT = /^\d+:[A-Z] (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{3}) /u;
/** Zones differ from UTC by whole quarters of an hour. */
const QUARTER_MINUTES = 15;
/** A file that was written later than this after its last line (copied, touched) says nothing of the zone. */
const MOST_LATE_MS = 60_000;

/** When a line of a node's log was written, on the server's clock, Unix milliseconds. Redis writes local time without its zone; null for a line in another form. */
export function momentOf(line: string, zoneMinutes: number): number | null {
  const [, day, month = '', year, ...time] = MOMENT.exec(line) ?? [];
  const at = MONTHS.indexOf(month);
  if (at < 0) return null;
  const [hour, minute, second, ms] = time.map(Number);
  return Date.UTC(Number(year), at, Number(day), hour, minute, second, ms) - zoneMinutes * 60_000;
}

/**
 * The distance of a log's times from UTC, minutes: Redis opens its log anew for every line, so the file was last written when its last line was. Null where that does
 * not tell: there is no line, or something else has written to the file.
 */
export function zoneFrom(lines: readonly string[], modifiedMs: number | null | undefined): number | null {
  const aheadMs = aheadOfFile(lines, modifiedMs);
  if (aheadMs === null) return null;
  const minutes = wholeQuarters(aheadMs);
  return Math.abs(aheadMs - minutes * 60_000) > MOST_LATE_MS ? null : minutes;
}

/**
 * The likeliest distance of a log's times from UTC, minutes, for times that may be a little off: {@link zoneFrom} also for a file that something else has written to some
 * minutes after its last line, which is right up to half a quarter of an hour; 0 where nothing tells.
 */
export function likelyZone(lines: readonly string[], modifiedMs: number | null | undefined): number {
  const aheadMs = aheadOfFile(lines, modifiedMs);
  return aheadMs === null ? 0 : wholeQuarters(aheadMs);
}

/** How far the last line of a log that tells its time is ahead of the moment at which the file was written, milliseconds. */
function aheadOfFile(lines: readonly string[], modifiedMs: number | null | undefined): number | null {
  if (modifiedMs === null || modifiedMs === undefined) return null;
  for (const line of lines.toReversed()) {
    const local = momentOf(line, 0);
    if (local !== null) return local - modifiedMs;
  }
  return null;
}

function wholeQuarters(ms: number): number {
  return Math.round(ms / 60_000 / QUARTER_MINUTES) * QUARTER_MINUTES;
}

/** What a line of a log says, without its process id, time and level; a line in another form as it is. */
export function wordsOfLine(line: string): string {
  return /^\S+ \d+ [A-Z][a-z]+ \d+ \S+ \S (.*)$/u.exec(line)?.[1] ?? line;
}
