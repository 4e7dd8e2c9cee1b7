import type { Report, ReportCheck } from '../shared/domain/report.ts';
import { formatBytes, formatDuration, formatUtc } from '../shared/domain/reportFormat.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { buildReport } from './buildReport.ts';
import { namedTrials } from './namedTrials.ts';
import { verdictMark, type Style } from './style.ts';

/** One thing that is not the same in two runs; null where a run knows nothing of it. */
export interface Difference {
  readonly what: string;
  /** A server, node or way; empty for the cluster or the run as a whole. */
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A check that came to another verdict, or that only one of the runs made. */
export interface CheckDifference {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  /** What the later run saw, or the earlier where that has not looked. */
  readonly observed: string;
}

/** What has changed from one run to another. */
export interface RunComparison {
  readonly before: Pick<Report, 'runId' | 'workflow' | 'verdict'> & { readonly startedAt: string };
  readonly after: RunComparison['before'];
  readonly checks: readonly CheckDifference[];
  /** Measured: how long, how many, and what trials found. They differ between any two runs; those that are equal are left out all the same. */
  readonly figures: readonly Difference[];
  /** Planned or found: versions, settings, systems, programs. */
  readonly facts: readonly Difference[];
}

/** Compares two runs, the earlier of which should come first. Pure, and in the current language. */
export function compareRuns(before: RunRecord, after: RunRecord): RunComparison {
  const [one, other] = [buildReport(before), buildReport(after)];
  return {
    before: headOf(one),
    after: headOf(other),
    checks: checkDifferences(one.checks, other.checks),
    figures: differences(figuresOf(one), figuresOf(other)),
    facts: differences(factsOf(one, before), factsOf(other, after)),
  };
}

function headOf({ runId, workflow, verdict, when }: Report): RunComparison['before'] {
  return { runId, workflow, verdict, startedAt: when.startedAt };
}

function checkDifferences(before: readonly ReportCheck[], after: readonly ReportCheck[]): readonly CheckDifference[] {
  const keyOf = ({ id, subject }: ReportCheck): string => `${id} ${subject}`;
  const earlier = new Map(before.map((check) => [keyOf(check), check]));
  const later = new Map(after.map((check) => [keyOf(check), check]));
  // Two workflows make different checks: what only one has made tells nothing of the cluster unless it was bad.
  const isTold = (was: ReportCheck | undefined, is: ReportCheck | undefined): boolean =>
    was !== undefined && is !== undefined ? was.verdict !== is.verdict : isBad((was ?? is)?.verdict ?? 'skipped');
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) => {
    const [was, is] = [earlier.get(key), later.get(key)];
    const known = is ?? was;
    if (known === undefined || !isTold(was, is)) return [];
    const { id, title, subject, observed } = known;
    return [{ id, title, subject, before: was?.verdict ?? null, after: is?.verdict ?? null, observed }];
  });
}

function isBad(verdict: Verdict): boolean {
  return verdict !== 'pass' && verdict !== 'skipped';
}

type Figures = ReadonlyMap<string, { readonly what: string; readonly subject: string; readonly value: string }>;

function listOf(rows: readonly (readonly [what: string, subject: string, value: string])[]): Figures {
  return new Map(rows.map(([what, subject, value]) => [`${what}\n${subject}`, { what, subject, value }]));
}

function differences(before: Figures, after: Figures): readonly Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const known = is ?? was;
    if (known === undefined || was?.value === is?.value) return [];
    return [{ what: known.what, subject: known.subject, before: was?.value ?? null, after: is?.value ?? null }];
  });
}

function figuresOf({ when, failover, checkCounts, cluster }: Report): Figures {
  return listOf([
    [text('report.figure.duration'), '', formatDuration(when.durationMs)],
    ...Object.entries(checkCounts).map(([verdict, count]) => [text('history.checks', { verdict }), '', String(count)] as const),
    ...cluster.toleranceByServer.map(({ server, tolerance }) => [text('history.survives'), server, tolerance] as const),
    ...namedTrials(failover.trials).flatMap(({ name, trial: { outageMs, detectedMs, promotedMs, restoredMs, lostWrites } }) => [
      [text('report.trial.outage'), name, formatDuration(outageMs)] as const,
      [text('report.trial.detected'), name, formatDuration(detectedMs)] as const,
      [text('report.trial.promoted'), name, formatDuration(promotedMs)] as const,
      [text('report.trial.restored'), name, formatDuration(restoredMs)] as const,
      [text('report.figure.lostWrites'), name, lostWrites === null ? '?' : String(lostWrites)] as const,
    ]),
  ]);
}

