import type { CheckResult } from '../shared/domain/check.ts';
import type { PartDifference } from '../shared/domain/configBundle.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from './check.ts';

/** How a run differs from a bundle, and which servers and nodes it has seen at all. */
export interface BundleObservation {
  readonly differences: readonly PartDifference[];
  readonly servers: readonly string[];
  readonly hasNodes: boolean;
}

type BundleCheck = Check<BundleObservation, { readonly plan: ClusterPlan }>;

/** How much of the differences goes into the evidence; the terminal shows all of it. */
const EVIDENCE_CHARACTERS = 4000;

function evidenceText(differences: readonly PartDifference[]): string {
  return differences
    .map(({ path, kind, diff }) => (diff === '' ? `${path}: ${kind === 'onlyInFirst' ? 'absent' : 'differs'}` : diff.trimEnd()))
    .join('\n')
    .slice(0, EVIDENCE_CHARACTERS);
}

function judgeServer(server: string, { differences, servers }: BundleObservation): Judgement {
  const expected = message('check.server.asInBundle.expected');
  if (!servers.includes(server))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.asInBundle.unseen'),
      evidence: '',
      remedy: message('check.unobserved.remedy', { server }),
    };
  const start = `servers/${server}/`;
  const own = differences.filter(({ path }) => path.startsWith(start));
  if (own.length === 0) return { verdict: 'pass', expected, observed: message('check.server.asInBundle.same'), evidence: '' };
  const parts = own.map(({ path }) => path.slice(start.length).replace(/^files(?=\/)/u, '')).join(', ');
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.asInBundle.different', { count: own.length, parts }),
    evidence: evidenceText(own),
    remedy: message('check.server.asInBundle.remedy'),
  };
}

/** The servers are those of the bundle: host key, machine, system, addresses, programs, and every file that the bundle holds of them. */
const serverAsInBundle: BundleCheck = {
  id: 'server.asInBundle',
  verdicts: ['pass', 'warn', 'unknown'],
  judge: (observation, { plan }) =>
    plan.servers.map(({ name }) => resultOf('server.asInBundle', serverSubject(name), judgeServer(name, observation))),
};

/** The nodes are those of the bundle, by their ids: one that came back with another id has lost what it knew of the cluster. */
const nodesAsInBundle: BundleCheck = {
  id: 'cluster.asInBundle',
  verdicts: ['pass', 'warn', 'unknown'],
  judge: ({ differences, hasNodes }): readonly CheckResult[] => {
    const expected = message('check.cluster.asInBundle.expected');
    const own = differences.filter(({ path }) => !path.startsWith('servers/'));
    const judgement: Judgement = !hasNodes
      ? {
          verdict: 'unknown',
          expected,
          observed: message('check.cluster.asInBundle.unseen'),
          evidence: '',
          remedy: message('check.cluster.silent.remedy'),
        }
      : own.length === 0
        ? { verdict: 'pass', expected, observed: message('check.cluster.asInBundle.same'), evidence: '' }
        : {
            verdict: 'warn',
            expected,
            observed: message('check.cluster.asInBundle.different'),
            evidence: evidenceText(own),
            remedy: message('check.cluster.asInBundle.remedy'),
          };
    return [resultOf('cluster.asInBundle', clusterSubject, judgement)];
  },
};

/** The checks of a validation that has a bundle to compare with. */
export const BUNDLE_CHECKS: readonly BundleCheck[] = [serverAsInBundle, nodesAsInBundle];

/** Judges a run against a bundle: one result for each server, and one for the nodes. */
export function judgeAgainstBundle(observation: BundleObservation, plan: ClusterPlan): readonly CheckResult[] {
  return BUNDLE_CHECKS.flatMap((check) => check.judge(observation, { plan }));
}
