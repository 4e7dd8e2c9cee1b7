import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { stageApp } from '../../scripts/build/stageApp.ts';
import { findRuntime } from '../../scripts/electron/runtime.ts';
import { appsUnderTest } from './appsUnderTest.ts';

/** The runtime may have to be downloaded. */
const longestMs = 15 * 60_000;

test('the app of this checkout can be built and there is an Electron to run it', async () => {
  test.setTimeout(longestMs);
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const runtime = await findRuntime(say);
  say(`The window tests run with ${runtime.sentence}`);
  const { development } = appsUnderTest();
  await stageApp(development, say);
  expect(await readFile(join(development, 'out/renderer/index.html'), 'utf8')).toContain('__CSP_NONCE__');
});
