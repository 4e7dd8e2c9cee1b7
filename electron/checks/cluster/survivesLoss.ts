import { coverageOf } from '../../shared/domain/coverage.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { toleranceOf, type ServerTolerance } from '../../shared/domain/tolerance.ts';
import type { ClusterView } from '../../shared/domain/view.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import { reasonsEvidence, reasonsText, silentNodes, tooFewAnswers } from '../clusterObservation.ts';

const ID = 'cluster.survivesLoss';

function judgeLoss({ server, survives, reasons }: ServerTolerance, works: boolean): Judgement {
  const expected = message('check.cluster.survivesLoss.expected', { server });
  if (survives) return { verdict: 'pass', expected, observed: message('check.cluster.survivesLoss.observed'), evidence: '' };
  return {
    verdict: works ? 'passWithoutTolerance' : 'fail',
    expected,
    observed: reasonsText(reasons),
    evidence: reasonsEvidence(reasons),
    remedy: works ? message('check.cluster.survivesLoss.remedy') : message('check.cluster.slots.remedy'),
  };
}

/**
 * The cluster goes on by itself when this server is lost: one result for each server. "Works" and "survives the next loss" are two answers; the second one
 * is what the admin built three servers for.
 */
export const survivesLoss: Check<ClusterView, { readonly plan: ClusterPlan }> = {
  id: ID,
  verdicts: ['pass', 'passWithoutTolerance', 'fail', 'unknown'],
  judge: (view, { plan }) => {
    const isDeaf = silentNodes(view, plan).length === plan.nodes.length;
    const works = coverageOf(view, plan).isComplete;
    return toleranceOf(view, plan).map((one) => {
      const expected = message('check.cluster.survivesLoss.expected', { server: one.server });
      return resultOf(ID, serverSubject(one.server), isDeaf ? tooFewAnswers(expected, view, plan) : judgeLoss(one, works));
    });
  },
};
