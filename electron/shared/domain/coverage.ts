import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { formatSlots, nameNodes, ownLine, referenceOf } from './layout.ts';
import { SLOT_COUNT, type ClusterPlan, type SlotRange } from './plan.ts';
import type { ClusterView } from './view.ts';

/** Which slots are served. */
export interface Coverage {
  /** Slots whose owner answers and is not held for failed or suspected by most nodes. */
  readonly covered: number;
  readonly missing: readonly SlotRange[];
  readonly isComplete: boolean;
  readonly reasons: readonly ClusterReason[];
}

/** Joins slot numbers in ascending order into ranges. */
function rangesOf(slots: readonly number[]): readonly SlotRange[] {
  const ranges: SlotRange[] = [];
  for (const slot of slots) {
    const last = ranges.at(-1);
    if (last?.last === slot - 1) ranges[ranges.length - 1] = { first: last.first, last: slot };
    else ranges.push({ first: slot, last: slot });
  }
  return ranges;
}

/**
 * Judges which of the 16384 slots are served, from what each master says of itself: a slot counts only when its owner answered us. A slot that
 * two masters claim for themselves counts once and is a reason.
 */
export function coverageOf(view: ClusterView, plan: ClusterPlan): Coverage {
  const names = nameNodes(view, plan);
  const sick = new Set((referenceOf(view)?.peers ?? []).filter((peer) => peer.health !== 'ok').map((peer) => peer.redisId));
  const owners = Array.from<string | null>({ length: SLOT_COUNT }).fill(null);
  const twice = new Map<string, number[]>();
  for (const one of view.views) {
    const own = ownLine(one);
    if (own?.role !== 'master' || sick.has(own.redisId)) continue;
    const name = names.show(own);
    for (const { first, last } of own.slots)
      for (let slot = first; slot <= last; slot += 1) {
        const other = owners[slot];
        if (other === null || other === undefined) owners[slot] = name;
        else {
          const pair = `${other} ${name}`;
          const shared = twice.get(pair) ?? [];
          shared.push(slot);
          twice.set(pair, shared);
        }
      }
  }
  const free: number[] = [];
  owners.forEach((owner, slot) => {
    if (owner === null) free.push(slot);
  });
  const missing = rangesOf(free);
  const reasons = [...twice].map(([pair, slots]) => {
    const [node = '', peer = ''] = pair.split(' ');
    return reasonOf('cluster.slotsTwice', { node, peer, slots: formatSlots(rangesOf(slots)) });
  });
  if (free.length > 0) reasons.push(reasonOf('cluster.slotsUncovered', { count: free.length, slots: formatSlots(missing) }));
  return { covered: SLOT_COUNT - free.length, missing, isComplete: reasons.length === 0, reasons };
}
