import { BenchError } from '../benchError.ts';

/** A disturbance that did not come to what it is called: its row is left out. The message is the reason, a clause without a full stop. */
export class NotInForceError extends BenchError {}

/** How much longer than it is called a pulse may last. */
const longestShare = 1.5;

/** Refuses a pulse that lasted less than it is called, or much longer, milliseconds. */
export function proveLength(lastsMs: number, measuredMs: number): void {
  if (measuredMs >= lastsMs && measuredMs <= lastsMs * longestShare) return;
  throw new NotInForceError(`it should have lasted ${lastsMs} ms and took ${Math.round(measuredMs)} ms`);
}
