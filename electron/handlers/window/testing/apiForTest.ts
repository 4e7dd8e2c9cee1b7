import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createWindowApi, type WindowApi, type WindowApiOptions } from '../createWindowApi.ts';
import { fakePlatform, type FakePlatform } from './fakePlatform.ts';

/** The window's core with a home of its own, which goes with the test, and a fake desktop. */
export interface ApiForTest {
  readonly home: string;
  readonly platform: FakePlatform;
  readonly api: WindowApi;
  /** The same home opened once more, as after a restart. */
  readonly reopen: () => Promise<WindowApi>;
}

/** Opens one. */
export async function apiForTest(
  options: { readonly hasKeychain?: boolean; readonly environment?: NodeJS.ProcessEnv; readonly openFile?: string } = {},
): Promise<ApiForTest> {
  const home = await mkdtemp(join(tmpdir(), 'triad-window-'));
  onTestFinished(async () => rm(home, { recursive: true, force: true }));
  const platform = fakePlatform(options);
  const make = async (): Promise<WindowApi> => {
    const settings: WindowApiOptions = {
      home,
      bundles: fileURLToPath(new URL('../../../../resources/redis', import.meta.url)),
      triadVersion: '0.0.0-test',
      isPackaged: false,
      checkout: null,
      environment: options.environment ?? {},
      licences: async () => Promise.resolve('MIT'),
      openFile: options.openFile ?? null,
    };
    return createWindowApi(platform, settings);
  };
  return { home, platform, api: await make(), reopen: make };
}
