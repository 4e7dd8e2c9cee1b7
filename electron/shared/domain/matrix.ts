import { z } from 'zod';

/**
 * Outcome of one attempt to reach a port. `open`: our own listener, or the planned Redis, proved itself. `refused`: the machine answered
 * that nothing listens or a firewall rejects. `filtered`: no answer within the deadline. `unreachable`: no route, or an ICMP error.
 * `intercepted`: something accepted that is not ours. `unknown`: the attempt itself could not be made.
 */
export const Reach = z.enum(['open', 'refused', 'filtered', 'unreachable', 'intercepted', 'unknown']);
export type Reach = z.infer<typeof Reach>;

/** One directed attempt. `from` is a server's name or `admin`. */
export const MatrixCell = z.object({
  from: z.string(),
  to: z.string(),
  port: z.number(),
  reach: Reach,
  /** Milliseconds until the answer, or until the attempt was given up. */
  durationMs: z.number(),
  evidence: z.string(),
  /** When it was tried, UTC, where that was in an earlier run than the one that the matrix belongs to. */
  seenAt: z.string().optional(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

/** What stood behind the ports while they were tried. */
export const MatrixSubject = z.enum(['listeners', 'cluster']);

/** Every directed way that the cluster and its clients need, tried at once. */
export const PortMatrix = z.object({
  measuredOn: MatrixSubject,
  ports: z.array(z.number()),
  servers: z.array(z.string()),
  cells: z.array(MatrixCell),
});
export type PortMatrix = z.infer<typeof PortMatrix>;
