import type { CheckResult } from '../shared/domain/check.ts';
import type { ReportCheck, ReportCheckGroup, VerdictCounts } from '../shared/domain/report.ts';
import { formatSubject, type Subject } from '../shared/domain/subject.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { say } from '../shared/messages/message.ts';
import { titleOf } from './reportWords.ts';

/** A check result as readers get it: the texts of its messages, and the heading that it stands under. */
export function reportCheck(result: CheckResult): ReportCheck {
  return {
    id: result.id,
    title: titleOf('check', result.id),
    subject: formatSubject(result.subject),
    about: result.subject,
    group: groupOf(result.subject),
    verdict: result.verdict,
    expected: say(result.expected),
    observed: say(result.observed),
    evidence: result.evidence,
    remedy: result.remedy === null ? null : say(result.remedy),
  };
}

/** Headings over these checks: the servers in the plan's order with their nodes, then the ways between them, the cluster, this machine. */
export function groupChecks(checks: readonly ReportCheck[], servers: readonly string[]): ReportCheckGroup[] {
  const order = [...servers.map((server) => `server:${server}`), 'pairs', 'cluster', 'admin'];
  const found = [...new Set(checks.map((check) => check.group))];
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return found
    .toSorted((one, other) => place(one) - place(other))
    .map((key) => {
      const verdicts = checks.filter((check) => check.group === key).map((check) => check.verdict);
      return { key, title: groupTitle(key), verdict: worstVerdict(verdicts), counts: countVerdicts(verdicts) };
    });
}

/** How many there are of each verdict. */
export function countVerdicts(verdicts: readonly Verdict[]): VerdictCounts {
  const counts: VerdictCounts = { pass: 0, passWithoutTolerance: 0, warn: 0, fail: 0, unknown: 0, skipped: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

/** Whether somebody should look at it. */
export function needsAttention(verdict: Verdict): boolean {
  return verdict !== 'pass' && verdict !== 'skipped';
}

function groupOf(subject: Subject): string {
  switch (subject.kind) {
    case 'server':
    case 'node':
      return `server:${subject.server}`;
    case 'pair':
      return 'pairs';
    case 'cluster':
    case 'admin':
      return subject.kind;
  }
}

function groupTitle(key: string): string {
  if (key === 'pairs' || key === 'cluster' || key === 'admin') return text(`report.group.${key}`);
  return text('report.group.server', { server: key.replace(/^server:/u, '') });
}
