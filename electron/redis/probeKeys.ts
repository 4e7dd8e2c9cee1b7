import slotOf from 'cluster-key-slot';
import type { ClusterPlan, SlotRange } from '../shared/domain/plan.ts';

/** Begins the name of every key that a measurement of a run writes. */
export const PROBE_KEYS = 'triad:probe:';

/** A shard, and what keys that are stored in it begin with. */
export interface ShardKeys {
  readonly shard: number;
  /** The id of its planned master. */
  readonly master: string;
  readonly slot: number;
  readonly keyStart: string;
}

/** A hash tag whose slot lies in the range. */
function tagIn(range: SlotRange): string {
  for (let number = 0; ; number += 1) {
    const tag = `t${number}`;
    const slot = slotOf(tag);
    if (slot >= range.first && slot <= range.last) return tag;
  }
}

/** For each shard of a plan what its keys begin with, so that all keys of a shard lie in one slot. Throws on a prefix with braces, which would decide the slot. */
export function shardKeysOf(plan: ClusterPlan, prefix: string): readonly ShardKeys[] {
  if (/[{}]/u.test(prefix)) throw new Error('a prefix with braces would decide the slot');
  return plan.nodes.flatMap((node) => {
    if (node.slots === null) return [];
    const keyStart = `${prefix}{${tagIn(node.slots)}}:`;
    return [{ shard: node.shard, master: node.id, slot: slotOf(keyStart), keyStart }];
  });
}
