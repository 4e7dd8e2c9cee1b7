import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildsMadeHere, findBuild, ServerCatalogue } from './catalogue.ts';

const written: unknown = JSON.parse(readFileSync('resources/redis/catalogue.json', 'utf8'));
const catalogue = ServerCatalogue.parse(written);
const [first] = catalogue.builds;
if (first === undefined) throw new Error('The catalogue is empty');

describe("this project's catalogue", () => {
  it('claims to be built here only what Debian has the source of', () => {
    expect(buildsMadeHere(catalogue).map(({ version, package: { name } }) => `${name} ${version}`)).toEqual([
      'redis 7.0.15',
      'redis 8.0.2',
    ]);
  });

  it('names the two lines of a release with their pins and nothing that was built', () => {
    for (const version of ['7.2.16', '8.2.10']) {
      const build = findBuild(catalogue, { engine: 'redis', version, platform: 'linux-x64' });
      expect(build).toMatchObject({ built: 'release-machine', support: { outSystems: { listed: true } } });
      expect(build).not.toHaveProperty('package');
    }
  });

  it('never bundles a line whose licence forbids it', () => {
    expect(catalogue.builds.filter(({ engine, version }) => engine === 'redis' && version.startsWith('7.4.'))).toEqual([]);
  });

  it('tells what OutSystems lists', () => {
    const listed = catalogue.builds.filter((build) => build.support.outSystems.listed).map((build) => build.version);
    expect(listed).toEqual(['7.0.15', '7.2.16', '8.2.10']);
  });
});

describe('ServerCatalogue', () => {
  it('refuses a build that is named twice', () => {
    expect(ServerCatalogue.safeParse({ ...catalogue, builds: [...catalogue.builds, first] }).success).toBe(false);
  });

  it.each(['9.9.9', '7.2.16'])('refuses the default %s, which nobody can have here', (version) => {
    expect(ServerCatalogue.safeParse({ ...catalogue, default: { ...catalogue.default, version } }).success).toBe(false);
  });

  it.each([
    ['a hash that is none', { source: { ...first.source, sha256: 'abc' } }],
    ['an archive that is a path', { source: { ...first.source, archive: '../archive.tar.gz' } }],
    ['a version of two parts', { version: '7.0' }],
    ['an unknown platform', { platform: 'plan9-x64' }],
    ['a key that nobody knows', { surprise: true }],
  ])('refuses %s', (_what, change) => {
    expect(ServerCatalogue.safeParse({ ...catalogue, builds: [{ ...first, ...change }, ...catalogue.builds.slice(1)] }).success).toBe(
      false,
    );
  });
});

describe('findBuild', () => {
  it('goes by engine, version and platform', () => {
    expect(findBuild(catalogue, { engine: 'redis', version: '7.0.15', platform: 'linux-x64' })).toBe(first);
    expect(findBuild(catalogue, { engine: 'valkey', version: '7.0.15', platform: 'linux-x64' })).toBeNull();
  });
});
