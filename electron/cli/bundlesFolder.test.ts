import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundlesFolder } from './bundlesFolder.ts';

test.each([
  ['out/cli/cli.js', 'resources/redis'],
  ['out/console/linux-x64/triad', 'resources/redis'],
  ['app/console/triad', 'app/resources/redis'],
  ['bin/triad', 'bin/redis'],
  ['app/resources/console/triad', 'app/resources/redis'],
  ['app/triad', 'app/resources/redis'],
])('a program at %s finds the bundles in %s', async (program, bundles) => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-bundles-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  await mkdir(dirname(join(folder, program)), { recursive: true });
  await mkdir(join(folder, bundles), { recursive: true });
  await writeFile(join(folder, bundles, 'catalogue.json'), '{}');
  expect(bundlesFolder({}, join(folder, program))).toBe(join(folder, bundles));
  expect(bundlesFolder({ TRIAD_BUNDLES: '/elsewhere' }, join(folder, program))).toBe('/elsewhere');
});
