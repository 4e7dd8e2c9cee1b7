import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readFuses } from '../../scripts/electron/fuses.ts';
import { packageApp } from '../../scripts/electron/packageApp.ts';
import { releaseConfiguration } from '../../scripts/electron/packageConfiguration.ts';
import { findRuntime } from '../../scripts/electron/runtime.ts';
import { appsUnderTest } from './appsUnderTest.ts';

/** The runtime may have to be downloaded, and the server bundle to be built. */
const longestMs = 20 * 60_000;

test('the app can be packaged, with the fuses of a release but for the one that these tests need', async () => {
  test.setTimeout(longestMs);
  const progress = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const runtime = await findRuntime(progress);
  const { folder, executable } = await packageApp({
    runtime,
    purpose: 'test',
    extent: 'folder',
    place: appsUnderTest().packaged,
    progress,
  });
  const { electronFuses } = await releaseConfiguration();
  expect(electronFuses).toMatchObject({ enableNodeCliInspectArguments: false });
  expect(await readFuses(executable)).toEqual({ ...electronFuses, enableNodeCliInspectArguments: true });
  // What has to go with it, where About says that it lies.
  expect(await readFile(join(folder, 'resources/licences/third-party.txt'), 'utf8')).toMatch(/^react [\d.]+ \(MIT\)$/mu);
  const programs = (await readdir(join(folder, 'resources/redis'))).filter((name) => !name.endsWith('.json'));
  expect(programs).not.toEqual([]);
  // What Triad puts on Windows servers: the very program that was recorded.
  const helper = createHash('sha256')
    .update(await readFile(join(folder, 'resources/windows-service/build/triad-service.exe')))
    .digest('hex');
  expect(await readFile(join(folder, 'resources/windows-service/triad-service.sha256'), 'utf8')).toContain(`${helper}  triad-service.exe`);
  const licences = ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/LICENSE.txt'];
  for (const file of [...licences, ...programs.map((name) => `resources/redis/${name}/linux-x64/LICENSE`), 'resources/icons/256x256.png'])
    expect((await stat(join(folder, file))).size).toBeGreaterThan(500);
  expect(await readFile(join(folder, 'TEST-BUILD.txt'), 'utf8')).toContain('Do not give it to anyone');
});
