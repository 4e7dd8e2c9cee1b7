import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { observeNothing } from '../testing/samples.ts';
import { readPaths } from './storage.ts';
import { observeScript } from './observeScript.ts';
import { splitSections } from './sections.ts';

test('a snapshot is found, but not read through for a hash', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-observe-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const paths = ['dump.rdb', '7000.conf', 'absent'].map((name) => join(folder, name));
  await Promise.all(paths.slice(0, 2).map(async (path) => writeFile(path, 'text')));
  const request = { ...observeNothing, paths };
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', observeScript(request).script], { maxBuffer: 2 ** 24 });
  const found = readPaths(paths, splitSections(stdout));
  expect(found.map(({ kind, sizeBytes, sha256 }) => [kind, sizeBytes, sha256?.length ?? null])).toEqual([
    ['file', 4, null],
    ['file', 4, 64],
    ['absent', 0, null],
  ]);
});
