import { z } from 'zod';
import { Message } from './message.ts';
import { Subject } from './subject.ts';
import { Verdict } from './verdict.ts';

/** One judged observation. `id` is `scope.name`, such as `server.memory`; texts are messages, so every output says the same. */
export const CheckResult = z.object({
  id: z.string(),
  subject: Subject,
  verdict: Verdict,
  expected: Message,
  observed: Message,
  /** Raw material the judgement rests on (a command's answer, a config line); may be empty, never holds a secret. */
  evidence: z.string(),
  remedy: Message.nullable(),
  /** When it was judged, UTC: set by the record, since a result that was kept from an earlier check must never look fresh. */
  seenAt: z.string().optional(),
  /** It could not be made because the run had no way to the servers, only to Redis: never a finding, and never a pass. */
  unmade: z.literal('ssh').optional(),
  /** It was kept from an earlier check than the one whose record it stands in. Not told by times: clocks are set back. */
  isKept: z.literal(true).optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;
