import type { Failure } from '../domain/failure.ts';
import type { ReportFailure } from '../domain/report.ts';
import { formatSubject } from '../domain/subject.ts';
import { text } from './text.ts';
import { say } from '../messages/message.ts';

/** A failure in words. */
export function failureWords(failure: Failure): ReportFailure {
  return {
    code: failure.code,
    title: say({ code: failure.code, values: failure.values }),
    remedy: say({ code: `${failure.code}.remedy`, values: failure.values }),
    subject: formatSubject(failure.subject),
    evidence: failure.evidence,
    retryable: failure.retryable,
  };
}

/** Names as a person lists them: `a`, `a and b`, `a, b and c`. */
export function listNames(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : text('report.and', { first: names.slice(0, -1).join(', '), last });
}

/** `One change`, `31 changes`. */
export function countChanges(count: number): string {
  return count === 1 ? text('report.count.changeOne') : text('report.count.changes', { count });
}

/** `one server`, `3 servers`. */
export function countServers(count: number): string {
  return count === 1 ? text('report.count.serverOne') : text('report.count.servers', { count });
}
