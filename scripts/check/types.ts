import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { root, runTool } from './program.ts';
import { sourceFiles } from './sourceFiles.ts';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';

const infoFolder = join(root, 'node_modules/.cache/types');
const infoSchema = z.object({ fileNames: z.array(z.string()).default([]) });

/** All type projects; fails too when a source file is in none of them. */
export async function checkTypes(): Promise<StepResult> {
  const { code, output } = await runTool('tsc', ['-b', '--pretty', 'false']);
  if (code !== 0) return { ok: false, saw: 'all projects', output };
  const typed = await typedFiles();
  const onDisk = sourceFiles(root);
  if (onDisk.length === 0) return failed('There is no source file.');
  const untyped = onDisk.filter((file) => !typed.has(file));
  return {
    ok: untyped.length === 0,
    saw: `${onDisk.length - untyped.length} of ${onDisk.length} files`,
    output: untyped.map((file) => `${file}: in none of the projects of tsconfig.json`).join('\n'),
  };
}

async function typedFiles(): Promise<ReadonlySet<string>> {
  if (!existsSync(infoFolder)) return new Set();
  const infos = (await readdir(infoFolder)).filter((name) => name.endsWith('.tsbuildinfo'));
  const files = await Promise.all(
    infos.map(async (name) => infoSchema.parse(JSON.parse(await readFile(join(infoFolder, name), 'utf8'))).fileNames),
  );
  return new Set(files.flat().map((file) => relative(root, resolve(infoFolder, file)).replaceAll('\\', '/')));
}
