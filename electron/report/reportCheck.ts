import type { CheckResult } from '../shared/domain/check.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import { checkGroupOf, groupChecks } from '../shared/domain/checkGroups.ts';
import type { ReportCheck, ReportCheckGroup } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { say } from '../shared/messages/message.ts';
import { titleOf } from '../shared/messages/titleOf.ts';

/**
 * A check result as readers get it: the texts of its messages, and the heading that it stands under. `keptAt`: when it was seen, in words, where that
 * was in an earlier check; nothing old may look fresh, wherever the report is read.
 */
export function reportCheck(result: CheckResult, keptAt: string | null = null): ReportCheck {
  const observed = say(result.observed);
  return {
    id: result.id,
    title: titleOf('check', result.id),
    subject: formatSubject(result.subject),
    about: result.subject,
    group: checkGroupOf(result.subject),
    verdict: result.verdict,
    expected: say(result.expected),
    observed: keptAt === null ? observed : text('report.checks.kept', { observed, at: keptAt }),
    evidence: result.evidence,
    remedy: result.remedy === null ? null : say(result.remedy),
    ...(result.unmade === undefined ? {} : { unmade: result.unmade }),
  };
}

/** Headings over these checks: the servers in the plan's order with their nodes, then the ways between them, the cluster, this machine. */
export function reportGroups(checks: readonly ReportCheck[], servers: readonly string[]): ReportCheckGroup[] {
  return groupChecks(checks, servers, (check) => check.group).map(({ key, verdict, counts }) => ({
    key,
    title: groupTitle(key),
    verdict,
    counts,
  }));
}

function groupTitle(key: string): string {
  if (key === 'pairs' || key === 'cluster' || key === 'admin') return text(`report.group.${key}`);
  return text('report.group.server', { server: key.replace(/^server:/u, '') });
}
