import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { findCluster, type ClusterAddress } from './findCluster.ts';
import { foundNodes } from './testing/foundNodes.ts';

const start: ClusterAddress = { address: '10.77.0.11', port: 7000, password: null, signal: new AbortController().signal };

/** The six nodes; `refuses` ends the connection to one of them at once, while the others still take their time. */
function dialer(refuses: string | null): { readonly dial: Parameters<typeof findCluster>[1]; readonly open: Set<string> } {
  const nodes = foundNodes();
  const open = new Set<string>();
  const dial: Parameters<typeof findCluster>[1] = async ({ address, port }) => {
    const place = `${address}:${port}`;
    if (place === refuses) throw fail('redis.unreachable', clusterSubject, { values: { node: place, reason: 'ECONNREFUSED' } });
    await turn();
    const node = nodes.find((one) => one.address === address && one.port === port);
    if (node === undefined) throw new Error(place);
    open.add(place);
    return {
      read: async () => Promise.resolve(node.view),
      configGet: async () => Promise.resolve(node.settings),
      pipeline: async () => Promise.resolve([]),
      close: () => void open.delete(place),
    };
  };
  return { dial, open };
}

test('finds all six from the address of one, and leaves no connection open', async () => {
  const { dial, open } = dialer(null);
  const found = await findCluster(start, dial);
  expect(found.map(({ address, port }) => `${address}:${port}`).toSorted()).toEqual(
    foundNodes()
      .map(({ address, port }) => `${address}:${port}`)
      .toSorted(),
  );
  expect(open.size).toBe(0);
});

test('tells the node that cannot be asked, and leaves none of the others connected', async () => {
  const { dial, open } = dialer('10.77.0.12:7000');
  await expect(findCluster(start, dial)).rejects.toMatchObject({ failure: { code: 'redis.unreachable' } });
  await turn();
  expect(open.size).toBe(0);
});
