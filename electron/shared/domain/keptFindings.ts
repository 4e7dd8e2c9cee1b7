import { z } from 'zod';
import { Change } from './change.ts';
import { CheckResult } from './check.ts';
import { PortMatrix } from './matrix.ts';
import { ServerFacts } from './server.ts';

/** What a check that looks at a part again takes over from an earlier one; every result and every way in it names when it was seen. */
export const KeptFindings = z.object({
  /** The earlier check. */
  runId: z.string(),
  checks: z.array(CheckResult.required({ seenAt: true })),
  facts: z.array(ServerFacts),
  plannedChanges: z.array(z.object({ server: z.string(), changes: z.array(Change) })),
  matrix: PortMatrix.nullable(),
});
export type KeptFindings = z.infer<typeof KeptFindings>;
