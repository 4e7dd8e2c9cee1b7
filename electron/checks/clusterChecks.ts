import type { CheckResult } from '../shared/domain/check.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import type { Check } from './check.ts';
import { addresses } from './cluster/addresses.ts';
import { agreement } from './cluster/agreement.ts';
import { epochs } from './cluster/epochs.ts';
import { members } from './cluster/members.ts';
import { placement } from './cluster/placement.ts';
import { roles } from './cluster/roles.ts';
import { sameVersion } from './cluster/sameVersion.ts';
import { slots } from './cluster/slots.ts';
import { state } from './cluster/state.ts';
import { survivesLoss } from './cluster/survivesLoss.ts';

/** Every check on the six nodes together. */
export const CLUSTER_CHECKS: readonly Check<ClusterView, { readonly plan: ClusterPlan }>[] = [
  agreement,
  state,
  slots,
  roles,
  placement,
  survivesLoss,
  members,
  epochs,
  addresses,
  sameVersion,
];

/** Judges all views of one moment: one result for each check, and one of `cluster.survivesLoss` for each server. */
export function judgeCluster(view: ClusterView, context: { readonly plan: ClusterPlan }): readonly CheckResult[] {
  return CLUSTER_CHECKS.flatMap((check) => check.judge(view, context));
}
