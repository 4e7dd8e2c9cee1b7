import type { LogEnd } from '../hosts/host.ts';
import { clockOf } from '../redis/clockOf.ts';
import { logMarksOf, type TimedLine } from '../redis/logMarks.ts';
import { parseFailoverLog, type LogLine } from '../redis/parseFailoverLog.ts';
import type { Mark } from '../shared/domain/failover.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { clockDuring, clockOverBoot, type ClockOffset } from '../shared/domain/trialClock.ts';
import type { LogMark, TrialClock, TrialLog } from '../shared/domain/trialLogs.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { hostOf, type RunContext } from './runContext.ts';
import type { Trial } from './trial.ts';
import { CLOCK_DEADLINE_MS, LOGS_DEADLINE_MS } from './trialDeadlines.ts';

/** What is kept of a node's lines, characters: a trial writes some 3 kB of them. Those that tell of the failover are kept first. */
const KEPT_CHARACTERS = 8 * 1024;
/** Redis writes whole milliseconds and leaves the rest off: the middle of the millisecond is off by half of it. */
const HALF_A_MILLISECOND = 0.5;

type LogContext = Pick<RunContext, 'plan' | 'hosts' | 'lost' | 'nodes' | 'password' | 'now' | 'signal'>;

/** The clocks of all servers at one moment, by server; `atMs` on the run's clock. */
export interface ClocksAt {
  readonly atMs: number;
  readonly offsets: ReadonlyMap<string, ClockOffset | null>;
}

/**
 * Measures how far the clock of each server is ahead of the run's, which `timeOfDayMs` turns into a time of day. One server after the other, so that no question waits behind
 * another's.
 */
export async function measureClocks(context: LogContext, timeOfDayMs: number): Promise<ClocksAt> {
  const offsets = new Map<string, ClockOffset | null>();
  const bounds = { signal: context.signal, deadlineMs: CLOCK_DEADLINE_MS };
  for (const { name } of context.plan.servers) {
    const node = context.plan.nodes.find((one) => one.server === name && context.nodes.has(one.id));
    const connection = node === undefined ? undefined : context.nodes.get(node.id);
    offsets.set(name, connection === undefined ? null : await clockOf(connection, { now: context.now, timeOfDayMs }, bounds));
  }
  return { atMs: context.now(), offsets };
}

/** What the logs of all nodes say of a trial. */
export interface ToldByLogs {
  readonly clocks: TrialClock[];
  readonly logMarks: LogMark[];
  readonly logs: TrialLog[];
}

/**
 * Reads what all nodes have logged since the writers began, puts it on the trial's clock and compares it with what was seen. Never fails for a log that cannot be had: it is
 * told as such. `before` is the measurement of the clocks before the fault; they are measured again here.
 */
export async function readTrialLogs(
  context: LogContext,
  trial: Pick<Trial, 'server' | 'fault' | 'master' | 'hit' | 'faultAtMs'>,
  facts: { readonly before: ClocksAt; readonly timeOfDayMs: number; readonly view: ClusterView; readonly marks: readonly Mark[] },
): Promise<ToldByLogs> {
  const { before, timeOfDayMs, view, marks } = facts;
  const { plan } = context;
  const [after, ends] = [await measureClocks(context, timeOfDayMs), await readEnds(context)];
  const clocks = plan.servers.map(({ name }) => {
    const both = [before.offsets.get(name) ?? null, after.offsets.get(name) ?? null] as const;
    const hasBooted = name === trial.server && trial.fault?.kind === 'power';
    return hasBooted ? clockOverBoot(name, ...both) : clockDuring(name, ...both, after.atMs - before.atMs);
  });
  const sinceMs = before.atMs - trial.faultAtMs;
  const read = plan.nodes.map((node) => {
    const clock = clocks.find(({ server }) => server === node.server);
    const timed = timedLines(node, ends.get(node.id), clock, {
      faultAtDayMs: trial.faultAtMs + timeOfDayMs,
      sinceMs,
      secret: context.password.value,
    });
    return { log: keptLog(node, ends.get(node.id), timed), timed: timed.lines };
  });
  const victim = {
    nodes: trial.hit.map(({ id }) => id),
    master: trial.master.id,
    masterRedisId: view.views.find(({ node }) => node === trial.master.id)?.redisId ?? '',
  };
  const timed = read.flatMap((one) => one.timed.flatMap(({ time, ...line }) => (time === null ? [] : [{ ...line, ...time }])));
  return { clocks: clocks.map(rounded), logMarks: logMarksOf(timed, victim, marks).map(roundedMark), logs: read.map(({ log }) => log) };
}

