import { expect, test } from 'vitest';
import { withPlatformsOfPlan } from './platformsOfPlan.ts';
import type { Platform } from './platform.ts';
import { planCluster } from './plan.ts';
import { ClusterSpec } from './spec.ts';

const NO_PROGRAMS = {
  version: '7.0.15',
  origin: 'own',
  folderName: 'x',
  licence: '',
  sourceArchive: '',
  sourceSha256: '',
  files: [],
} as const;

function specOn(platforms: readonly (Platform | undefined)[], name = 'server'): ClusterSpec {
  const servers = platforms.map((platform, index) => ({
    name: `${name}-${index + 1}`,
    address: `10.77.0.1${index + 1}`,
    ...(platform === undefined ? {} : { platform }),
    ssh: { user: 'admin', auth: { agent: true } },
  }));
  return ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers });
}

const open = specOn([undefined, undefined, undefined]);
const platformsWith = (spec: ClusterSpec, found: ClusterSpec): readonly (Platform | undefined)[] =>
  withPlatformsOfPlan(spec, planCluster(found, NO_PROGRAMS)).servers.map(({ platform }) => platform);

test.each<[string, ClusterSpec, ClusterSpec, readonly (Platform | undefined)[]]>([
  ['open ones are those of the plan', open, specOn(['windows', 'linux', 'windows']), ['windows', 'linux', 'windows']],
  [
    'what is said stays',
    specOn(['linux', undefined, undefined]),
    specOn(['windows', 'windows', 'windows']),
    ['linux', 'windows', 'windows'],
  ],
  ['Linux alone is what an open one means', open, specOn(['linux', 'linux', 'linux']), [undefined, undefined, undefined]],
  ['other servers tell nothing', open, specOn(['windows', 'windows', 'windows'], 'other'), [undefined, undefined, undefined]],
])('%s', (_, spec, found, platforms) => {
  expect(platformsWith(spec, found)).toEqual(platforms);
});

test('without a plan nothing is known', () => {
  expect(withPlatformsOfPlan(open, null)).toBe(open);
});
