import { expect, test } from 'vitest';
import { planCluster, type ClusterPlan } from '../shared/domain/plan.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { withPlatforms, withPresumedPlatforms } from './withPlatforms.ts';

function specOn(said: readonly (Platform | undefined)[], redis: object = {}): ClusterSpec {
  const servers = said.map((platform, index) => ({
    name: `server-${index + 1}`,
    address: `10.0.0.${index + 1}`,
    ...(platform === undefined ? {} : { platform }),
    ssh: { port: 2222, user: 'admin', auth: { agent: true } },
  }));
  return ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers, redis });
}

/** A plan of the past. */
function planOn(platforms: readonly Platform[]): ClusterPlan {
  const bundle = {
    version: '7.0.15',
    origin: 'own',
    folderName: 'x',
    licence: '',
    sourceArchive: '',
    sourceSha256: '',
    files: [],
  } as const;
  return planCluster(specOn(platforms), bundle);
}

/** The platforms that a run plans with, where the specification says and the servers answer this, and which servers were looked at. */
async function planned(
  said: readonly (Platform | undefined)[],
  answers: readonly (Platform | null)[],
  before: readonly Platform[] | null = null,
): Promise<{ readonly platforms: unknown; readonly looked: readonly string[] }> {
  const spec = specOn(said);
  const looked: string[] = [];
  const { servers } = await withPlatforms(spec, new AbortController().signal, {
    seen: before === null ? null : planOn(before),
    look: ({ address, port }) => {
      looked.push(`${address}:${port}`);
      return Promise.resolve(answers[spec.servers.findIndex(({ ssh }) => ssh.host === address)] ?? null);
    },
  });
  return { platforms: servers.map(({ platform }) => platform), looked };
}

test('what the specification says is not looked for', async () => {
  expect(await planned(['linux', 'windows', 'linux'], [])).toEqual({ platforms: ['linux', 'windows', 'linux'], looked: [] });
  expect(await planned(['linux', undefined, 'linux'], [null, 'windows'])).toEqual({
    platforms: ['linux', 'windows', 'linux'],
    looked: ['10.0.0.2:2222'],
  });
});

test.each<[readonly (Platform | null)[], readonly Platform[]]>([
  [
    ['linux', 'linux', 'linux'],
    ['linux', 'linux', 'linux'],
  ],
  [
    ['windows', 'linux', 'windows'],
    ['windows', 'linux', 'windows'],
  ],
  // A server in maintenance is what its peers are.
  [
    ['windows', null, 'windows'],
    ['windows', 'windows', 'windows'],
  ],
  [
    ['windows', null, 'linux'],
    ['windows', 'linux', 'linux'],
  ],
  [
    [null, null, null],
    ['linux', 'linux', 'linux'],
  ],
])('servers that answer %s are planned as %s', async (answers, platforms) => {
  expect((await planned([undefined, undefined, undefined], answers)).platforms).toEqual(platforms);
});

test('a server that does not answer is what it was when it was last seen', async () => {
  const { platforms } = await planned([undefined, undefined, undefined], ['linux', null, 'linux'], ['linux', 'windows', 'windows']);
  expect(platforms).toEqual(['linux', 'windows', 'linux']);
});

test.each<[string, object, readonly (Platform | undefined)[], readonly Platform[] | null, readonly (Platform | undefined)[]]>([
  ['a run', {}, [undefined, undefined, undefined], ['windows', 'linux', 'windows'], ['windows', 'linux', 'windows']],
  ['the programs', { windowsArchive: { file: 'a.zip' } }, [undefined, undefined, undefined], null, ['windows', 'windows', 'windows']],
  ['nobody', {}, [undefined, undefined, undefined], null, [undefined, undefined, undefined]],
  ['the specification', { windowsArchive: { file: 'a.zip' } }, ['linux', undefined, undefined], null, ['linux', undefined, undefined]],
])('without a way to the servers %s tells what they run on', (_, redis, said, before, platforms) => {
  const { servers } = withPresumedPlatforms(specOn(said, redis), before === null ? null : planOn(before));
  expect(servers.map(({ platform }) => platform)).toEqual(platforms);
});