/** The ends of the logs of all nodes, by node; those of a server that does not answer are missing. */
async function readEnds(context: LogContext): Promise<ReadonlyMap<string, LogEnd>> {
  const { plan, signal } = context;
  const ofServers = await Promise.all(
    plan.servers.map(async ({ name }) => {
      const nodes = plan.nodes.filter(({ server }) => server === name);
      try {
        const bounds = { signal, deadlineMs: LOGS_DEADLINE_MS };
        const ends = await hostOf(context, name).readLogs(
          nodes.map(({ logFile }) => logFile),
          bounds,
        );
        return nodes.flatMap((node, index): [string, LogEnd][] => {
          const end = ends[index];
          return end === undefined ? [] : [[node.id, end]];
        });
      } catch (error) {
        if (signal.aborted) throw error;
        return [];
      }
    }),
  );
  return new Map(ofServers.flat());
}

/** A line with its time on the trial's clock, or null where that cannot be told. */
type Placed = Omit<TimedLine, 'atMs' | 'uncertaintyMs'> & { readonly time: Pick<TimedLine, 'atMs' | 'uncertaintyMs'> | null };

interface PlacedLog {
  readonly lines: readonly Placed[];
  readonly hasTime: boolean;
  readonly isCut: boolean;
}

/** The lines of a trial, without the secret; where their times tell nothing, the last ones, without times. */
function timedLines(
  node: NodeSpec,
  end: LogEnd | undefined,
  clock: TrialClock | undefined,
  { faultAtDayMs, sinceMs, secret }: { readonly faultAtDayMs: number; readonly sinceMs: number; readonly secret: string | null },
): PlacedLog {
  const during = clock?.during ?? null;
  const zoneMinutes = end?.zoneMinutes ?? null;
  const lines = parseFailoverLog(end?.text ?? '', zoneMinutes ?? 0, secret);
  const place = ({ what, about, text }: LogLine, time: Placed['time']): Placed => ({ node: node.id, what, about, text, time });
  if (during === null || zoneMinutes === null)
    return { lines: lines.slice(-UNPLACED).map((line) => place(line, null)), hasTime: false, isCut: false };
  const uncertaintyMs = during.uncertaintyMs + HALF_A_MILLISECOND;
  const placed = lines.map((line) =>
    place(line, { atMs: line.onServerMs + HALF_A_MILLISECOND - during.offsetMs - faultAtDayMs, uncertaintyMs }),
  );
  const isCut = end?.isWhole === false && (placed[0]?.time?.atMs ?? Infinity) > sinceMs;
  return { lines: placed.filter(({ time }) => (time?.atMs ?? -Infinity) + uncertaintyMs >= sinceMs), hasTime: true, isCut };
}

/** How many lines of a log without times are looked at. */
const UNPLACED = 40;

/** What the record keeps of a log: no more than {@link KEPT_CHARACTERS}. */
function keptLog(node: NodeSpec, end: LogEnd | undefined, { lines, hasTime, isCut }: PlacedLog): TrialLog {
  const read = end?.state === 'read' ? (hasTime ? 'read' : 'noTime') : (end?.state ?? 'unread');
  const kept = new Set<Placed>();
  let characters = 0;
  for (const line of [...lines.filter(({ what }) => what !== null), ...lines.filter(({ what }) => what === null)]) {
    characters += line.text.length;
    if (characters > KEPT_CHARACTERS) break;
    kept.add(line);
  }
  return {
    node: node.id,
    state: read,
    isCut,
    omitted: lines.length - kept.size,
    lines: lines
      .filter((line) => kept.has(line))
      .map(({ time, what, text }) => ({ atMs: time === null ? null : tenths(time.atMs), what, text })),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function rounded(clock: TrialClock): TrialClock {
  const of = (offset: TrialClock['before']): TrialClock['before'] =>
    offset === null ? null : { offsetMs: tenths(offset.offsetMs), uncertaintyMs: Math.ceil(offset.uncertaintyMs * 10) / 10 };
  return { ...clock, before: of(clock.before), after: of(clock.after), during: of(clock.during) };
}

function roundedMark(mark: LogMark): LogMark {
  return {
    ...mark,
    atMs: tenths(mark.atMs),
    uncertaintyMs: Math.ceil(mark.uncertaintyMs * 10) / 10,
    seenAfterMs: mark.seenAfterMs === null ? null : tenths(mark.seenAfterMs),
    apartMs: tenths(mark.apartMs),
  };
}
