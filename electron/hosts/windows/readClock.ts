import type { CallOptions } from '../host.ts';
import { jsonObject } from './decodeOutput.ts';
import type { Helper } from './helper.ts';
import { ClockAnswer } from './helperAnswers.ts';

/** A telling of the server's clock and the moments of the admin's around it; unix ms. */
export interface ClockTold {
  readonly timeMs: number;
  readonly sentAtMs: number;
  readonly firstOutputAtMs: number;
}

/** How often is asked; the quickest answer tells best. */
const QUESTIONS = 3;

/**
 * Asks a program that runs already. How long one takes to start, which PowerShell and a virus scanner make a second and more, would count as uncertainty, and two servers could
 * not be compared any more.
 */
export async function readClock(helper: Helper, options?: CallOptions): Promise<ClockTold> {
  const running = await helper.start({ step: 'clock', verb: 'clock' }, options);
  const told = async (wanted: number): Promise<number> => {
    const answerIn = (line: string): ClockAnswer | undefined => ClockAnswer.safeParse(jsonObject(line)).data;
    const line = await running.waitForLine((text) => answerIn(text)?.answer === wanted, options);
    return answerIn(line)?.timeMs ?? 0;
  };
  await told(0);
  const all: ClockTold[] = [];
  for (let question = 1; question <= QUESTIONS; question += 1) {
    const sentAtMs = Date.now();
    running.write('\n');
    const timeMs = await told(question);
    all.push({ timeMs, sentAtMs, firstOutputAtMs: Date.now() });
  }
  await running.end(options);
  const [quickest] = all.toSorted((a, b) => a.firstOutputAtMs - a.sentAtMs - (b.firstOutputAtMs - b.sentAtMs));
  if (quickest === undefined) throw new Error('the clock was not asked');
  return quickest;
}
