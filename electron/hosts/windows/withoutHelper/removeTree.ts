import { z } from 'zod';
import type { Verb } from './verb.ts';

const Removed = z.union([
  z.object({ path: z.string(), removed: z.number(), links: z.number() }),
  z.object({ error: z.number(), at: z.string(), detail: z.string() }),
]);

/** `remove-tree PATH`. A link anywhere in it is refused before anything goes (4395): what it leads to is not ours, and no cmdlet tells what it does with it. */
export const removeTreeVerb: Verb = async ({ powershell }, { args, bounds }) => {
  const [path = ''] = args;
  const answer = await powershell.ask('removeTree', { path }, Removed, bounds());
  return { code: 'error' in answer ? answer.error : 0, answer };
};
