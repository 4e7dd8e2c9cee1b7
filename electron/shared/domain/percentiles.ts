import { z } from 'zod';

/** Latencies of acknowledged writes in one stretch of a trial, milliseconds; null where there were none. */
export const Percentiles = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
});
export type Percentiles = z.infer<typeof Percentiles>;
