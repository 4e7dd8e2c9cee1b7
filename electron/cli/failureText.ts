import type { CheckResult } from '../shared/domain/check.ts';
import { fail, type Failure } from '../shared/domain/failure.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { adminSubject, formatSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { saySubject } from '../shared/messages/subjectWords.ts';
import type { SpecIssue } from '../storage/specFile.ts';
import { verdictMark, type Style } from '../report/style.ts';

const INDENT = '    ';

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');
}

/** Failures of one kind, with one remedy and the same evidence, as lines: what happened to whom, what to do, the evidence, and the code. */
function alikeText(failures: readonly Failure[], style: Style): string {
  const [first] = failures;
  if (first === undefined) return '';
  const lines = failures.map((failure) => {
    const subject = formatSubject(failure.subject);
    const title = say({ code: failure.code, values: failure.values });
    // An interruption is nothing that happened to the server which noticed it first.
    if (failure.code === 'run.aborted') return `${style.yellow('■')} ${style.bold(title)}`;
    const isNamed = subject === 'cluster' || subject === 'admin' || names(title, subject);
    return `${style.red('✗')} ${style.bold(style.sentence(isNamed ? title : `${subject}: ${title}`))}`;
  });
  lines.push(indented(style.sentence(`→ ${remedyOf(first)}`), '  '));
  if (first.evidence !== '' && first.code !== 'check.failed') lines.push(style.dim(indented(first.evidence, INDENT)));
  lines.push(style.dim(`  [${first.code}]`));
  return lines.join('\n');
}

/** Whether a text names a subject as a word of its own: `server-1` is not named by `server-10`. */
function names(text: string, subject: string): boolean {
  return text.split(/[\s;,()]+|[.:](?=\s|$)/u).includes(subject);
}

function remedyOf(failure: Failure): string {
  return say({ code: `${failure.code}.remedy`, values: failure.values });
}

/** A failure as lines: what happened, to whom, what to do, the evidence, and its code. */
export function failureText(failure: Failure, style: Style): string {
  return alikeText([failure], style);
}

/**
 * Every failure that ended a run, the one that decided first: a phase goes on on all servers, and may fail on each for a reason of its own. Those
 * with the same remedy share it. That other servers were interrupted too says nothing new.
 */
export function runFailuresText(record: Pick<RunRecord, 'failure' | 'phases'>, style: Style): string {
  if (record.failure === null) return '';
  const others = record.phases.flatMap(({ failure }) =>
    failure === null || failure.code === 'run.aborted' || isSame(failure, record.failure) ? [] : [failure],
  );
  const groups = new Map<string, Failure[]>();
  for (const failure of [record.failure, ...others]) {
    const key = JSON.stringify([failure.code, remedyOf(failure), failure.evidence]);
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
    `  ${verdictMark(result.verdict, style)} ${style.bold(saySubject(result.subject))}  ${style.sentence(say(result.observed))}  ${style.dim(`[${result.id}]`)}`,
  ];
  if (result.verdict === 'fail' || result.verdict === 'unknown')
    lines.push(style.dim(`${INDENT}${say(message('cli.expected'))}: ${style.sentence(say(result.expected))}`));
  // Ready-made commands, the indented lines, are told once for all that they help.
  if (result.remedy !== null) lines.push(indented(style.sentence(`→ ${sentences(say(result.remedy))}`), INDENT));
  return lines.join('\n');
}

function sentences(remedy: string): string {
  return remedy
    .split('\n')
    .filter((line) => !line.startsWith(' '))
    .join('\n  ');
}

/** A specification with this many problems, as a failure. */
export function specInvalid(count: number): Failure {
  return fail('spec.invalid', adminSubject, { values: { count } }).failure;
}

/** Everything that is wrong in a specification, a line each: where, what stands there, what it should be. */
export function specIssuesText(file: string, issues: readonly SpecIssue[], style: Style): string {
  const head = failureText(specInvalid(issues.length), style);
  const lines = issues.map((issue) => {
    const value = issue.value === '' ? '' : ` ${style.cyan(issue.value)}`;
    return `  ${style.bold(issue.path)}:${value} ${say(issue.message)}`;
  });
  return [head, `  ${style.dim(file)}`, ...lines].join('\n');
}
