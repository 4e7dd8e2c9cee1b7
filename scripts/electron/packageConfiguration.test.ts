import { Platform } from 'electron-builder';
import { describe, expect, it } from 'vitest';
import { CONSOLE_TARGETS } from '../build/buildConsole.ts';
import { publisherOf, releaseConfiguration, testDifference, withPublisher } from './packageConfiguration.ts';

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

it('ships beside the archive what is read there at run time, and nothing else', async () => {
  const { extraResources } = await releaseConfiguration();
  expect(extraResources).toEqual([
    { from: 'resources/redis', to: 'redis' },
    {
      from: 'resources/windows-service',
      to: 'windows-service',
      filter: ['build/triad-service.exe', 'triad-service.sha256', 'LICENSE', 'README.md', 'source/*'],
    },
    { from: 'resources/licences', to: 'licences' },
    { from: 'resources/icons/256x256.png', to: 'icons/256x256.png' },
    { from: 'LICENSE', to: 'LICENSE.txt' },
  ]);
});

it('ships the console executable that was built for the same platform and processor beside the app, on Windows too', async () => {
  const configuration = await releaseConfiguration();
  const { extraFiles } = configuration;
  expect(extraFiles).toEqual([{ from: 'out/console/${os}-${arch}', to: 'console' }]);
  // Else these would be taken besides, and one of them for another platform.
  expect(JSON.stringify(configuration).match(/extraFiles/gu)).toHaveLength(1);
  // What electron-builder puts in there are names of targets.
  for (const target of ['linux-x64', 'linux-arm64', 'win-x64']) expect(CONSOLE_TARGETS).toContain(target);
  expect([Platform.LINUX, Platform.WINDOWS].map(({ buildConfigurationKey }) => buildConfigurationKey)).toEqual(['linux', 'win']);
});

describe('who publishes deb and rpm', () => {
  const env = { TRIAD_HOMEPAGE: 'https://triad.example/', TRIAD_MAINTAINER: 'A Person <person@triad.example>' };

  it('is told by the environment of the release, and reaches electron-builder', () => {
    expect(withPublisher(publisherOf(env))).toEqual({
      extraMetadata: { homepage: 'https://triad.example/' },
      linux: { maintainer: 'A Person <person@triad.example>' },
    });
  });

  it.each([
    ['no home page', { ...env, TRIAD_HOMEPAGE: undefined }, 'TRIAD_HOMEPAGE has to be the web address'],
    ['a home page that is none', { ...env, TRIAD_HOMEPAGE: 'triad' }, 'TRIAD_HOMEPAGE has to be the web address'],
    ['a file as home page', { ...env, TRIAD_HOMEPAGE: 'file:///etc' }, 'TRIAD_HOMEPAGE has to be the web address'],
    ['no maintainer', { ...env, TRIAD_MAINTAINER: '' }, 'TRIAD_MAINTAINER has to be like'],
    ['a maintainer without an address', { ...env, TRIAD_MAINTAINER: 'A Person' }, 'TRIAD_MAINTAINER has to be like'],
  ])('is not made up: %s', (_, given, words) => {
    expect(() => publisherOf(given)).toThrow(words);
  });

  it('is not named by the repository, whose address of a maintainer cannot exist', async () => {
    const { linux } = await releaseConfiguration();
    expect(linux).toMatchObject({ maintainer: expect.stringMatching(/@[\w.]+\.invalid>$/u) as unknown });
  });
});
