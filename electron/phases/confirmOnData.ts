import { z } from 'zod';
import type { Phase } from '../engine/phase.ts';
import { PROBE_KEYS } from '../redis/probeKeys.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** What SCAN answers: where to go on, and keys. */
const Page = z.tuple([z.string(), z.array(z.string())]);

/**
 * Lets a failover test go on by itself only where the cluster holds no keys. Where it does, somebody uses it: then whoever tests must give its name, in
 * advance (`named`) or when asked, and a yes is not enough. Fails with `failover.holdsKeys` where the name is not given, or another.
 */
export function confirmOnData(named: string | undefined): Phase<RunContext> {
  return {
    id: 'confirmOnData',
    title: message('phase.confirmOnData'),
    scope: 'cluster',
    run: async (context) => {
      const { cluster } = context.plan;
      const masters = context.plan.nodes.filter(({ role }) => role === 'master').flatMap(({ id }) => context.nodes.get(id) ?? []);
      const counts = await Promise.all(masters.map(async (node) => countOthers(node, context.signal)));
      const keys = counts.reduce((sum, count) => sum + count, 0);
      if (keys === 0) return 'alreadyDone';
      const given = named ?? (await context.ways.askName(message('phase.askClusterName', { cluster, keys })));
      if (given !== cluster) throw fail('failover.holdsKeys', clusterSubject, { values: { cluster, keys } });
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/**
 * How many keys a master holds, by its own count; 0 where all of them are of an earlier test that was ended by force and will expire. The first other key
 * ends the search, so a full node is not read through.
 */
async function countOthers(node: RedisNode, signal: AbortSignal): Promise<number> {
  let cursor = '0';
  do {
    const [next, keys] = Page.parse(await node.call(['SCAN', cursor, 'COUNT', 1000], { signal }));
    if (keys.some((key) => !key.startsWith(PROBE_KEYS))) return Number(await node.call(['DBSIZE'], { signal }));
    cursor = next;
  } while (cursor !== '0');
  return 0;
}
