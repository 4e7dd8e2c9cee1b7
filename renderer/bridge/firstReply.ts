import type { ProcedureName } from '../../electron/shared/contract/procedures.ts';

const first = 'app.start' satisfies ProcedureName;

/**
 * What the core says at the start, asked for before anything else is evaluated: the core is loaded with the first question, and takes about as
 * long for it as this page for its own scripts. `main.tsx` imports this module before all others, and it imports nothing itself.
 */
let reply = window.triad?.call(first, undefined);
// Whoever takes it hears of a failure; a page that goes before that is no fault.
reply?.catch(() => undefined);

/** The reply to this call if it was asked for ahead, to be had once. */
export function takeFirstReply(name: ProcedureName): Promise<unknown> | undefined {
  if (name !== first) return undefined;
  const taken = reply;
  reply = undefined;
  return taken;
}
