import type { Change } from '../../shared/domain/change.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import { driftText } from '../driftText.ts';
import type { CheckContext } from '../checkContext.ts';
import type { NodeObservation } from '../nodeObservation.ts';

const ID = 'server.drift';

/** How much of the differences goes into the evidence; `triad plan` shows all of it. */
const EVIDENCE_CHARACTERS = 4000;

/** Kernel settings, firewall rules and exclusions have checks of their own, which know when the system refuses and what is proved open. */
function hasOwnCheck(change: Change): boolean {
  return change.kind === 'kernel' || change.kind === 'firewall' || change.kind === 'defender';
}

function evidenceText(changes: readonly Change[], facts: ServerFacts | undefined): string {
  return changes
    .map((change) => driftText(change, facts))
    .join('\n')
    .slice(0, EVIDENCE_CHARACTERS);
}

function judgeServer(changes: readonly Change[] | undefined, facts: ServerFacts | undefined): Judgement {
  const expected = message('check.server.drift.expected');
  if (changes === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.drift.unknown'),
      evidence: '',
      remedy: message('check.unread.remedy'),
    };
  const drifted = changes.filter((change) => !hasOwnCheck(change));
  if (drifted.length === 0) return { verdict: 'pass', expected, observed: message('check.server.drift.none'), evidence: '' };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.drift.some', { count: drifted.length, changes: drifted.map((change) => change.id).join(', ') }),
    evidence: evidenceText(drifted, facts),
    remedy: message('check.server.drift.remedy'),
  };
}

/** Files, folders, programs and services of an installed server are still as planned: nothing is left to be changed. */
export const drift: Check<NodeObservation> = {
  id: ID,
  verdicts: ['pass', 'warn', 'unknown'],
  judge: ({ pending, facts }, context: CheckContext) =>
    context.plan.servers.map(({ name }) => {
      const own = facts.find(({ server }) => server === name);
      return resultOf(ID, serverSubject(name), judgeServer(pending.get(name), own));
    }),
};