function factsOf({ settings, servers, nodes, versions, hashes, layouts }: Report, { facts }: RunRecord): Figures {
  const isOnWindows = (name: string): boolean => facts.some(({ server, os }) => server === name && os.id === 'windows');
  const layout = layouts.findLast(({ moment }) => moment !== 'planned');
  return listOf([
    ['Triad', '', versions.triad],
    ...settings.map(({ label, value }) => [label, '', value] as const),
    ...hashes.map(({ what, sha256 }) => [what, '', sha256.slice(0, 16)] as const),
    ...versions.running.map(({ node, version }) => [text('history.version'), node, version] as const),
    ...nodes.map(({ id, address, dataPort }) => [text('history.address'), id, `${address} ${dataPort}`] as const),
    ...(layout?.nodes ?? []).map(({ id, role }) => [text('history.role'), id, role ?? '?'] as const),
    ...servers.flatMap(({ name, found }) =>
      found === null
        ? []
        : ([
            [text('history.system'), name, found.system],
            [text('history.kernel'), name, found.kernel],
            ...(isOnWindows(name) ? [] : [['systemd', name, String(found.systemdVersion ?? '?')] as const]),
            [text('history.hostName'), name, found.hostName],
            [text('history.cpus'), name, String(found.cpuCount)],
            [text('history.memory'), name, formatBytes(found.memoryBytes)],
            [text('history.hostKey'), name, found.hostKey],
            [text('history.machineId'), name, found.machineId],
            ['firewall', name, found.firewall],
            ...(isOnWindows(name) ? [] : [['SELinux', name, found.selinux] as const]),
          ] as const),
    ),
    ...facts.flatMap(({ server, bootId, kernel }) => [
      [text('history.boot'), server, bootId] as const,
      ...(isOnWindows(server)
        ? []
        : ([
            ['vm.overcommit_memory', server, String(kernel.overcommitMemory)],
            ['net.core.somaxconn', server, String(kernel.somaxconn)],
            ['transparent_hugepage', server, String(kernel.transparentHugePages)],
          ] as const)),
    ]),
  ]);
}

/** A comparison for a terminal. */
export function comparisonText(comparison: RunComparison, style: Style): string {
  const { before, after, checks, figures, facts } = comparison;
  const labels = [text('history.before'), text('history.after')] as const;
  const width = Math.max(...labels.map((label) => label.length));
  const head = (label: string, run: RunComparison['before']): string =>
    `${label.padEnd(width)}  ${verdictMark(run.verdict, style)} ${style.bold(run.runId)}  ${style.dim(formatUtc(run.startedAt))}`;
  const mark = (verdict: Verdict | null): string => (verdict === null ? style.dim('·') : verdictMark(verdict, style));
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines];
  const listed = (rows: readonly Difference[]): readonly string[] =>
    rows.map(
      ({ what, subject, before: was, after: is }) => `  ${subject === '' ? what : `${what} ${subject}`}: ${was ?? '–'} → ${is ?? '–'}`,
    );
  const isSame = checks.length + facts.length === 0;
  return [
    head(labels[0], before),
    head(labels[1], after),
    ...section(
      text('history.checksChanged'),
      checks.map(
        ({ title, subject, before: was, after: is, observed }) => `  ${mark(was)} → ${mark(is)}  ${title} ${subject}\n         ${observed}`,
      ),
    ),
    ...section(text('history.factsChanged'), listed(facts)),
    ...section(text('history.figuresChanged'), listed(figures)),
    ...(isSame ? ['', text('history.same')] : []),
  ].join('\n');
}
