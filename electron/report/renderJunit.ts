import type { Report, ReportCheck, ReportFailure } from '../shared/domain/report.ts';
import { formatDuration } from '../shared/domain/reportFormat.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { namedTrials, type NamedTrial } from './namedTrials.ts';
import { stampLine, stampOf } from './reportStamp.ts';
import { xmlElement, xmlText } from './xml.ts';

/** A test case that did not pass: `failure` was judged, `error` could not be looked at. */
interface Fault {
  readonly kind: 'failure' | 'error';
  readonly type: string;
  readonly message: string;
  readonly details: string;
}

interface TestCase {
  readonly name: string;
  readonly durationMs: number;
  readonly fault: Fault | null;
  readonly isSkipped: boolean;
  /** Told of a case that passed; empty for nothing. */
  readonly output: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly TestCase[];
  readonly properties?: Readonly<Record<string, string>>;
}

const passed: Omit<TestCase, 'name'> = { durationMs: 0, fault: null, isSkipped: false, output: '' };
const seconds = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(3);

/**
 * A report as JUnit XML, as CI systems read it (the schema that Jenkins and GitLab share): each check is a test case, and each scope (server, node,
 * pair, cluster) a suite; so are the phases of the run, and failover trials. A warning passes and is told in the case's output, as it does not lower
 * the verdict of a run. Something fails in here exactly where the run has not passed.
 */
export function renderJunit(report: Report): string {
  const { workflow, cluster, when, who } = report;
  const scopes = [...new Set(report.checks.map(scopeOf))];
  const suites: readonly Suite[] = [
    { name: 'run', cases: [runCase(report), ...phaseCases(report)], properties: propertiesOf(report) },
    ...scopes.map((scope) => ({ name: scope, cases: report.checks.filter((check) => scopeOf(check) === scope).map(checkCase) })),
    ...(report.failover.trials.length === 0 ? [] : [{ name: 'failover', cases: namedTrials(report.failover.trials).map(trialCase) }]),
  ];
  return document(`triad ${workflow} ${cluster.name}`, suites, {
    startedAt: when.startedAt,
    machine: who.adminMachine,
    durationMs: when.durationMs,
  });
}

/** By what the file can be traced to the record of its run. */
function propertiesOf(report: Report): Readonly<Record<string, string>> {
  const stamp = stampOf(report);
  return stamp === null ? {} : { 'triad.runId': stamp.runId, 'triad.record.sha256': stamp.sha256, 'triad.report': stampLine(stamp) };
}

/** The same for a run that could not begin: one case, and it could not be done. `at` in UTC. */
export function junitOfFailure(
  failure: ReportFailure,
  about: { readonly workflow: string; readonly cluster: string; readonly at: string; readonly machine: string },
): string {
  const cases = [{ ...passed, name: 'run', fault: faultOf(failure) }];
  const name = `triad ${about.workflow} ${about.cluster}`.trimEnd();
  return document(name, [{ name: 'run', cases }], { startedAt: about.at, machine: about.machine, durationMs: 0 });
}

function scopeOf({ id }: Pick<ReportCheck, 'id'>): string {
  return id.split('.')[0] ?? id;
}

function faultOf({ code, title, remedy, subject, evidence }: ReportFailure): Fault {
  const details = [`${text('junit.on')}: ${subject}`, `${text('junit.remedy')}: ${remedy}`, evidence];
  return { kind: 'error', type: code, message: title, details: details.filter((line) => line !== '').join('\n') };
}

/** The run as a whole. What only its checks, phases or trials say of it is told there. */
function runCase(report: Report): TestCase {
  const { failure, verdict, story, wasAborted } = report;
  if (failure !== null) return { ...passed, name: 'run', fault: faultOf(failure) };
  const isTold = report.checks.some(({ verdict: one }) => isFault(one)) || report.failover.trials.some(({ verdict: one }) => isFault(one));
  if (verdict === 'pass' || (isTold && !wasAborted)) return { ...passed, name: 'run', output: story };
  return {
    ...passed,
    name: 'run',
    fault: { kind: verdict === 'unknown' ? 'error' : 'failure', type: verdict, message: story, details: story },
  };
}

