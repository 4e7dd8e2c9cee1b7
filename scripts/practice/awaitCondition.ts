import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer, at most `timeoutMs`. The answer, or undefined when the time is over.
 * Used where the kernel or a server offers nothing to wait on.
 */
export async function awaitCondition<Answer>(
  timeoutMs: number,
  ask: () => Answer | undefined | Promise<Answer | undefined>,
  intervalMs = 40,
): Promise<Answer | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) return undefined;
    await pause(intervalMs);
  }
}
