import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildCli } from '../build/buildCli.ts';
import { cliOutput } from '../build/cliState.mjs';
import { root, runScript } from './program.ts';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';

/** Builds the command line and starts what was built. */
export async function checkBuild(): Promise<StepResult> {
  if (!existsSync(join(root, 'electron/cli.ts'))) return failed('electron/cli.ts does not exist.');
  const files = await buildCli();
  const { code, output } = await runScript(cliOutput.entry, ['--help']);
  const started = code === 0 && output.trim() !== '';
  return { ok: started, saw: `${files.length} files`, output: `out/cli/cli.js --help ended with ${String(code)}:\n${output}` };
}
