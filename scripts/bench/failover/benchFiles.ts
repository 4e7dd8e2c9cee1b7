import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { root } from '../../check/program.ts';
import { replaceBlock } from './readmeBlock.ts';

/** Where measured results lie, relative to the checkout, with the pictures made of them: only the benchmark writes there. README has their tables. */
export const benchFiles = {
  timeouts: 'resources/bench/failover-timeouts.json',
  timeoutsChart: 'resources/bench/failover-timeouts.svg',
  falseFailovers: 'resources/bench/false-failovers.json',
  load: 'resources/bench/failover-load.json',
  readme: 'README.md',
} as const;

/** Reads results that the benchmark has written. */
export async function readResults<Results>(path: string, schema: z.ZodType<Results>): Promise<Results> {
  return schema.parse(JSON.parse(await readFile(join(root, path), 'utf8')));
}

/** Replaces one of the benchmark's files. */
export async function writeBenchFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Replaces a table of README, between its marks. */
export async function writeReadmeBlock(name: string, table: string): Promise<void> {
  const file = join(root, benchFiles.readme);
  await writeFile(file, replaceBlock(await readFile(file, 'utf8'), name, table));
}

/** More would only make the files longer. */
const digits = 4;

/** Replaces results, after a look at their own schema: what is written can be read. */
export async function writeResults<Results>(path: string, schema: z.ZodType<Results>, results: Results): Promise<void> {
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(digits)) : value);
  await writeBenchFile(path, `${JSON.stringify(schema.parse(results), rounded, 1)}\n`);
}
