import { root, runTool } from './program.ts';
import { existingFolders, sourceFiles } from './sourceFiles.ts';
import type { StepResult } from './step.ts';

/** The rules of scripts/config/oxlint.json, those that need types included; fails too when the tool saw fewer files than there are. */
export async function checkLint(): Promise<StepResult> {
  // The folders are named, because without them and without a .gitignore the tool walks into node_modules and its type reader crashes.
  const { code, output } = await runTool('oxlint', ['--config', 'scripts/config/oxlint.json', ...existingFolders(root)]);
  const seen = Number(/ on (\d+) files? /u.exec(output)?.[1] ?? 0);
  const onDisk = sourceFiles(root).length;
  const complete = seen > 0 && seen >= onDisk;
  const words = code === 0 && !complete ? `oxlint saw ${seen} of ${onDisk} files.\n${output}` : output;
  return { ok: code === 0 && complete, saw: `${seen} files`, output: words };
}
