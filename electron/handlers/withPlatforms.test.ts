import { expect, test } from 'vitest';
import type { Platform } from '../shared/domain/platform.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { withPlatforms } from './withPlatforms.ts';

/** The platforms that a run plans with, where the specification says and the servers answer this, and which servers were looked at. */
async function planned(
  said: readonly (Platform | undefined)[],
  answers: readonly (Platform | null)[],
): Promise<{ readonly platforms: unknown; readonly looked: readonly string[] }> {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: said.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.0.0.${index + 1}`,
      ...(platform === undefined ? {} : { platform }),
      ssh: { port: 2222, user: 'admin', auth: { agent: true } },
    })),
  });
  const looked: string[] = [];
  const { servers } = await withPlatforms(spec, new AbortController().signal, ({ address, port }) => {
    looked.push(`${address}:${port}`);
    return Promise.resolve(answers[spec.servers.findIndex(({ ssh }) => ssh.host === address)] ?? null);
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
