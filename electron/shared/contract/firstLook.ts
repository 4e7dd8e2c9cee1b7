import { z } from 'zod';
import { LANGUAGES } from '../domain/language.ts';
import { Settings } from './procedures.ts';

/**
 * What the shell already knows when it serves the first document, and the page draws Home by until the core has answered: how the window looked
 * and spoke last, and whether there were clusters or drafts then. The core's answers, which come a little later, count.
 */
export const FirstLook = z.strictObject({ settings: Settings, language: z.enum(LANGUAGES), hasCards: z.boolean() });
export type FirstLook = z.infer<typeof FirstLook>;
