import type { CheckResult } from '../shared/domain/check.ts';
import type { Failure } from '../shared/domain/failure.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import type { SpecIssue } from '../storage/specFile.ts';
import { verdictMark, type Style } from './style.ts';

const INDENT = '    ';

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}

/** Failures of one kind with one remedy as lines: what happened to whom, the evidence, what to do, and the code. */
function alikeText(failures: readonly Failure[], style: Style): string {
  const [first] = failures;
  if (first === undefined) return '';
  const lines = failures.flatMap((failure) => {
    const subject = formatSubject(failure.subject);
    const title = say({ code: failure.code, values: failure.values });
    const head = `${style.red('✗')} ${style.bold(subject === 'cluster' || subject === 'admin' ? title : `${subject}: ${title}`)}`;
    return failure.evidence !== '' && failure.code !== 'check.failed' ? [head, style.dim(indented(failure.evidence, INDENT))] : [head];
  });
  return [...lines, indented(`→ ${remedyOf(first)}`, '  '), style.dim(`  [${first.code}]`)].join('\n');
}

function remedyOf(failure: Failure): string {
  return say({ code: `${failure.code}.remedy`, values: failure.values });
}

/** A failure as lines: what happened, to whom, the evidence, what to do, and its code. */
export function failureText(failure: Failure, style: Style): string {
  return alikeText([failure], style);
}

/**
 * Every failure that ended a run, the one that decided first: a phase goes on on all servers, and may fail on each for a reason of its own. Those
 * with the same remedy share it.
 */
export function runFailuresText(record: Pick<RunRecord, 'failure' | 'phases'>, style: Style): string {
  if (record.failure === null) return '';
  const others = record.phases.flatMap(({ failure }) => (failure === null || isSame(failure, record.failure) ? [] : [failure]));
  const groups = new Map<string, Failure[]>();
  for (const failure of [record.failure, ...others]) {
    const key = `${failure.code} ${remedyOf(failure)}`;
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].map((alike) => alikeText(alike, style)).join('\n');
}

function isSame(one: Failure, other: Failure | null): boolean {
  return other !== null && one.code === other.code && formatSubject(one.subject) === formatSubject(other.subject);
}

/** One check that did not simply pass, as lines. */
export function checkText(result: CheckResult, style: Style): string {
  const lines = [
    `  ${verdictMark(result.verdict, style)} ${style.bold(formatSubject(result.subject))}  ${say(result.observed)}  ${style.dim(`[${result.id}]`)}`,
  ];
  if (result.verdict === 'fail' || result.verdict === 'unknown')
    lines.push(style.dim(`${INDENT}${say(message('cli.expected'))}: ${say(result.expected)}`));
  if (result.remedy !== null) lines.push(indented(`→ ${say(result.remedy)}`, INDENT));
  return lines.join('\n');
}

/** Everything that is wrong in a specification, a line each: where, what stands there, what it should be. */
export function specIssuesText(file: string, issues: readonly SpecIssue[], style: Style): string {
  const head = failureText(
    { code: 'spec.invalid', subject: { kind: 'admin' }, values: { count: issues.length }, evidence: '', retryable: false },
    style,
  );
  const lines = issues.map((issue) => {
    const value = issue.value === '' ? '' : ` ${style.cyan(issue.value)}`;
    return `  ${style.bold(issue.path)}:${value} ${say(issue.message)}`;
  });
  return [head, `  ${style.dim(file)}`, ...lines].join('\n');
}
