import type { Failure } from './failure.ts';
import type { RunRecord } from './run.ts';
import type { Subject } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** The check that fails where a run went on without a server. */
const REACHED = 'server.reached';

/** What is needed of a check result, in a record or in a report. */
interface Judged {
  readonly id: string;
  readonly verdict: Verdict;
}

/** The servers that a run which only looks went on without, because they could not be reached. */
export function lostServersOf<Check extends Judged>(checks: readonly Check[], subjectOf: (check: Check) => Subject): readonly string[] {
  return checks.flatMap((check) => {
    if (check.id !== REACHED || check.verdict !== 'fail') return [];
    const subject = subjectOf(check);
    return subject.kind === 'server' ? [subject.server] : [];
  });
}

/** The lost server that a subject lies on, or null: what is not known of it is not known because of that. A way has two ends. */
export function lostServerUnder(subject: Subject, lost: readonly string[]): string | null {
  switch (subject.kind) {
    case 'server':
    case 'node':
      return lost.includes(subject.server) ? subject.server : null;
    case 'pair':
      return lost.find((server) => server === subject.from || server === subject.to) ?? null;
    case 'cluster':
    case 'admin':
      return null;
  }
}

/** Why servers were left out of a run that went on without them, each once. A run that a failure ended has that failure instead. */
export function lostFailures({ failure, phases }: Pick<RunRecord, 'failure' | 'phases'>): readonly Failure[] {
  return failure === null ? phases.flatMap((phase) => (phase.failure === null ? [] : [phase.failure])) : [];
}
