import type { ServerBlueprint } from '../artifacts/blueprint.ts';
import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import type { Failure } from '../shared/domain/failure.ts';
import type { PortMatrix } from '../shared/domain/matrix.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';

/** How a server's host key came to be trusted. `accepted`: in this run, because the admin said so, without a comparison. */
export type HostKeyTrust = 'pinned' | 'known' | 'accepted';

/** Whether sshd forwards connections to the nodes of its server. */
export type ForwardingTrial =
  { readonly outcome: 'allowed' } | { readonly outcome: 'refused'; readonly endpoint: string; readonly reason: string };

/** Whether the cluster is still to be installed, or must already be as planned. The same find can be a warning before and a failure after. */
export type CheckStage = 'beforeInstall' | 'installed';

/** What a judge knows besides its observation. Maps are by server name; what is missing in them is not known, and never a pass. */
export interface CheckContext {
  readonly plan: ClusterPlan;
  readonly stage: CheckStage;
  readonly hostKeyTrust: ReadonlyMap<string, HostKeyTrust>;
  readonly blueprints: ReadonlyMap<string, ServerBlueprint>;
  readonly forwarding?: ReadonlyMap<string, ForwardingTrial>;
  /** What the server bundle was built for; `linux-x64` where not given. */
  readonly platform?: string;
  /** What this run did to the servers: tells a setting that the kernel refused from one that was set back later. */
  readonly applied?: readonly { readonly server: string; readonly change: Change; readonly outcome: ChangeOutcome }[];
  /** The reachability matrix where it is already known: proves that an active firewall lets the cluster through. */
  readonly matrix?: PortMatrix | null;
  /** Why a server could not be observed. */
  readonly unobserved?: ReadonlyMap<string, Failure>;
}

/** Makes a context from a plan and what is known beside it. */
export function checkContext(plan: ClusterPlan, stage: CheckStage, known: Omit<CheckContext, 'plan' | 'stage'>): CheckContext {
  return { ...known, plan, stage };
}

/** Whether a systemd unit runs a node of the plan. */
export function isOurUnit(plan: ClusterPlan, unit: string | null): boolean {
  return unit !== null && plan.nodes.some((node) => node.unit === unit);
}
