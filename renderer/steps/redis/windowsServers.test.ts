import { expect, test } from 'vitest';
import type { Platform } from '../../../electron/shared/domain/platform.ts';
import { filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { kindsOfServers } from './windowsServers.ts';

test.each<[platforms: readonly (Platform | undefined)[], hasWindows: boolean, hasLinux: boolean]>([
  [[undefined, undefined, undefined], false, true],
  [['linux', 'linux', undefined], false, true],
  [['linux', 'windows', undefined], true, true],
  [['windows', 'windows', 'windows'], true, false],
])('servers on %j: Windows %s, Linux %s', (platforms, hasWindows, hasLinux) => {
  const servers = filledDraft().servers.map((server, index) => {
    const platform = platforms[index];
    return platform === undefined ? server : { ...server, platform };
  });
  expect(kindsOfServers({ servers })).toEqual({ hasWindows, hasLinux });
});