function phaseCases({ phases, verdict }: Report): readonly TestCase[] {
  return phases.map(({ title, server, durationMs, failure }) => ({
    ...passed,
    name: server === null ? title : `${title}: ${server}`,
    durationMs: durationMs ?? 0,
    // A phase may have failed on the way to a run that passed: something else was done instead.
    fault: failure === null || verdict === 'pass' ? null : faultOf(failure),
    output: failure !== null && verdict === 'pass' ? failure.title : '',
  }));
}

function isFault(verdict: Verdict): boolean {
  return verdict === 'fail' || verdict === 'passWithoutTolerance' || verdict === 'unknown';
}

function checkCase(check: ReportCheck): TestCase {
  const { id, subject, title, verdict, expected, observed, remedy, evidence } = check;
  const lines = [
    title,
    `${text('junit.expected')}: ${expected}`,
    `${text('junit.observed')}: ${observed}`,
    ...(remedy === null ? [] : [`${text('junit.remedy')}: ${remedy}`]),
    ...(evidence === '' ? [] : [evidence]),
  ].join('\n');
  const isBad = isFault(verdict);
  return {
    name: `${id} ${subject}`,
    durationMs: 0,
    isSkipped: verdict === 'skipped',
    fault: isBad ? { kind: verdict === 'unknown' ? 'error' : 'failure', type: verdict, message: observed, details: lines } : null,
    output: verdict === 'warn' ? lines : '',
  };
}

function trialCase({ round, trial }: NamedTrial): TestCase {
  const { server, scenarioTitle, story, verdict, outageMs, restoredMs, reasons } = trial;
  const name = `${scenarioTitle}: ${server}`;
  const details = [story, `${text('report.trial.outage')}: ${formatDuration(outageMs)}`, ...reasons].join('\n');
  const isBad = isFault(verdict);
  return {
    name: round === 1 ? name : text('report.trial.round', { trial: name, round }),
    durationMs: restoredMs ?? 0,
    isSkipped: verdict === 'skipped',
    fault: isBad ? { kind: verdict === 'unknown' ? 'error' : 'failure', type: verdict, message: story, details } : null,
    output: isBad ? '' : details,
  };
}

interface Count {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countOf(cases: readonly TestCase[]): Count {
  const faults = (kind: Fault['kind']): number => cases.filter(({ fault }) => fault?.kind === kind).length;
  return {
    tests: cases.length,
    failures: faults('failure'),
    errors: faults('error'),
    skipped: cases.filter(({ isSkipped }) => isSkipped).length,
  };
}

function document(
  name: string,
  suites: readonly Suite[],
  run: { readonly startedAt: string; readonly machine: string; readonly durationMs: number },
): string {
  const total = countOf(suites.flatMap(({ cases }) => cases));
  const { tests, failures, errors } = total;
  const body = suites.map((suite, id) => suiteXml(suite, id, run)).join('');
  const root = xmlElement('testsuites', { name, time: seconds(run.durationMs), tests, failures, errors }, `\n${body}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suiteXml(
  { name, cases, properties = {} }: Suite,
  id: number,
  { startedAt, machine }: { readonly startedAt: string; readonly machine: string },
): string {
  const { tests, failures, errors, skipped } = countOf(cases);
  const time = seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0));
  // The schema has a time stamp without fraction and zone.
  const timestamp = startedAt.slice(0, 19);
  const attributes = { name: `triad.${name}`, tests, failures, errors, skipped, time, timestamp, hostname: machine, id };
  // The schema has them before the cases, and none where there are none.
  const listed = Object.entries(properties).map(([key, value]) => `      ${xmlElement('property', { name: key, value })}\n`);
  const head = listed.length === 0 ? '' : `    ${xmlElement('properties', {}, `\n${listed.join('')}    `)}\n`;
  return `  ${xmlElement('testsuite', attributes, `\n${head}${cases.map((one) => caseXml(one, name)).join('')}  `)}\n`;
}

function caseXml({ name, durationMs, fault, isSkipped, output }: TestCase, suite: string): string {
  const inside =
    fault !== null
      ? xmlElement(fault.kind, { message: fault.message, type: fault.type }, xmlText(fault.details))
      : isSkipped
        ? '<skipped/>'
        : output === ''
          ? ''
          : xmlElement('system-out', {}, xmlText(output));
  return `    ${xmlElement('testcase', { name, classname: `triad.${suite}`, time: seconds(durationMs) }, inside)}\n`;
}
