import { needsAttention, URGENCY } from '../shared/domain/checkGroups.ts';
import type { ReportCheck } from '../shared/domain/report.ts';
import type { Verdict } from '../shared/domain/verdict.ts';

/** One thing that needs attention: the same check with the same verdict, wherever it was found. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** At least one. */
  readonly checks: readonly ReportCheck[];
}

/**
 * What needs attention, worst first. A setting that is wrong on three servers is one finding: told three times, it would hide the others.
 */
export function findingsOf(checks: readonly ReportCheck[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const check of checks) {
    if (!needsAttention(check.verdict)) continue;
    const key = `${check.verdict} ${check.id}`;
    const known = found.get(key);
    found.set(key, { id: check.id, title: check.title, verdict: check.verdict, checks: [...(known?.checks ?? []), check] });
  }
  return [...found.values()].toSorted((one, other) => URGENCY.indexOf(one.verdict) - URGENCY.indexOf(other.verdict));
}

/** Texts that several subjects share, each with the subjects that it holds for, in their order. */
export function bySharedText(
  checks: readonly ReportCheck[],
  textOf: (check: ReportCheck) => string | null,
): readonly { readonly text: string; readonly subjects: readonly string[] }[] {
  const shared = new Map<string, string[]>();
  for (const check of checks) {
    const text = textOf(check);
    if (text !== null && text !== '') shared.set(text, [...(shared.get(text) ?? []), check.subject]);
  }
  return [...shared].map(([text, subjects]) => ({ text, subjects }));
}
