import type { OfferedBuild } from '../../../electron/shared/contract/procedures.ts';

const common = { engine: 'redis', platform: 'linux-x64' } as const;

/** Builds as a package offers them: one that is brought along, a newer one, and one that only a release machine makes. */
export const sampleBuilds: OfferedBuild[] = [
  {
    isAvailable: true,
    build: {
      ...common,
      version: '7.0.15',
      licence: 'BSD-3-Clause',
      source: { archive: 'redis_7.0.15.orig.tar.gz', sha256: '4b'.repeat(32) },
      support: { outSystems: { listed: true, fromPlatformServer: '11.23' }, by: 'distribution', ends: '2028-06' },
      built: 'here',
      method: 'debian-source-package',
      package: { name: 'redis', suites: ['bookworm'], oldestVersion: '5:7.0.15-1~deb12u7', testedVersion: '5:7.0.15-1~deb12u10' },
    },
  },
  {
    isAvailable: true,
    build: {
      ...common,
      version: '8.0.2',
      licence: 'AGPL-3.0-only',
      source: { archive: 'redis_8.0.2.orig.tar.gz', sha256: 'e9'.repeat(32) },
      support: { outSystems: { listed: false }, by: 'distribution', ends: '2030-06' },
      built: 'here',
      method: 'debian-source-package',
      package: { name: 'redis', suites: ['trixie'], oldestVersion: '5:8.0.2-1', testedVersion: '5:8.0.2-3' },
    },
  },
  {
    isAvailable: false,
    build: {
      ...common,
      version: '7.2.16',
      licence: 'BSD-3-Clause',
      source: { archive: 'redis-7.2.16.tar.gz', sha256: '96'.repeat(32) },
      support: { outSystems: { listed: true, fromPlatformServer: '11.35' }, by: 'vendor', ends: '2029-12' },
      built: 'release-machine',
      method: 'vendor-archive',
    },
  },
];
