import { reasonOf, type ClusterReason } from '../shared/domain/clusterReason.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { formingReasons } from '../shared/domain/readiness.ts';
import { areRolesAsPlanned, plannedSwitchovers, rolesOf, type NodeStanding, type PlannedSwitchover } from '../shared/domain/roles.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import { failover, meet } from './clusterCommands.ts';
import { readCluster, waitForView, type RedisNodes } from './clusterView.ts';
import { FIRST_LOOK_MS, notFormed, refuseSilence, type FormOptions } from './formCluster.ts';
import type { CommandWords } from './redisStream.ts';

/** One planned switchover that was made. */
export interface Switchover {
  readonly shard: number;
  /** Planned id of the node that was master until then. */
  readonly from: string;
  /** Planned id of the planned master, which is master again. */
  readonly to: string;
  /** From the command until six views agreed on the new roles and the former master was in sync as a replica, milliseconds. */
  readonly durationMs: number;
}

/** What restoring did. */
export interface RestoreResult {
  readonly switchovers: readonly Switchover[];
  /** The last view: every node has its planned role. */
  readonly view: ClusterView;
}

/** Redis gives up a planned switchover after 5 s (`CLUSTER_MF_TIMEOUT`); asked again before that it starts over. */
const RETRY_AFTER_MS = 6000;

/** The planned master to give its role back to next, or null when all roles are as planned. */
function nextOf(view: ClusterView, plan: ClusterPlan): PlannedSwitchover | null {
  const standings = rolesOf(view, plan);
  const off = standings.filter((one) => one.standing !== 'asPlanned');
  if (off.length === 0) return null;
  const [next] = plannedSwitchovers(view, plan);
  if (next !== undefined) return next;
  throw fail('cluster.rolesNotAsPlanned', clusterSubject, { values: { reason: reasonsOf(off) }, evidence: reasonsOf(off) });
}

function reasonsOf(standings: readonly NodeStanding[]): string {
  return standings.flatMap(({ reason }) => (reason === null ? [] : [say(reason)])).join('; ');
}

/**
 * Gives every planned master its role back by planned switchovers, one at a time, lowest shard first. Before each, and at the end, six views must agree and every
 * replica must be in sync: a lagging replica is waited for, never promoted. Does nothing when all roles are as planned.
 *
 * Fails with `redis.unreachable` (not all six answer), `cluster.rolesNotAsPlanned` (roles that no switchover within a shard can restore),
 * `cluster.noAgreement` or `cluster.replicaNotInSync` (at the deadline), `redis.commandRefused`, `run.aborted`. Between two switchovers the cluster
 * is always whole, so it may be called again at any time.
 */
export async function restoreRoles(nodes: RedisNodes, plan: ClusterPlan, options: FormOptions): Promise<RestoreResult> {
  const now = options.now ?? (() => performance.now());
  const endsAt = now() + options.deadlineMs;
  const bounds = (): FormOptions => ({ ...options, deadlineMs: Math.max(0, endsAt - now()) });
  const tooLate = (reasons: readonly ClusterReason[]): Error => notFormed(reasons, plan, options.deadlineMs);
  const switchovers: Switchover[] = [];

  let view = await readCluster(nodes, { signal: options.signal, deadlineMs: FIRST_LOOK_MS });
  refuseSilence(view, plan);
  while (!areRolesAsPlanned(view, plan)) {
    // Before anything is concluded: a node that has just come back may still believe in a role that it lost.
    view = await waitForView(nodes, (seen, earlier) => stableReasons(seen, plan, earlier), tooLate, bounds());
    const next = nextOf(view, plan);
    if (next === null) break;
    const startedAtMs = now();
    view = await switchOver(next.from, next.to);
    switchovers.push({ ...next, durationMs: now() - startedAtMs });
  }
  return { switchovers, view };

  async function send(node: string, words: CommandWords): Promise<void> {
    const connection = nodes.get(node);
    if (connection === undefined) throw new Error(`no connection to ${node}`);
    options.emit?.(node, words.join(' '));
    await connection.call(words, { signal: options.signal });
  }

  /** One switchover, until six views agree on it and the former master follows. */
  async function switchOver(from: string, to: string): Promise<ClusterView> {
    let askedAtMs = Number.NEGATIVE_INFINITY;
    let isIntroduced = false;
    return waitForView(
      nodes,
      async (seen, earlier) => {
        const roles = new Map(rolesOf(seen, plan).map((one) => [one.node, one.observed]));
        if (roles.get(to) !== 'master') {
          if (now() - askedAtMs > RETRY_AFTER_MS) {
            askedAtMs = now();
            await send(to, failover());
          }
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
  }
}

/**
 * Whether roles can be concluded from a view: six views agree, and whoever is a replica keeps up. Needs a view before it, because one look cannot
 * tell that. A master without a replica is no obstacle here: it is one of the things to be found.
 */
function stableReasons(view: ClusterView, plan: ClusterPlan, earlier: ClusterView | undefined): readonly ClusterReason[] {
  const reasons = formingReasons(view, plan, earlier).filter((reason) => reason.code !== 'cluster.noReplica');
  if (reasons.length > 0 || earlier !== undefined) return reasons;
  return view.views
    .filter((one) => one.role === 'replica')
    .map((one) => reasonOf('cluster.lagging', { node: one.node, master: '-', bytes: 0 }));
}
