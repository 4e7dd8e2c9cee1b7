import { runTool } from './program.ts';
import type { StepResult } from './step.ts';

/** Files, exports and packages that nothing uses. */
export async function checkLeftovers(): Promise<StepResult> {
  const { code, output } = await runTool('knip', [
    '--config',
    'scripts/config/knip.json',
    '--reporter',
    'symbols',
    '--reporter',
    './scripts/check/knipReporter.mjs',
  ]);
  const seen = Number(/^files seen by knip: (\d+)$/mu.exec(output)?.[1] ?? 0);
  return { ok: code === 0 && seen > 0, saw: `${seen} files`, output: seen > 0 ? output : `knip saw no file.\n${output}` };
}
