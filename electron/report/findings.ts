import { needsAttention, URGENCY } from '../shared/domain/checkGroups.ts';
import { lostServersOf, lostServerUnder } from '../shared/domain/lostServers.ts';
import type { ReportCheck } from '../shared/domain/report.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { saySubject } from '../shared/messages/subjectWords.ts';

/**
 * One thing that needs attention: the same check with the same verdict, wherever it was found; or all that could not be
 * seen of one server, or without SSH.
 */
export interface Finding {
  /** Tells it from the others. */
  readonly key: string;
  /** The check's; empty where there are several. */
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** At least one. */
  readonly checks: readonly ReportCheck[];
  /** What it is about, in words. */
  readonly subjects: readonly string[];
  /** Which checks these are, where there are several. */
  readonly titles: readonly string[];
}

/**
 * What needs attention, worst first. A setting that is wrong on three servers is one finding: told three times, it would hide the others. So is what is
 * not known because a server could not be reached: that fills pages, and the server itself is told as a finding of its own.
 */
export function findingsOf(checks: readonly ReportCheck[]): readonly Finding[] {
  const lost = lostServersOf(checks, ({ about }) => about);
  const found = new Map<string, Finding>();
  const unmade: ReportCheck[] = [];
  for (const check of checks) {
    const { id, title, verdict, about } = check;
    if (!needsAttention(verdict)) continue;
    if (check.unmade !== undefined) {
      unmade.push(check);
      continue;
    }
    const server = verdict === 'unknown' ? lostServerUnder(about, lost) : null;
    const key = server === null ? `${verdict} ${id}` : `lost ${server}`;
    const alike = [...(found.get(key)?.checks ?? []), check];
    found.set(
      key,
      server === null
        ? { key, id, title, verdict, checks: alike, subjects: alike.map(({ subject }) => subject), titles: [] }
        : {
            key,
            id: '',
            title: text('report.checks.notMade', { count: alike.length }),
            verdict,
            checks: alike,
            subjects: [server],
            titles: [...new Set(alike.map((one) => one.title))],
          },
    );
  }
  if (unmade.length > 0)
    found.set('unmade', {
      key: 'unmade',
      id: '',
      title: text('report.checks.needSsh', { count: unmade.length }),
      verdict: 'unknown',
      checks: unmade,
      subjects: [text('report.checks.needSsh.where')],
      titles: [...new Set(unmade.map(({ title }) => title))],
    });
  // What was seen comes before what was not, where a lost server is the reason.
  const place = ({ id, verdict }: Finding): number => (id === '' ? URGENCY.length : URGENCY.indexOf(verdict));
  return [...found.values()].toSorted((one, other) => place(one) - place(other));
}

/** Texts that several subjects share, each with the subjects that it holds for, in their order. */
export function bySharedText(
  checks: readonly ReportCheck[],
  textOf: (check: ReportCheck) => string | null,
): readonly { readonly text: string; readonly subjects: readonly string[] }[] {
  const shared = new Map<string, Set<string>>();
  for (const check of checks) {
    const said = textOf(check);
    if (said !== null && said !== '') shared.set(said, (shared.get(said) ?? new Set()).add(saySubject(check.about)));
  }
  return [...shared].map(([said, subjects]) => ({ text: said, subjects: [...subjects] }));
}
