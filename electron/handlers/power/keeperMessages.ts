import { z } from 'zod';
import { Message } from '../../shared/domain/message.ts';

/** What Triad tells the keeper of a server's power, over their channel. The commands are on no command line. */
export const ToKeeper = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('guard'),
    server: z.string(),
    address: z.string(),
    off: z.string(),
    on: z.string(),
    /** When the server is switched on, whatever becomes of Triad. */
    afterSeconds: z.number(),
  }),
  z.object({ type: z.literal('off') }),
  z.object({ type: z.literal('on') }),
  /** The server is back: nothing is left to be done. */
  z.object({ type: z.literal('end') }),
]);
export type ToKeeper = z.infer<typeof ToKeeper>;

/** What it answers, in the order in which it was told. */
export const FromKeeper = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('did'), why: Message.nullable(), output: z.string() }),
]);
export type FromKeeper = z.infer<typeof FromKeeper>;
