import type { MarkName } from '../shared/domain/failover.ts';
import { countSlots } from '../shared/domain/layout.ts';
import { SLOT_COUNT, type ClusterPlan, type SlotRange } from '../shared/domain/plan.ts';
import type { PeerView } from '../shared/domain/view.ts';

/** What one node answered to one quick look. Times are on the watch's clock. */
export interface Glance {
  /** Planned id of the node that answered. */
  readonly node: string;
  /** When it was asked and when its answer was here: what it says was so at some moment in between. */
  readonly askedAtMs: number;
  readonly atMs: number;
  /** When it was asked the last time that it answered: whatever is new happened after that. */
  readonly previousAtMs: number;
  /** When it was asked last without an answer since; null where it has answered all the time. */
  readonly missedAtMs: number | null;
  readonly isStateOk: boolean;
  readonly peers: readonly PeerView[];
  readonly isLinkUp: boolean;
  readonly offset: number;
}

/** A moment that was seen, on the watch's clock. It happened at most `uncertaintyMs` before `atMs`. */
export interface WatchMark {
  readonly name: MarkName;
  readonly atMs: number;
  readonly uncertaintyMs: number;
  readonly evidence: string;
}

/** The nodes that are hit, as they were before the fault. */
export interface Victim {
  /** Their planned ids. */
  readonly nodes: readonly string[];
  /** Redis node ids of the masters among them, and the slots that they served. */
  readonly masters: ReadonlyMap<string, readonly SlotRange[]>;
}

/** Finds out from the glances before the fault what the victim is. */
export function victimOf(nodes: readonly string[], glances: Iterable<Glance>): Victim {
  const masters = new Map<string, readonly SlotRange[]>();
  for (const glance of glances) {
    const own = ownOf(glance);
    if (nodes.includes(glance.node) && own?.role === 'master' && own.slots.length > 0) masters.set(own.redisId, own.slots);
  }
  return { nodes, masters };
}

/**
 * Recognises the moments of a failover from glances in the order in which they arrive. Holds what it has seen; does nothing else. Marks nothing
 * before `arm`: what is suspected without a fault belongs to no trial. The marks after the return of the victim need `lost` first: until its nodes
 * were missed, an answer of theirs is no return. Nodes that answer all the time are back when `returned` says so.
 */
export class FailoverMarks {
  readonly #victim: Victim;
  readonly #latest = new Map<string, Glance>();
  readonly #before = new Map<string, Glance>();
  readonly #marks = new Map<MarkName, WatchMark>();
  readonly #survivors: readonly string[];
  readonly #lostAtMs = new Map<string, number>();
  #returnedAtMs: number | null = null;
  #isArmed = false;

  constructor(victim: Victim, plan: ClusterPlan) {
    this.#victim = victim;
    this.#survivors = plan.nodes.filter((node) => !victim.nodes.includes(node.id)).map((node) => node.id);
  }

