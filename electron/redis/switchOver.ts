import { reasonOf, type ClusterReason } from '../shared/domain/clusterReason.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { formingReasons } from '../shared/domain/readiness.ts';
import { rolesOf, type PlannedSwitchover } from '../shared/domain/roles.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { failover, meet } from './clusterCommands.ts';
import { readCluster, waitForView, type RedisNodes } from './clusterView.ts';
import { FIRST_LOOK_MS, notFormed, refuseSilence, type FormOptions } from './formCluster.ts';
import type { CommandWords } from './redisStream.ts';

/** One planned switchover that was made. */
export interface Switchover extends PlannedSwitchover {
  /** When the command was sent, on the clock of `FormOptions.now`. */
  readonly startedAtMs: number;
  /** From the command until six views agreed on the new roles and the former master was in sync as a replica, milliseconds. */
  readonly durationMs: number;
}

/** What planned switchovers did. */
export interface SwitchoverResult {
  readonly switchovers: readonly Switchover[];
  /** The last view: nothing was left to switch over. */
  readonly view: ClusterView;
}

/** Which switchovers are wanted. */
export interface SwitchoverGoal {
  /** Whether nothing is wanted any more; asked of the first look too, so that a cluster that is as wanted is not waited for. */
  readonly isReached: (view: ClusterView) => boolean;
  /** Why nothing can be concluded from a view yet; it is looked at again until there is no reason. */
  readonly obstacles: (view: ClusterView, earlier: ClusterView | undefined) => readonly ClusterReason[];
  /** The next switchover, or null when none is wanted; throws where what is wanted cannot be had by any. */
  readonly next: (view: ClusterView) => PlannedSwitchover | null;
}

/** How switchovers are bounded and watched. */
export interface SwitchoverOptions extends FormOptions {
  /** How long ago a node last began an election, milliseconds; null when it is not known, or never did. */
  readonly lastElectionAgoMs?: (node: string) => Promise<number | null>;
  /** Told when a switchover has to wait for {@link electionRestMs}, with what is left of it. */
  readonly onRest?: (node: string, restMs: number) => void;
}

/** Redis gives up a planned switchover after 5 s (`CLUSTER_MF_TIMEOUT`); asked again before that it starts over. */
const RETRY_AFTER_MS = 6000;

/** Redis waits for votes at least so long (`auth_timeout` in `clusterHandleSlaveFailover`). */
const LEAST_AUTH_TIMEOUT_MS = 2000;
const REST_GRACE_MS = 500;

/**
 * How long after it began an election a node begins no other (`auth_retry_time` in `clusterHandleSlaveFailover`: twice the time it waits for votes,
 * which is twice the node timeout), milliseconds. A planned switchover is no exception, but its master holds all clients back for 5 s before it is given
 * up: measured, a server that was vacated a second time within 20 s refused writes for three times 5 s. So the second one waits.
 */
export function electionRestMs(nodeTimeoutMs: number): number {
  return 2 * Math.max(2 * nodeTimeoutMs, LEAST_AUTH_TIMEOUT_MS) + REST_GRACE_MS;
}

/**
 * Makes planned switchovers one at a time until the goal is reached. Before each, and at the end, six views must agree and every replica must be in
 * sync: a lagging replica is waited for, never promoted. Between two switchovers the cluster is whole, so it may be called again at any time.
 *
 * Fails with `redis.unreachable` (not all six answer), `cluster.noAgreement` or `cluster.replicaNotInSync` (at the deadline),
 * `redis.commandRefused`, `run.aborted`, and what `next` throws.
 */
export async function switchOver(
  nodes: RedisNodes,
  plan: ClusterPlan,
  goal: SwitchoverGoal,
  options: SwitchoverOptions,
): Promise<SwitchoverResult> {
  const now = options.now ?? (() => performance.now());
  const endsAt = now() + options.deadlineMs;
  const bounds = (): FormOptions => ({ ...options, deadlineMs: Math.max(0, endsAt - now()) });
  const tooLate = (reasons: readonly ClusterReason[]): Error => notFormed(reasons, plan, options.deadlineMs);
  const switchovers: Switchover[] = [];

  let view = await readCluster(nodes, { signal: options.signal, deadlineMs: FIRST_LOOK_MS });
  refuseSilence(view, plan);
  while (!goal.isReached(view)) {
    // Before anything is concluded: a node that has just come back may still believe in a role that it lost.
    view = await waitForView(nodes, goal.obstacles, tooLate, bounds());
    const next = goal.next(view);
    if (next === null) break;
    const made = await makeOne(next.from, next.to);
    view = made.view;
    switchovers.push({ ...next, startedAtMs: made.startedAtMs, durationMs: now() - made.startedAtMs });
  }
  return { switchovers, view };

  async function send(node: string, words: CommandWords): Promise<void> {
    const connection = nodes.get(node);
    if (connection === undefined) throw new Error(`no connection to ${node}`);
    options.emit?.(node, words.join(' '));
    await connection.call(words, { signal: options.signal });
  }

  /** How long a node must still rest before it can be elected, milliseconds. */
  async function restOf(node: string): Promise<number> {
    const agoMs = (await options.lastElectionAgoMs?.(node)) ?? null;
    return agoMs === null ? 0 : Math.max(0, electionRestMs(plan.settings.nodeTimeoutMs) - agoMs);
  }

  /** One switchover, until six views agree on it and the former master follows. */
  async function makeOne(from: string, to: string): Promise<{ readonly view: ClusterView; readonly startedAtMs: number }> {
    let startedAtMs: number | null = null;
    let askAtMs = Number.NEGATIVE_INFINITY;
    let isIntroduced = false;
    const settled = await waitForView(
      nodes,
      async (seen, earlier) => {
        const roles = new Map(rolesOf(seen, plan).map((one) => [one.node, one.observed]));
        if (roles.get(to) !== 'master') {
          if (now() >= askAtMs) await ask(seen, earlier);
          return [reasonOf('cluster.roleNotAsPlanned', { node: to, expected: 'master', observed: roles.get(to) ?? '-' })];
        }
        if (!isIntroduced && roles.get(from) === 'replica') {
          isIntroduced = true;
          // A demoted master tells the others of its new role only with its next ping to each, up to half a node timeout (2.5 s) later. A MEET to
          // a node that knows it already changes nothing else and carries the news at once.
          await Promise.all(plan.nodes.filter((peer) => peer.id !== from).map((peer) => send(from, meet(peer))));
        }
        return formingReasons(seen, plan, earlier);
      },
      tooLate,
      bounds(),
    );
    return { view: settled, startedAtMs: startedAtMs ?? now() };

    /** Sends the command, unless the node has to rest or the cluster is not whole at the moment. */
    async function ask(seen: ClusterView, earlier: ClusterView | undefined): Promise<void> {
      const restMs = await restOf(to);
      if (restMs > 0) {
        askAtMs = now() + restMs;
        options.onRest?.(to, restMs);
      } else if (goal.obstacles(seen, earlier).length === 0) {
        askAtMs = now() + RETRY_AFTER_MS;
        startedAtMs ??= now();
        await send(to, failover());
      }
    }
  }
}

/** A first look cannot tell whether a replica keeps up: its offset is compared with what the master had at an earlier one. */
export function secondLook(view: ClusterView): readonly ClusterReason[] {
  return view.views
    .filter((one) => one.role === 'replica')
    .map((one) => reasonOf('cluster.lagging', { node: one.node, master: '-', bytes: 0 }));
}
