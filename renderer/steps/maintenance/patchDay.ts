import type { RunSummary } from '../../../electron/shared/contract/procedures.ts';
import type { ClusterReason } from '../../../electron/shared/domain/clusterReason.ts';
import { evacuationsOf } from '../../../electron/shared/domain/evacuation.ts';
import { maintenanceOf, type MaintenanceMark } from '../../../electron/shared/domain/maintenanceMark.ts';
import { maintainedServer } from '../../../electron/shared/domain/maintenancePhases.ts';
import { maintenanceRefusals } from '../../../electron/shared/domain/maintenanceRefusals.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { layoutOf, layoutOfNodes, type ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { plannedSwitchovers, type PlannedSwitchover } from '../../../electron/shared/domain/roles.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { laterBy } from '../../../electron/shared/domain/timeOfDay.ts';
import type { ClusterView } from '../../../electron/shared/domain/view.ts';

/** Maintenances that ended within so many milliseconds belong to one patch day: a night's work. */
const PATCH_DAY_MS = 12 * 3_600_000;

/** Where a cluster stands, as one run has read it from the servers. */
export interface Seen {
  readonly runId: string;
  readonly plan: ClusterPlan;
  /** UTC. */
  readonly at: string;
  /** Null where no node could be asked. */
  readonly view: ClusterView | null;
  /** One for each server in maintenance. */
  readonly marks: readonly Pick<MaintenanceMark, 'server' | 'at' | 'by'>[];
  /** Servers with a mark that cannot be read. */
  readonly unreadableOn: readonly string[];
  /** Servers that could not be reached. */
  readonly lost: readonly string[];
}

/** What a run that ended has read and done; null for one that did not come to its end: then nobody knows before somebody looks again. */
export function seenIn(record: RunRecord): Seen | null {
  const { runId, plan, facts, views, finishedAt, failure, wasAborted, workflow, operator } = record;
  if (finishedAt === null || failure !== null || wasAborted) return null;
  const found = maintenanceOf(facts, plan);
  const seen = { runId, plan, at: finishedAt, view: views.after ?? views.before, unreadableOn: [], lost: [] };
  switch (workflow) {
    case 'maintenanceStatus': {
      const reached = new Set(facts.map(({ server }) => server));
      const lost = plan.servers.flatMap(({ name }) => (reached.has(name) ? [] : [name]));
      return { ...seen, ...found, lost };
    }
    case 'maintenanceBegin': {
      const server = maintainedServer(record);
      if (server === null) return null;
      // As the run marks it: a mark that was there is taken over.
      const own = { server, by: operator, at: facts.find((one) => one.server === server)?.at ?? laterBy(record.startedAt, 0) };
      return { ...seen, marks: [found.marks.find((mark) => mark.server === server) ?? own] };
    }
    case 'maintenanceEnd':
    case 'restoreRoles':
      return { ...seen, marks: [] };
    case 'check':
    case 'plan':
    case 'install':
    case 'validate':
    case 'failoverTest':
    case 'remove':
      return null;
  }
}

/** The switchovers that a maintenance of a server would begin with. */
export function movesFor({ view, plan }: Pick<Seen, 'view' | 'plan'>, server: string): readonly PlannedSwitchover[] {
  return view === null ? [] : evacuationsOf(view, plan, server);
}

/** The switchovers that would give the masters their planned nodes back. */
export function movesBack({ view, plan }: Pick<Seen, 'view' | 'plan'>): readonly PlannedSwitchover[] {
  return view === null ? [] : plannedSwitchovers(view, plan);
}

/** Why a server must not be taken away, as far as one look tells; null where no node could be asked. */
export function refusalsFor({ view, plan }: Pick<Seen, 'view' | 'plan'>, server: string): readonly ClusterReason[] | null {
  return view === null ? null : maintenanceRefusals(view, plan, server);
}

/** The layout as it was seen; null where nothing was. */
export function layoutNow({ view, plan }: Pick<Seen, 'view' | 'plan'>): ClusterLayout | null {
  return view === null ? null : layoutOf(plan, view, 'before');
}

/** The layout after switchovers: what is master now is the replica of the node that takes over. */
export function layoutAfter(seen: Pick<Seen, 'view' | 'plan'>, moves: readonly PlannedSwitchover[]): ClusterLayout | null {
  const now = layoutNow(seen);
  if (now === null) return null;
  const nodes = now.nodes.map((node) => {
    const move = moves.find(({ from, to }) => node.id === from || node.id === to);
    if (move === undefined) return node;
    return node.id === move.to
      ? { ...node, role: 'master' as const, replicaOf: null, isLinkUp: null, tookOver: isPlannedReplica(seen.plan, node.id) }
      : { ...node, role: 'replica' as const, replicaOf: move.to, isLinkUp: true, tookOver: false };
  });
  return layoutOfNodes(seen.plan, 'planned', null, nodes);
}

function isPlannedReplica(plan: ClusterPlan, id: string): boolean {
  return plan.nodes.some((node) => node.id === id && node.role === 'replica');
}

/** When each server's last maintenance ended, of those of this patch day. */
export function doneToday(runs: readonly RunSummary[], nowMs: number): ReadonlyMap<string, string> {
  const done = new Map<string, string>();
  // Newest first: the first of each server counts.
  for (const { workflow, maintained, finishedAt, verdict, wasAborted } of runs) {
    if (workflow !== 'maintenanceEnd' || maintained === undefined || finishedAt === null || wasAborted || verdict === 'fail') continue;
    if (nowMs - Date.parse(finishedAt) < PATCH_DAY_MS && !done.has(maintained)) done.set(maintained, finishedAt);
  }
  return done;
}

/** The servers that are still to be maintained, in their order; all of them once every one had its turn. */
export function serversLeft(plan: ClusterPlan, done: ReadonlyMap<string, string>): readonly string[] {
  const all = plan.servers.map(({ name }) => name);
  const left = all.filter((name) => !done.has(name));
  return left.length === 0 ? all : left;
}
