import type { Mark, MarkName } from '../shared/domain/failover.ts';
import type { LogMark } from '../shared/domain/trialLogs.ts';
import type { LogWord } from './parseFailoverLog.ts';

/** A line of a node's log on the trial's clock: milliseconds after the fault. */
export interface TimedLine {
  readonly node: string;
  readonly what: LogWord | null;
  readonly about: string | null;
  readonly text: string;
  readonly atMs: number;
  /** How far `atMs` may be off in both directions. */
  readonly uncertaintyMs: number;
}

/** Whom a trial hit. */
export interface LogVictim {
  /** Planned ids of the nodes that were hit. */
  readonly nodes: readonly string[];
  /** The Redis node id of the master among them, and its planned id. */
  readonly masterRedisId: string;
  readonly master: string;
}

/** Seen marks are rounded to whole milliseconds. */
const ROUNDING_MS = 1;
/** Moments that lie in both directions of what is told; all others were seen after they happened. */
const TWO_SIDED: readonly MarkName[] = ['faultInjected'];

/**
 * What the logs say of the marks of a trial, each with its distance from what was seen. Every line counts only from the fault on, as far as it can be told. Marks of which
 * the logs know nothing (writes, offsets, a node that was only cut off) are missing, and so is what the log level keeps back: Redis tells of a suspicion only from `verbose` on.
 */
export function logMarksOf(lines: readonly TimedLine[], victim: LogVictim, marks: readonly Mark[]): readonly LogMark[] {
  const after = lines.filter((line) => line.atMs + line.uncertaintyMs >= faultFrom(marks)).toSorted((a, b) => a.atMs - b.atMs);
  const found: readonly (readonly [MarkName, TimedLine | undefined])[] = [
    ['faultInjected', faultIn(after, victim)],
    ['suspected', ofSurvivors(after, victim).find(({ what, about }) => what === 'suspected' && about === victim.masterRedisId)],
    ['failAgreed', ofSurvivors(after, victim).find((line) => isFail(line) && line.about === victim.masterRedisId)],
    ['promoted', promotionIn(after, victim)],
    ['slotsCovered', coverageIn(after, victim)],
    ['serverStarted', lastOfAll(victim.nodes, (node) => after.find((line) => line.node === node && line.what === 'ready'))],
    ['replicaLinkUp', linkIn(after, victim, marks)],
  ];
  return found.flatMap(([name, line]) => (line === undefined ? [] : [compare(name, line, marks)]));
}

function faultFrom(marks: readonly Mark[]): number {
  const fault = marks.find(({ name }) => name === 'faultInjected');
  return fault === undefined ? 0 : fault.atMs - fault.uncertaintyMs;
}

function ofSurvivors(lines: readonly TimedLine[], { nodes }: LogVictim): readonly TimedLine[] {
  return lines.filter(({ node }) => !nodes.includes(node));
}

function isFail({ what }: TimedLine): boolean {
  return what === 'failMarked' || what === 'failReceived';
}

/** What was done to the master is in a log where it was asked to end, or its replica to take over; whoever is killed says nothing. */
function faultIn(lines: readonly TimedLine[], victim: LogVictim): TimedLine | undefined {
  const promotion = promotionIn(lines, victim);
  return lines.find(
    ({ node, what, atMs }) =>
      (what === 'ending' && node === victim.master) ||
      (what === 'manualAccepted' && node === promotion?.node && promotion !== undefined && atMs <= promotion.atMs),
  );
}

/** A trial has one promotion before its roles are given back: the first. */
function promotionIn(lines: readonly TimedLine[], victim: LogVictim): TimedLine | undefined {
  return ofSurvivors(lines, victim).find(({ what }) => what === 'electionWon');
}

/** Survivors that said that the cluster fails say that it is well again; the last of them counts. Where none said so, no log knows. */
function coverageIn(lines: readonly TimedLine[], victim: LogVictim): TimedLine | undefined {
  const promotion = promotionIn(lines, victim);
  if (promotion === undefined) return undefined;
  const survivors = ofSurvivors(lines, victim);
  const failing = [
    ...new Set(survivors.filter(({ what, atMs }) => what === 'stateFail' && atMs <= promotion.atMs).map(({ node }) => node)),
  ];
  return lastOfAll(failing, (node) =>
    survivors.find((line) => line.node === node && line.what === 'stateOk' && line.atMs >= promotion.atMs - line.uncertaintyMs),
  );
}

/** The last copy that a node that was hit has made after its return and before Triad saw the links up or gave the roles back. */
function linkIn(lines: readonly TimedLine[], victim: LogVictim, marks: readonly Mark[]): TimedLine | undefined {
  const seen = (name: MarkName): number => marks.find((mark) => mark.name === name)?.atMs ?? Infinity;
  const untilMs = Math.min(seen('inSync'), seen('layoutRestored'));
  const synced = victim.nodes.flatMap((node) => {
    const returned = lines.find((line) => line.node === node && (line.what === 'started' || line.what === 'reconfigured'));
    return returned === undefined
      ? []
      : (lines.findLast(
          (line) => line.node === node && line.what === 'synced' && line.atMs >= returned.atMs && line.atMs - line.uncertaintyMs <= untilMs,
        ) ?? []);
  });
  return synced.toSorted((a, b) => a.atMs - b.atMs).at(-1);
}

/** The latest of one line of each node; nothing where one of them has none. */
function lastOfAll(nodes: readonly string[], of: (node: string) => TimedLine | undefined): TimedLine | undefined {
  const lines = nodes.flatMap((node) => of(node) ?? []);
  return lines.length < nodes.length ? undefined : lines.toSorted((a, b) => a.atMs - b.atMs).at(-1);
}

function compare(name: MarkName, { atMs, uncertaintyMs, node, text }: TimedLine, marks: readonly Mark[]): LogMark {
  const told = { name, atMs, uncertaintyMs, node, line: text };
  const seen = marks.find((mark) => mark.name === name);
  if (seen === undefined) return { ...told, seenAfterMs: null, apartMs: 0 };
  const seenFromMs = seen.atMs - seen.uncertaintyMs - ROUNDING_MS;
  const seenToMs = seen.atMs + (TWO_SIDED.includes(name) ? seen.uncertaintyMs : 0) + ROUNDING_MS;
  const lateMs = Math.max(0, seenFromMs - (atMs + uncertaintyMs));
  const earlyMs = Math.max(0, atMs - uncertaintyMs - seenToMs);
  return { ...told, seenAfterMs: seen.atMs - atMs, apartMs: earlyMs > 0 ? -earlyMs : lateMs };
}