  /** All marks so far, in the order in which they were seen. */
  get marks(): readonly WatchMark[] {
    return [...this.#marks.values()];
  }

  find(name: MarkName): WatchMark | null {
    return this.#marks.get(name) ?? null;
  }

  /** The fault comes now: marks from here on. */
  arm(): void {
    this.#isArmed = true;
  }

  /** What survivors say of the victim's masters at their latest look, where that is not "ok"; empty when nobody suspects one. */
  get suspicions(): readonly string[] {
    return this.#survivors.flatMap((node) => {
      const glance = this.#latest.get(node);
      return glance === undefined ? [] : this.#suspectsIn(glance).map((peer) => `${node}: ${flagOf(peer)}`);
    });
  }

  /** Notes that a node of the victim did not answer any more; a miss before the fault says nothing about it. */
  lost(node: string, atMs: number): void {
    if (this.#isArmed && this.#victim.nodes.includes(node)) this.#lostAtMs.set(node, atMs);
  }

  /** The fault is over for nodes that answered all the time: the next answer of each is its return. */
  returned(atMs: number): void {
    this.#returnedAtMs ??= atMs;
  }

  /** Takes one glance; returns the marks that it brought. */
  take(glance: Glance): readonly WatchMark[] {
    const known = this.#marks.size;
    const last = this.#latest.get(glance.node);
    if (last !== undefined) this.#before.set(glance.node, last);
    this.#latest.set(glance.node, glance);
    if (!this.#isArmed) return [];
    if (this.#victim.nodes.includes(glance.node)) this.#seeVictim(glance);
    else this.#seeSurvivor(glance);
    return this.marks.slice(known);
  }

  /** `sinceMs`: it had not happened yet then. */
  #mark(name: MarkName, glance: Glance, evidence: string, sinceMs = glance.previousAtMs): void {
    if (this.#marks.has(name)) return;
    const { atMs, node } = glance;
    this.#marks.set(name, { name, atMs, uncertaintyMs: atMs - sinceMs, evidence: `${node}: ${evidence}` });
  }

  /** When the survivor that was asked longest ago was asked: what none of them said by then may have happened on any of them since. */
  #nobodySince(glance: Glance): number {
    const others = this.#survivors.flatMap((node) => (node === glance.node ? [] : (this.#latest.get(node)?.askedAtMs ?? [])));
    return Math.min(glance.previousAtMs, ...others);
  }

  #suspectsIn(glance: Glance): readonly PeerView[] {
    return glance.peers.filter((peer) => this.#victim.masters.has(peer.redisId) && peer.health !== 'ok');
  }

  #seeSurvivor(glance: Glance): void {
    for (const peer of this.#suspectsIn(glance)) {
      this.#mark('suspected', glance, flagOf(peer), this.#nobodySince(glance));
      if (peer.health === 'fail') this.#mark('failAgreed', glance, flagOf(peer), this.#nobodySince(glance));
    }
    const own = ownOf(glance);
    const isHeir = own?.role === 'master' && [...this.#victim.masters.values()].flat().some((range) => overlaps(own.slots, range));
    if (isHeir) this.#mark('promoted', glance, `myself,master ${own.configEpoch}`);
    const promoted = this.find('promoted');
    if (promoted !== null && this.#survivors.every((node) => this.#coversAll(node, promoted.atMs)))
      this.#mark('slotsCovered', glance, `cluster_state:ok (${this.#survivors.length})`, this.#uncoveredSince(glance, promoted));
    this.#seeSync(glance);
  }

  /** Who was looked at last and had covered all before the promotion was seen, may have done so since the promotion itself. */
  #uncoveredSince(glance: Glance, promoted: WatchMark): number {
    const before = this.#before.get(glance.node);
    const hadCovered = before?.isStateOk === true && workingSlots(before) === SLOT_COUNT;
    return hadCovered ? Math.min(glance.previousAtMs, promoted.atMs - promoted.uncertaintyMs) : glance.previousAtMs;
  }

  /** Whether a survivor's view, taken after the promotion, is ok and gives every slot a working owner. */
  #coversAll(node: string, sinceMs: number): boolean {
    const glance = this.#latest.get(node);
    return glance !== undefined && glance.atMs >= sinceMs && glance.isStateOk && workingSlots(glance) === SLOT_COUNT;
  }

  #seeVictim(glance: Glance): void {
    const { nodes } = this.#victim;
    const isBack = (node: string): boolean => {
      const awayUntilMs = Math.max(this.#lostAtMs.get(node) ?? -Infinity, this.#returnedAtMs ?? -Infinity);
      const latest = this.#latest.get(node);
      return Number.isFinite(awayUntilMs) && latest !== undefined && latest.atMs > awayUntilMs;
    };
    if (nodes.every(isBack)) this.#mark('serverStarted', glance, nodes.join(', '), glance.missedAtMs ?? glance.previousAtMs);
    this.#seeSync(glance);
  }

  #seeSync(glance: Glance): void {
    if (!this.#marks.has('serverStarted')) return;
    const returned = this.#victim.nodes.flatMap((node) => this.#latest.get(node) ?? []);
    // A node that has just come back may believe in its old role until it hears of the failover.
    const isSettled = (one: Glance): boolean => ownOf(one)?.role === 'replica' || !this.#wasDeposed(one);
    const replicas = returned.filter((one) => ownOf(one)?.role === 'replica');
    if (!returned.every(isSettled) || !replicas.every((one) => one.isLinkUp)) return;
    const evidence = replicas.map((one) => one.node).join(', ');
    // Where the links were seen up before, the one thing that was missing at the last look is an offset.
    const sinceMs = this.#marks.has('replicaLinkUp') ? glance.previousAtMs : this.#notSyncedSince(glance);
    this.#mark('replicaLinkUp', glance, evidence, sinceMs);
    if (replicas.every((one) => this.#isCaughtUp(one))) this.#mark('inSync', glance, evidence, sinceMs);
  }

  /** A node that was not missed may have been in sync since the promotion, before anybody asked whether it is back. */
  #notSyncedSince(glance: Glance): number {
    if (glance.missedAtMs !== null) return glance.missedAtMs;
    const before = this.#before.get(glance.node);
    const promoted = this.find('promoted');
    const wasSynced = before !== undefined && ownOf(before)?.role === 'replica' && before.isLinkUp;
    return wasSynced && promoted !== null ? Math.min(glance.previousAtMs, promoted.atMs - promoted.uncertaintyMs) : glance.previousAtMs;
  }

  #wasDeposed(glance: Glance): boolean {
    return this.#marks.has('promoted') && this.#victim.masters.has(ownOf(glance)?.redisId ?? '');
  }

  /** A replica that has reached what its master had at an earlier look was in sync in between. */
  #isCaughtUp(replica: Glance): boolean {
    const masterId = ownOf(replica)?.masterRedisId;
    const looks = [...this.#latest.values(), ...this.#before.values()].filter(
      (one) => ownOf(one)?.redisId === masterId && one.atMs <= replica.atMs,
    );
    const last = looks.toSorted((a, b) => b.atMs - a.atMs)[0];
    return last !== undefined && replica.offset >= last.offset;
  }
}

function ownOf(glance: Glance): PeerView | undefined {
  return glance.peers.find((peer) => peer.isMyself);
}

/** How many slots have an owner that works, as this node sees it. */
function workingSlots(glance: Glance): number {
  const working = glance.peers.filter((peer) => peer.role === 'master' && peer.health === 'ok');
  return working.reduce((sum, peer) => sum + countSlots(peer.slots), 0);
}

/** As `CLUSTER NODES` writes it. */
function flagOf(peer: PeerView): string {
  return `${peer.address}:${peer.dataPort} ${peer.health === 'fail' ? 'fail' : 'fail?'}`;
}

function overlaps(ranges: readonly SlotRange[], other: SlotRange): boolean {
  return ranges.some(({ first, last }) => first <= other.last && last >= other.first);
}
