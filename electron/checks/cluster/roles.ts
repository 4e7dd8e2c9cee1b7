import { rolesOf } from '../../shared/domain/roles.ts';
import { toleranceOf } from '../../shared/domain/tolerance.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsText, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.roles.expected');

/**
 * Masters and replicas are where the plan has them. After a failover they are not: `redis-cli --cluster check` is content, but one server holds two of
 * three masters, and losing it stops the cluster for good. Where every single loss is still survived it is only a warning.
 */
export const roles = wholeCluster('cluster.roles', ['pass', 'passWithoutTolerance', 'warn'], expected, (view, plan) => {
  const standings = rolesOf(view, plan);
  const evidence = evidenceOf(
    Object.fromEntries(standings.map((one) => [one.node, `${one.observed ?? '?'} ${one.replicates ?? ''}`.trim()])),
  );
  const wrong = standings.filter((one) => one.standing !== 'asPlanned' && one.standing !== 'unknown');
  const reasons = wrong.flatMap((one) => one.reason ?? []);
  if (reasons.length > 0) {
    const survivesAll = toleranceOf(view, plan).every((one) => one.survives);
    return {
      verdict: survivesAll ? 'warn' : 'passWithoutTolerance',
      expected,
      observed: reasonsText(reasons),
      evidence: `${evidence}\n${reasonsEvidence(reasons)}`,
      remedy: message('check.cluster.roles.remedy'),
    };
  }
  if (standings.some((one) => one.standing === 'unknown')) return tooFewAnswers(expected, view, plan);
  return { verdict: 'pass', expected, observed: message('check.cluster.roles.observed'), evidence };
});
