import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadServerBundle, loadServerCatalogue } from '../../electron/storage/serverBundle.ts';
import { placeSet } from '../practice/setPlace.ts';
import { tracesOf } from '../practice/testing/traces.ts';
import { resourcesFolder } from '../redis/ensureBundle.ts';
import { withBenchServers } from './benchServers.ts';
import { measureFloor } from './measureFloor.ts';

/** Not the benchmark's own: one may be running. */
const place = { prefix: 'benchtest', subnet: '10.79.1' };
const quietly = (): void => undefined;

it('measures the floor on servers that nobody else can have meanwhile, and that are gone afterwards, even after a failure', async () => {
  const { default: build } = await loadServerCatalogue(resourcesFolder);
  const bundle = await loadServerBundle({ resourcesFolder, ...build });
  const folder = await mkdtemp(join(tmpdir(), 'triad-bench-'));
  const found: number[] = [];
  const working = withBenchServers(
    quietly,
    async (set) => {
      await expect(withBenchServers(quietly, () => Promise.resolve(), place)).rejects.toThrow('Another benchmark is running');
      const password = randomBytes(8).toString('hex');
      const { figures } = await measureFloor({ set, bundle, folder, password, signal: new AbortController().signal });
      found.push(figures.floor ?? 0);
      const nodes = await Promise.all(set.servers.map(({ number }) => set.run(number, 'pgrep -cx redis-server')));
      expect(nodes.map(({ stdout }) => stdout.trim())).toEqual(['2', '2', '2']);
      throw new Error('the measurement failed');
    },
    place,
  );
  await expect(working).rejects.toThrow('the measurement failed');
  await rm(folder, { recursive: true });
  expect(found[0]).toBeGreaterThan(0);
  expect(await tracesOf(placeSet(place))).toEqual([]);
});
