import type { CheckResult } from '../shared/domain/check.ts';
import type { ClusterReason, ReasonCode } from '../shared/domain/clusterReason.ts';
import type { Message } from '../shared/domain/message.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from './check.ts';
import { evidenceOf } from './evidence.ts';

/** How many reasons are told before the rest is only counted; the evidence has all of them. */
const REASONS_TOLD = 4;

/** Several reasons as one text; a single one stays what it is. */
export function reasonsText(reasons: readonly ClusterReason[]): Message {
  const [first] = reasons;
  if (first !== undefined && reasons.length === 1) return first;
  const told = [...new Set(reasons.map(say))];
  if (told.length <= REASONS_TOLD) return message('check.cluster.reasons', { reasons: told.join('; ') });
  return message('check.cluster.manyReasons', { reasons: told.slice(0, REASONS_TOLD).join('; '), more: told.length - REASONS_TOLD });
}

/** Reasons as raw material, one a line. */
export function reasonsEvidence(reasons: readonly ClusterReason[]): string {
  return reasons.map((one) => `${one.code} ${evidenceOf(one.values)}`).join('\n');
}

/** Those reasons that have one of these codes. */
export function reasonsOf(reasons: readonly ClusterReason[], codes: readonly ReasonCode[]): readonly ClusterReason[] {
  return reasons.filter((one) => codes.includes(one.code));
}

/** Planned nodes that nothing was heard of. */
export function silentNodes(view: ClusterView, plan: ClusterPlan): readonly string[] {
  return plan.nodes.map((node) => node.id).filter((node) => !view.views.some((one) => one.node === node && one.peers.length > 0));
}

/** What is said where too few nodes answered to judge. */
export function tooFewAnswers(expected: Message, view: ClusterView, plan: ClusterPlan): Judgement {
  return {
    verdict: 'unknown',
    expected,
    observed: message('check.cluster.silent', { nodes: silentNodes(view, plan).join(', ') }),
    evidence: evidenceOf({ silent: view.silent }),
    remedy: message('check.cluster.silent.remedy'),
  };
}

/** A check with one result about the six nodes together; `unknown` when none of them answered. */
export function wholeCluster(
  id: Check<unknown>['id'],
  verdicts: readonly Verdict[],
  expected: Message,
  judgeView: (view: ClusterView, plan: ClusterPlan) => Judgement,
): Check<ClusterView, { readonly plan: ClusterPlan }> {
  return {
    id,
    verdicts: [...verdicts, 'unknown'],
    judge: (view, { plan }): readonly CheckResult[] => {
      const isDeaf = silentNodes(view, plan).length === plan.nodes.length;
      return [resultOf(id, clusterSubject, isDeaf ? tooFewAnswers(expected, view, plan) : judgeView(view, plan))];
    },
  };
}
