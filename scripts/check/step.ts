import { performance } from 'node:perf_hooks';

/** What a step found out. */
export interface StepResult {
  readonly ok: boolean;
  /** What it looked at, such as "120 files": a step that saw nothing has not passed. */
  readonly saw: string;
  /** Its words for a person, shown when it failed. */
  readonly output: string;
}

/** One step of `npm run check`. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<StepResult>;
}

/** A step with its result and how long it took. */
export interface FinishedStep extends StepResult {
  readonly name: string;
  readonly durationMs: number;
}

/** Runs one step; one that throws has failed with the error's words. */
export async function runStep(step: Step): Promise<FinishedStep> {
  const startedAt = performance.now();
  const result = await step
    .run()
    .catch((error: unknown) => failed(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return { ...result, name: step.name, durationMs: performance.now() - startedAt };
}

/** Runs steps side by side, in their order, at most `atOnce` at a time, and returns the results in that order. */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<readonly FinishedStep[]> {
  const finished = new Map<number, FinishedStep>();
  const waiting = steps.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, step] of waiting) finished.set(index, await runStep(step));
    }),
  );
  return steps.flatMap((_, index) => finished.get(index) ?? []);
}

/** A step's failure before it could look at anything. */
export function failed(output: string): StepResult {
  return { ok: false, saw: 'nothing', output };
}

/** "1.3 s" */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** The words of the failed steps, then one line a step. */
export function renderSteps(steps: readonly FinishedStep[]): string {
  const words = steps.filter((step) => !step.ok).map((step) => `--- ${step.name} failed\n${step.output.trimEnd()}\n\n`);
  const width = Math.max(...steps.map((step) => step.name.length));
  const lines = steps.map(
    (step) => `${step.ok ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(width)}  ${seconds(step.durationMs).padStart(7)}  ${step.saw}\n`,
  );
  return [...words, ...lines].join('');
}
