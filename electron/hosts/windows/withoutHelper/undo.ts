import { statusVerb } from './services.ts';
import { z } from 'zod';
import type { Verb } from './verb.ts';

/** ERROR_CALL_NOT_IMPLEMENTED: a fault needs the helper, for its undo must outlive a boot of the server. */
export const NOT_HERE = 120;

const Looked = z.object({ services: z.array(z.object({ state: z.string() })) });

/** `undo now NAME` and `undo cancel NAME` where there is nothing to be undone; all else of faults is refused. */
export const undoVerb: Verb = async (programs, request) => {
  const [what = '', name = ''] = request.args;
  if (what !== 'now' && what !== 'cancel') return { code: NOT_HERE, answer: null };
  const { answer } = await statusVerb(programs, { ...request, args: [name] });
  const isGone = Looked.parse(answer).services.every(({ state }) => state === 'missing');
  return isGone ? { code: 0, answer: { services: [], ended: true } } : { code: NOT_HERE, answer: null };
};
