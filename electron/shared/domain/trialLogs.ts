import { z } from 'zod';

/**
 * The clock of one server against that of the run, around a trial. The run's clock is monotonic and was once set to this computer's time of day, so an offset
 * is what the server is ahead of this computer, milliseconds, whatever becomes of this computer's own clock meanwhile.
 */
export const TrialClock = z.object({
  server: z.string(),
  /** Null where the server could not be asked. */
  before: z.object({ offsetMs: z.number(), uncertaintyMs: z.number() }).nullable(),
  after: z.object({ offsetMs: z.number(), uncertaintyMs: z.number() }).nullable(),
  /** What holds for the whole trial. Null where the clock was set meanwhile, the server has booted, or it could not be asked: no time in that server's logs can be used then. */
  during: z.object({ offsetMs: z.number(), uncertaintyMs: z.number() }).nullable(),
  state: z.enum(['measured', 'once', 'set', 'booted', 'unknown']),
});
export type TrialClock = z.infer<typeof TrialClock>;

/** What the logs of Redis say of a mark, on the trial's clock: milliseconds after the fault. It happened at most `uncertaintyMs` before or after `atMs`. */
export const LogMark = z.object({
  /** A name of `MARKS`. */
  name: z.string(),
  atMs: z.number(),
  uncertaintyMs: z.number(),
  /** Whose log says so, and in which words. */
  node: z.string(),
  line: z.string(),
  /** How much later Triad saw it, milliseconds; negative where it saw it before the log has it. Null where it did not see it. */
  seenAfterMs: z.number().nullable(),
  /** How far the two are apart beyond what both may be off, with the sign of `seenAfterMs`; 0 where they agree. */
  apartMs: z.number(),
});
export type LogMark = z.infer<typeof LogMark>;

/** What a node logged during a trial. */
export const TrialLog = z.object({
  node: z.string(),
  /** `noTime`: it was read, but nobody knows what its times mean: its time zone could not be told, or its server's clock. */
  state: z.enum(['read', 'noTime', 'absent', 'unread']),
  /** Lines from its beginning were no longer there, or too far from its end to be read. */
  isCut: z.boolean(),
  /** How many of them are not kept here. */
  omitted: z.number(),
  /** `what` is the word for what a line tells of a failover, null for all others; `atMs` is milliseconds after the fault, null where nobody knows. */
  lines: z.array(z.object({ atMs: z.number().nullable(), what: z.string().nullable(), text: z.string() })),
});
export type TrialLog = z.infer<typeof TrialLog>;
