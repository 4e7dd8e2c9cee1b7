import type { Change } from '../shared/domain/change.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { nodeSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import type { ClusterView, NodeView } from '../shared/domain/view.ts';
import { message } from '../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from './check.ts';
import type { CheckContext } from './checkContext.ts';

/** What a node answered to CONFIG GET. Holds the password: judges say only whether it is set and equal. */
export interface NodeConfigReading {
  /** The planned node's id. */
  readonly node: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Everything that the checks of the nodes rest on. */
export interface NodeObservation {
  readonly view: ClusterView;
  readonly settings: readonly NodeConfigReading[];
  /** Why a node that answers does not tell its settings, by its planned id: the command is renamed, or forbidden to this user. */
  readonly refused?: ReadonlyMap<string, string>;
  /** The nodes were dialled straight from the admin's machine: what is silent may only be cut off from there. */
  readonly isFromHere?: boolean;
  readonly facts: readonly ServerFacts[];
  /** What stands between plan and server, by server; missing where nobody compared. */
  readonly pending: ReadonlyMap<string, readonly Change[]>;
}

/** One planned node and what was seen of it. */
export interface SeenNode {
  readonly node: NodeSpec;
  readonly observation: NodeObservation;
}

/** Judges one node that answered. */
export type JudgeAnswer = (view: NodeView, seen: SeenNode, context: CheckContext) => Judgement;

/** Why a node did not answer, as far as that is known. */
export function silenceOf(view: ClusterView, node: string): string {
  return view.silent.find((one) => one.node === node)?.reason ?? '';
}

/** A check with one result for each planned node. */
export function eachNode(
  id: Check<unknown>['id'],
  verdicts: readonly Verdict[],
  judgeNode: (seen: SeenNode, context: CheckContext) => Judgement,
): Check<NodeObservation> {
  const judgeAll = (plan: ClusterPlan, observation: NodeObservation, context: CheckContext): readonly CheckResult[] =>
    plan.nodes.map((node) => resultOf(id, nodeSubject(node.server, node.dataPort), judgeNode({ node, observation }, context)));
  return { id, verdicts, judge: (observation, context) => judgeAll(context.plan, observation, context) };
}

/** A check with one result for each planned node: `unknown` for one that did not answer, `node.answers` says why. */
export function eachAnswer(id: Check<unknown>['id'], verdicts: readonly Verdict[], judgeAnswer: JudgeAnswer): Check<NodeObservation> {
  return eachNode(id, [...verdicts, 'unknown'], (seen, context) => {
    const view = seen.observation.view.views.find((one) => one.node === seen.node.id);
    if (view !== undefined) return judgeAnswer(view, seen, context);
    return {
      verdict: 'unknown',
      expected: message('check.node.unobserved.expected'),
      observed: message('check.node.unobserved.observed'),
      evidence: silenceOf(seen.observation.view, seen.node.id),
      remedy: message('check.node.unobserved.remedy', { unit: seen.node.unit, server: seen.node.server }),
    };
  });
}
