import { expect, it } from 'vitest';
import { releaseConfiguration, testDifference } from './packageConfiguration.ts';

it('releases the app with every fuse as it has to be, the inspector off among them', async () => {
  const { electronFuses } = await releaseConfiguration();
  expect(electronFuses).toEqual({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

it('tests the release but for the fuse of the inspector', () => {
  expect(testDifference).toEqual({ electronFuses: { enableNodeCliInspectArguments: true } });
});

it('packs all code as an archive, without node_modules', async () => {
  const { asar, files } = await releaseConfiguration();
  expect(asar).toBe(true);
  expect(files).toEqual(['out/main/**', 'out/preload/**', 'out/renderer/**', 'package.json', '!node_modules/**']);
});

it('opens files of its own kind, on every platform', async () => {
  const { fileAssociations, win, linux, mac } = await releaseConfiguration();
  expect(fileAssociations).toMatchObject([{ ext: 'triad' }]);
  expect(win).toMatchObject({ target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] });
  expect(linux).toMatchObject({ target: ['AppImage', 'deb', 'rpm', 'tar.gz'] });
  expect(mac).toMatchObject({ target: [{ target: 'dmg' }] });
});
