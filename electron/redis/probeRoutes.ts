import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';
import { parseClusterNodes } from './parseClusterNodes.ts';
import type { RedisNode } from './redisNode.ts';
import type { CommandWords, PipelineReply } from './redisStream.ts';

/** Opens a connection to a planned node: directly, or through SSH. */
export type ConnectNode = (node: NodeSpec, signal: AbortSignal) => Promise<RedisNode>;

/** How often a lost connection is tried again, milliseconds. */
const RECONNECT_MS = 200;
/** How often the topology is asked for while writes fail, milliseconds: by so much later than possible a new owner may be written to. */
export const TOPOLOGY_REFRESH_MS = 50;
const ASK_DEADLINE_MS = 250;
const MOST_REDIRECTIONS = 3;
/** A connection that answered nothing for this long is given up, as clients do: its TCP may be waiting for a retransmission for many seconds. */
const GIVE_UP_SILENT_MS = 2000;

interface Line {
  readonly spec: NodeSpec;
  connection: RedisNode | null;
  lastAnswerAtMs: number;
  /** The question about the topology that is under way, and when the last one ended. */
  asking: Promise<void> | null;
  askedAtMs: number;
}

/**
 * Connections to all six nodes and who owns which slot, kept up as a good cluster client does it: lost connections are tried again, and the
 * topology is asked of every node that answers.
 */
export class ProbeRoutes {
  readonly #plan: ClusterPlan;
  readonly #connect: ConnectNode;
  readonly #now: () => number;
  readonly #stopped = new AbortController();
  readonly #lines: ReadonlyMap<string, Line>;
  /** The owner of each slot of interest, and the configuration epoch by which that is believed. */
  readonly #owners = new Map<number, { readonly owner: string; readonly epoch: number }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #lastError: unknown = null;

  constructor(plan: ClusterPlan, connect: ConnectNode, now: () => number) {
    this.#plan = plan;
    this.#connect = connect;
    this.#now = now;
    this.#lines = new Map(
      plan.nodes.map((spec) => [spec.id, { spec, connection: null, lastAnswerAtMs: 0, asking: null, askedAtMs: Number.NEGATIVE_INFINITY }]),
    );
  }

  /** Connects to all nodes that can be reached and learns who owns the slots. */
  async open(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => this.#dial(line)));
    await this.refresh();
  }

  /** The connection to the owner of a slot, or null while there is none. */
  ownerOf(slot: number): RedisNode | null {
    const known = this.#owners.get(slot);
    return known === undefined ? null : (this.#lines.get(known.owner)?.connection ?? null);
  }

  /** The planned id of the last known owner of a slot, reachable or not; null for a slot that is not followed. */
  ownerIdOf(slot: number): string | null {
    return this.#owners.get(slot)?.owner ?? null;
  }

  /** The connection to a planned node, or null while there is none. */
  connectionTo(node: string): RedisNode | null {
    return this.#lines.get(node)?.connection ?? null;
  }

  /**
   * One attempt as a client library makes it: all commands in one write to the owner of a slot, along redirections, until the deadline. The first reply says
   * whether they were redirected; what is thrown is that of {@link RedisNode.pipeline}.
   */
  async send(slot: number, commands: readonly CommandWords[], deadlineAtMs: number): Promise<readonly PipelineReply[]> {
    let replies: readonly PipelineReply[] = [{ ok: false, error: say(message('cluster.why.noOwner')) }];
    for (let hop = 0; hop <= MOST_REDIRECTIONS; hop += 1) {
      const node = this.ownerOf(slot);
      if (node === null) break;
      replies = await node.pipeline(commands, { deadlineMs: deadlineAtMs - this.#now() });
      this.answered(node.node);
      const [reply] = replies;
      if (reply === undefined || reply.ok || !reply.error.startsWith('MOVED ') || !this.moved(slot, reply.error)) break;
    }
    return replies;
  }

  /** Remembers a slot whose owner the caller wants to know. */
  follow(slot: number, plannedOwner: string): void {
    this.#owners.set(slot, { owner: plannedOwner, epoch: -1 });
  }

  /** Follows `MOVED slot address:port`; false when it names no planned node. */
  moved(slot: number, error: string): boolean {
    const place = error.split(' ')[2] ?? '';
    const colon = place.lastIndexOf(':');
    const target = this.#plan.nodes.find(
      (node) => node.address === place.slice(0, colon) && node.dataPort === Number(place.slice(colon + 1)),
    );
    if (target === undefined) return false;
    this.#owners.set(slot, { owner: target.id, epoch: this.#owners.get(slot)?.epoch ?? -1 });
    return true;
  }

  /** Notes that a connection has answered. */
  answered(node: string): void {
    const line = this.#lines.get(node);
    if (line !== undefined) line.lastAnswerAtMs = this.#now();
  }

  /** Notes that a write failed: asks for the topology again, soon but not for every failure. */
  failed(node: string | null): void {
    const line = node === null ? undefined : this.#lines.get(node);
    const connection = line?.connection ?? null;
    if (line !== undefined && connection !== null && this.#now() - line.lastAnswerAtMs > GIVE_UP_SILENT_MS) {
      connection.close();
      this.#lose(line, connection);
    }
    for (const each of this.#lines.values()) if (this.#now() - each.askedAtMs >= TOPOLOGY_REFRESH_MS) void this.#ask(each);
  }

  /** Why the last attempt to connect failed, for a caller that cannot go on. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Asks every node who owns the slots; resolves when all have answered or had their time. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#lines.values()].map((line) => this.#ask(line)));
  }

  #ask(line: Line): Promise<void> {
    line.asking ??= this.#learnFrom(line).finally(() => {
      line.asking = null;
      line.askedAtMs = this.#now();
    });
    return line.asking;
  }

  /** Believes an answer as soon as it comes, if its configuration epoch is newer: a frozen node must not hold up what the others know. */
  async #learnFrom(line: Line): Promise<void> {
    const [reply] = (await line.connection?.pipeline([['CLUSTER', 'NODES']], { deadlineMs: ASK_DEADLINE_MS }).catch(() => [])) ?? [];
    if (reply?.ok !== true || typeof reply.value !== 'string') return;
    line.lastAnswerAtMs = this.#now();
    for (const peer of parseClusterNodes(reply.value)) {
      const owner = this.#plan.nodes.find((node) => node.address === peer.address && node.dataPort === peer.dataPort)?.id;
      if (owner === undefined || peer.role !== 'master') continue;
      for (const [slot, known] of this.#owners)
        if (peer.configEpoch > known.epoch && peer.slots.some(({ first, last }) => slot >= first && slot <= last))
          this.#owners.set(slot, { owner, epoch: peer.configEpoch });
    }
  }

  async #dial(line: Line): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    try {
      const connection = await this.#connect(line.spec, this.#stopped.signal);
      if (this.#stopped.signal.aborted) {
        connection.close();
        return;
      }
      line.connection = connection;
      line.lastAnswerAtMs = this.#now();
      void connection.lost.then(() => this.#lose(line, connection));
    } catch (error) {
      this.#lastError = error;
      this.#dialLater(line);
    }
  }

  #lose(line: Line, connection: RedisNode): void {
    if (line.connection !== connection) return;
    line.connection = null;
    this.#dialLater(line);
  }

  #dialLater(line: Line): void {
    if (this.#stopped.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#dial(line);
    }, RECONNECT_MS);
    this.#timers.add(timer);
  }

  /** Ends all connections and attempts. */
  close(): void {
    this.#stopped.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const line of this.#lines.values()) {
      line.connection?.close();
      line.connection = null;
    }
  }
}
