import { z } from 'zod';

/** The operating system of a server, as far as Triad does things differently on it. */
export const Platform = z.enum(['linux', 'windows']);
export type Platform = z.infer<typeof Platform>;
