import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** The lock file: complete, so that `npm ci` accepts it on every platform, and free of any registry's address. */
export async function checkLock(file: string): Promise<StepResult> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const count = Object.keys(packages).length;
  if (count < 2) return failed(`${file} locks no package.`);
  const problems = Object.entries(packages).flatMap(([path, entry]) => [
    // A fresh release of a tool may be there before its packages for some platforms; `npm install` then leaves those out in silence.
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map(
        (name) => `${path === '' ? 'package.json' : path}: its optional dependency ${name} is missing, so "npm ci" will refuse this lock`,
      ),
    ...(path !== '' && entry.integrity === undefined && entry.link !== true ? [`${path}: has no integrity hash`] : []),
    ...(entry.resolved === undefined ? [] : [`${path}: names where it was fetched from; install with omit-lockfile-registry-resolved`]),
  ]);
  return { ok: problems.length === 0, saw: `${count - 1} packages`, output: problems.join('\n') };
}

/** Whether a package at `path` would find `name`: in its own node_modules or in one further out. */
function isLocked(packages: Readonly<Record<string, unknown>>, path: string, name: string): boolean {
  const inside = path === '' ? `node_modules/${name}` : `${path}/node_modules/${name}`;
  if (inside in packages) return true;
  if (path === '') return false;
  const outer = path.lastIndexOf('/node_modules/');
  return isLocked(packages, outer < 0 ? '' : path.slice(0, outer), name);
}
