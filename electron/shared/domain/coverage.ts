import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { countSlots, formatSlots, nameNodes, ownLine, referenceOf } from './layout.ts';
import { SLOT_COUNT, type ClusterPlan, type SlotRange } from './plan.ts';
import { joinRanges, sharedRanges, withoutRanges } from './slotRanges.ts';
import type { ClusterView } from './view.ts';

/** Which slots are served. */
export interface Coverage {
  /** Slots whose owner answers and is not held for failed or suspected by most nodes. */
  readonly covered: number;
  readonly missing: readonly SlotRange[];
  readonly isComplete: boolean;
  readonly reasons: readonly ClusterReason[];
}

/**
 * Judges which of the 16384 slots are served, from what each master says of itself: a slot counts only when its owner answered us. A slot that
 * two masters claim for themselves counts once and is a reason.
 */
export function coverageOf(view: ClusterView, plan: ClusterPlan): Coverage {
  const names = nameNodes(view, plan);
  const sick = new Set((referenceOf(view)?.peers ?? []).filter((peer) => peer.health !== 'ok').map((peer) => peer.redisId));
  let free: readonly SlotRange[] = [{ first: 0, last: SLOT_COUNT - 1 }];
  const owners: { readonly name: string; readonly slots: readonly SlotRange[] }[] = [];
  const reasons: ClusterReason[] = [];
  for (const one of view.views) {
    const own = ownLine(one);
    if (own?.role !== 'master' || sick.has(own.redisId)) continue;
    const peer = names.show(own);
    const claimed = joinRanges(own.slots);
    for (const { name: node, slots } of owners) {
      const both = sharedRanges(slots, claimed);
      if (both.length > 0) reasons.push(reasonOf('cluster.slotsTwice', { node, peer, slots: formatSlots(both) }));
    }
    const taken = sharedRanges(free, claimed);
    owners.push({ name: peer, slots: taken });
    free = withoutRanges(free, taken);
  }
  const count = countSlots(free);
  if (count > 0) reasons.push(reasonOf('cluster.slotsUncovered', { count, slots: formatSlots(free) }));
  return { covered: SLOT_COUNT - count, missing: free, isComplete: reasons.length === 0, reasons };
}
