import { runTool } from './program.ts';
import type { StepResult } from './step.ts';

/** How files are written; `npm run format` repairs what this finds. */
export async function checkFormat(): Promise<StepResult> {
  // With debug messages the tool names each file that it looks at; it fails by itself when no file matches.
  const { code, output } = await runTool('prettier', ['--config', 'scripts/config/prettier.json', '--check', '--ignore-unknown', '.']);
  return { ok: code === 0, saw: 'all files', output };
}
