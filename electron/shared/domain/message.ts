import { z } from 'zod';

/** A text by its code in the message catalogue and the values to fill in; rendered only where it is shown. */
export const Message = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Message = z.infer<typeof Message>;
