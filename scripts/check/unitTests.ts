import type { StepResult } from './step.ts';
import { runVitest } from './vitest.ts';

/** The tests that need no server. */
export async function checkUnitTests(): Promise<StepResult> {
  const { failed, skipped, ran, output } = await runVitest('unit', [], 'collect');
  const words = skipped > 0 ? `${output}\n${skipped} tests were skipped.` : output;
  return { ok: failed === 0 && skipped === 0 && ran > 0, saw: `${ran} tests`, output: words };
}
