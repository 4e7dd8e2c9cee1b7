import type { CheckResult } from '../shared/domain/check.ts';
import type { Failure } from '../shared/domain/failure.ts';
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

/** A failure as lines: what happened, to whom, what to do, the evidence, and its code. */
export function failureText(failure: Failure, style: Style): string {
  const subject = formatSubject(failure.subject);
  const title = say({ code: failure.code, values: failure.values });
  const remedy = say({ code: `${failure.code}.remedy`, values: failure.values });
  const lines = [
    `${style.red('✗')} ${style.bold(subject === 'cluster' || subject === 'admin' ? title : `${subject}: ${title}`)}`,
    indented(`→ ${remedy}`, '  '),
  ];
  if (failure.evidence !== '' && failure.code !== 'check.failed') lines.push(style.dim(indented(failure.evidence, INDENT)));
  lines.push(style.dim(`  [${failure.code}]`));
  return lines.join('\n');
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
