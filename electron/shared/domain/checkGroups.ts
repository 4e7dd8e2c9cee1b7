import type { Subject } from './subject.ts';
import { worstVerdict, type Verdict } from './verdict.ts';

/** How many there are of each verdict. */
export type VerdictCount = Record<Verdict, number>;

/** From bad to good: the order in which judgements are read. */
export const URGENCY: readonly Verdict[] = ['fail', 'unknown', 'passWithoutTolerance', 'warn', 'pass', 'skipped'];

/** Counts verdicts; each of the scale has a number, 0 where there is none. */
export function countVerdicts(verdicts: readonly Verdict[]): VerdictCount {
  const counts: VerdictCount = { pass: 0, passWithoutTolerance: 0, warn: 0, fail: 0, unknown: 0, skipped: 0 };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

/** Whether somebody should look at it. */
export function needsAttention(verdict: Verdict): boolean {
  return verdict !== 'pass' && verdict !== 'skipped';
}

/** The heading that a check on this subject stands under: `server:NAME` with its nodes, `pairs`, `cluster` or `admin`. */
export function checkGroupOf(subject: Subject): string {
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

/** Checks under one heading. */
export interface CheckGroup<Check> {
  /** As {@link checkGroupOf} names it. */
  readonly key: string;
  readonly checks: readonly Check[];
  /** The worst of its checks. */
  readonly verdict: Verdict;
  readonly counts: VerdictCount;
}

/** Checks under their headings: the servers in this order with their nodes, then the ways between them, the cluster, the admin's machine. */
export function groupChecks<Check extends { readonly verdict: Verdict }>(
  checks: readonly Check[],
  servers: readonly string[],
  keyOf: (check: Check) => string,
): readonly CheckGroup<Check>[] {
  const order = [...servers.map((server) => `server:${server}`), 'pairs', 'cluster', 'admin'];
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...new Set(checks.map(keyOf))]
    .toSorted((one, other) => place(one) - place(other))
    .map((key) => {
      const own = checks.filter((check) => keyOf(check) === key);
      const verdicts = own.map((check) => check.verdict);
      return { key, checks: own, verdict: worstVerdict(verdicts), counts: countVerdicts(verdicts) };
    });
}
