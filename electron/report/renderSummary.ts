import { URGENCY } from '../shared/domain/checkGroups.ts';
import { GAP_TARGET_MS } from '../shared/domain/clientImpact.ts';
import type { Report } from '../shared/domain/report.ts';
import { formatCount, formatDuration, formatSlots, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import type { ClusterLayout, LayoutNode } from '../shared/domain/reportLayout.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { roleWords, stateWords } from '../shared/figures/layoutWords.ts';
import { text } from '../shared/figures/text.ts';
import { buildReport } from './buildReport.ts';
import { findingsOf, type Finding } from './findings.ts';
import { inRound, namedTrials, trialLabels, type NamedTrial } from './namedTrials.ts';
import { noticedLines } from './noticedWords.ts';
import { countServers } from '../shared/figures/reportWords.ts';
import { saySubject } from '../shared/messages/subjectWords.ts';

/** How the summary is written. */
export interface SummaryOptions {
  /** Where the HTML report lies, or null when none was written. */
  readonly report: string | null;
  /** Of the record that the report was made from; told for whoever writes it down, by which report and record can be proved later. */
  readonly sha256?: string | undefined;
  /** Whether the terminal shows colours; without, symbols and words say the same. */
  readonly isColoured: boolean;
  /** Characters in a line of the terminal. */
  readonly columns?: number;
}

type Tone = 'bold' | 'dim' | 'blue' | 'green' | 'yellow' | 'red' | 'grey';
type Paint = (tone: Tone, words: string) => string;

const ANSI: Readonly<Record<Tone, number>> = { bold: 1, dim: 2, blue: 34, green: 32, yellow: 33, red: 31, grey: 90 };
const SYMBOL: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  passWithoutTolerance: '◐',
  warn: '!',
  fail: '✕',
  unknown: '?',
  skipped: '–',
};
const TONE: Readonly<Record<Verdict, Tone>> = {
  pass: 'green',
  passWithoutTolerance: 'yellow',
  warn: 'yellow',
  fail: 'red',
  unknown: 'grey',
  skipped: 'grey',
};

/** Width of the column with the names of the parts, and how many findings are told before the rest is left to the report. */
const LABEL_WIDTH = 12;
const MOST_FINDINGS = 8;
/** Findings of which the terminal shows the evidence: it names each item with what is there and what should be. Lines for each subject at most. */
const SHOWN_EVIDENCE: ReadonlySet<string> = new Set(['server.drift']);
const MOST_EVIDENCE = 24;
/** Three servers have names; more are ways or nodes, which the report lists. */
const MOST_SUBJECTS = 3;

/** What a run came to, for a terminal: verdict first, then the cluster, what needs attention, the failover's figures, and where the report lies. */
export function renderSummary(record: RunRecord, options: SummaryOptions): string {
  const report = buildReport(record);
  const paint: Paint = (tone, words) => (options.isColoured && words !== '' ? `\u{1b}[${ANSI[tone]}m${words}\u{1b}[0m` : words);
  const columns = Math.max(Math.min(options.columns ?? 100, 120), 60);
  const parts = [
    verdictLines(report, paint, columns),
    clusterLines(report, paint, columns),
    failoverLines(report, paint),
    applicationLines(report, paint, columns),
    clientLines(report, paint),
    checkLines(report, paint, columns),
    footLines(report, options, paint),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function verdictLines(report: Report, paint: Paint, columns: number): readonly string[] {
  const { verdict, story } = report;
  // The verdict is that of a failure, for those who count on the exit code; for people it is none.
  const badge = report.wasAborted ? `■ ${text('report.verdict.aborted')}` : `${SYMBOL[verdict]} ${text(`report.verdict.${verdict}`)}`;
  const indent = ' '.repeat(badge.length + 2);
  const [first = '', ...rest] = wrap(story, columns - indent.length);
  return [
    `${paint(report.wasAborted ? 'yellow' : TONE[verdict], paint('bold', badge))}  ${paint('bold', first)}`,
    ...rest.map((line) => indent + paint('bold', line)),
  ];
}

function clusterLines(report: Report, paint: Paint, columns: number): readonly string[] {
  const layout = currentLayout(report);
  const { name, engine, version } = report.cluster;
  const head = labelled(text('report.summary.cluster'), `${paint('bold', name)} ${paint('dim', `${engine} ${version}`)}`, paint);
  // A plan is no observation: whoever reads this would take it for how the cluster stands.
  if (layout === null || layout.moment === 'planned') return [head];
  const indent = ' '.repeat(LABEL_WIDTH);
  const rows = layout.servers.map((server) => ({ server, nodes: layout.nodes.filter((node) => node.server === server.name) }));
  const cells = rows.map(({ server, nodes }) => [server.name, server.address, ...nodes.map((node) => nodeWords(node))]);
  const widths = columnWidths(cells);
  const fits = LABEL_WIDTH + widths.reduce((sum, width) => sum + width + 2, -2) <= columns;
  if (!fits)
    return [
      head,
      ...rows.flatMap(({ server, nodes }) => [
        `${indent}${server.name}  ${paint('dim', server.address)}`,
        ...nodes.map((node) => `${indent}  ${paintNode(node, nodeWords(node), paint)}`),
      ]),
    ];
  return [
    head,
    ...rows.map(({ server, nodes }) => {
      const padded = (words: string, column: number): string => words.padEnd(widths[column] ?? 0);
      const shown = [
        padded(server.name, 0),
        paint('dim', padded(server.address, 1)),
        ...nodes.map((node, at) => paintNode(node, at === nodes.length - 1 ? nodeWords(node) : padded(nodeWords(node), at + 2), paint)),
      ];
      return `${indent}${shown.join('  ')}`;
    }),
  ];
}

function paintNode(node: LayoutNode, words: string, paint: Paint): string {
  if (node.state === 'lost') return paint('red', words);
  return node.role === 'master' ? paint('blue', words) : words;
}

function nodeWords(node: LayoutNode): string {
  const state = stateWords(node.state);
  const role = roleWords(node.role).toLowerCase();
  const what =
    node.role === 'replica' && node.replicaOf !== null
      ? text('report.summary.replicaOf', { node: node.replicaOf })
      : formatSlots(node.slots);
  return [String(node.port), role, what === NO_FIGURE ? '' : what, state].filter((part) => part !== '').join(' ');
}

function currentLayout(report: Report): ClusterLayout | null {
  return report.failover.trials.at(-1)?.layouts.at(-1) ?? report.layouts.at(-1) ?? null;
}

function failoverLines(report: Report, paint: Paint): readonly string[] {
  const { trials } = report.failover;
  if (trials.length === 0) return [];
  const heads = [
    text('report.trial.server'),
    text('report.trial.outage'),
    text('report.trial.detected'),
    text('report.trial.promoted'),
    text('report.trial.restored'),
    text('report.trial.writes'),
    text('report.trial.lostWrites'),
    '',
  ];
  const named = namedTrials(trials);
  const isNamed = named.some(({ trial, round }) => trial.scenario !== 'serverLost' || round > 1);
  const rows = named.map((one) => trialCells(one, isNamed));
  const widths = columnWidths([heads, ...rows]);
  const line = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, column) =>
      column === 0 || column === cells.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return [
    labelled(text('report.summary.failover'), paint('dim', line(heads).join('  ').trimEnd()), paint),
    ...trials.map((trial, index) => {
      const cells = line(rows[index] ?? []);
      const shown = cells.map((cell, column) => {
        if (column === cells.length - 1) return paint(TONE[trial.verdict], cell.trimEnd());
        if (column === 1) return paint('bold', cell);
        return column === 6 && trial.lostWrites !== 0 ? paint('yellow', cell) : cell;
      });
      return `${' '.repeat(LABEL_WIDTH)}${shown.join('  ')}`;
    }),
  ];
}

/** What was measured beside the trials' own writes: a line a trial and measure. */
function applicationLines(report: Report, paint: Paint, columns: number): readonly string[] {
  const { trials } = report.failover;
  const labels = trialLabels(trials);
  const lines = trials
    .flatMap(({ server, noticed }, index) => noticedLines(labels[index] ?? server, noticed ?? {}))
    .flatMap((line) => wrap(line, columns - LABEL_WIDTH).map((words, at) => (at === 0 ? words : `  ${words}`)));
  return lines.map((line, at) =>
    at === 0 ? labelled(text('report.summary.application'), line, paint) : `${' '.repeat(LABEL_WIDTH)}${line}`,
  );
}

/** What clients noticed of planned switchovers: a line a shard that had one, and the worst of all first. */
function clientLines(report: Report, paint: Paint): readonly string[] {
  const shards = report.clientImpacts.flatMap((impact) => impact.shards.filter(({ switchovers }) => switchovers.length > 0));
  if (shards.length === 0) return [];
  const heads = [
    text('report.trial.shard'),
    text('report.impact.gap'),
    text('report.trial.acknowledged'),
    text('report.trial.refused'),
    text('report.trial.timedOut'),
    text('report.trial.lostWrites'),
    text('report.impact.moves'),
  ];
  const rows = shards.map((shard) => [
    String(shard.shard),
    formatDuration(shard.longestGapMs),
    ...[shard.acknowledged, shard.refused, shard.timedOut, shard.lost].map((count) => formatCount(count)),
    shard.switchovers.map(({ from, to }) => text('report.impact.move', { from, to })).join(', '),
  ]);
  const widths = columnWidths([heads, ...rows]);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padStart(widths[column] ?? 0))).join('  ');
  return [
    labelled(text('report.summary.clients'), paint('dim', line(heads)), paint),
    ...rows.map((cells, index) => {
      const isWell = shards[index]?.lost === 0 && (shards[index]?.longestGapMs ?? 0) <= GAP_TARGET_MS;
      return `${' '.repeat(LABEL_WIDTH)}${isWell ? line(cells) : paint('yellow', line(cells))}`;
    }),
  ];
}

/** `isNamed`: what was done to the server is told too, and in which round, where it is not the same for all. */
function trialCells({ trial, round }: NamedTrial, isNamed: boolean): readonly string[] {
  return [
    trial.server,
    formatDuration(trial.outageMs),
    formatDuration(trial.detectedMs),
    formatDuration(trial.promotedMs),
    formatDuration(trial.restoredMs),
    formatCount(trial.acknowledgedWrites),
    formatCount(trial.lostWrites),
    `${SYMBOL[trial.verdict]} ${text(`report.verdict.${trial.verdict}`)}${isNamed ? `  ${inRound(trial.scenarioTitle, round)}` : ''}`,
  ];
}

function checkLines(report: Report, paint: Paint, columns: number): readonly string[] {
  if (report.checks.length === 0) return [];
  const counts = URGENCY.filter((verdict) => report.checkCounts[verdict] > 0).map((verdict) =>
    paint(TONE[verdict], `${SYMBOL[verdict]} ${text(`report.counted.${verdict}`, { count: report.checkCounts[verdict] })}`),
  );
  const all = findingsOf(report.checks);
  // What was not made for want of SSH is told in any case.
  const findings = [
    ...all.filter(({ key }) => key === 'unmade'),
    ...all.filter(({ key }) => key !== 'unmade').slice(0, MOST_FINDINGS),
  ].toSorted((one, other) => all.indexOf(one) - all.indexOf(other));
  const indent = ' '.repeat(LABEL_WIDTH);
  return [
    labelled(text('report.summary.checks'), counts.join('  '), paint),
    ...findings.flatMap((finding) => findingLines(finding, paint, columns).map((line) => `${indent}${line}`)),
    ...(all.length > findings.length
      ? [`${indent}${paint('dim', text('report.summary.more', { count: all.length - findings.length }))}`]
      : []),
  ];
}

/**
 * A finding in a few lines: where, what was seen, what to do. What failed differently on a few subjects is said for each; else the first stands
 * for all. The report has each.
 */
function findingLines(finding: Finding, paint: Paint, columns: number): readonly string[] {
  const { title, verdict, checks, subjects } = finding;
  const width = columns - LABEL_WIDTH - 2;
  const [first] = checks;
  if (first === undefined) return [];
  const rest = subjects.length - MOST_SUBJECTS;
  const named =
    rest <= 1 ? subjects.join(', ') : `${subjects.slice(0, MOST_SUBJECTS).join(', ')}, ${text('report.summary.others', { count: rest })}`;
  const head = `${title}: ${named}`;
  const [headLine = '', ...headRest] = wrap(head, width);
  // Nobody may take what was not looked at for what was: each is named, however many there are.
  const unmade = first.unmade === undefined ? [] : wrap(finding.titles.join(', '), width);
  const isSaidEach = verdict === 'fail' && checks.length <= MOST_SUBJECTS && checks.some((check) => check.observed !== first.observed);
  const said = isSaidEach ? checks : [first];
  return [
    `${paint(TONE[verdict], SYMBOL[verdict])} ${paint('bold', headLine)}`,
    ...headRest.map((line) => `  ${paint('bold', line)}`),
    ...unmade.map((line) => `  ${line}`),
    ...(SHOWN_EVIDENCE.has(finding.id) ? checks.flatMap((check) => evidenceLines(check, paint)) : []),
    ...said.flatMap((check, at) => {
      const observed = isSaidEach ? `${saySubject(check.about)}: ${check.observed}` : check.observed;
      const remedy =
        check.remedy !== null && check.remedy !== said[at + 1]?.remedy
          ? sentencesOf(check.remedy).flatMap((sentence) => wrap(sentence, width - 2))
          : [];
      return [
        ...wrap(observed, width).map((line) => `  ${line}`),
        ...remedy.map((line, index) => `  ${paint('dim', `${index === 0 ? '→' : ' '} ${line}`)}`),
      ];
    }),
  ];
}

/** The evidence of a check on one subject, line by line as it stands: a diff that is wrapped is none. */
function evidenceLines({ about, evidence }: Finding['checks'][number], paint: Paint): readonly string[] {
  const lines = evidence.trimEnd().split('\n');
  const rest = lines.length - MOST_EVIDENCE;
  const shown = rest > 0 ? lines.slice(0, MOST_EVIDENCE) : lines;
  return [
    `  ${saySubject(about)}:`,
    ...shown.map((line) => `    ${paint(line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : 'dim', line)}`),
    ...(rest > 0 ? [`    ${paint('dim', text('report.summary.moreLines', { count: rest }))}`] : []),
  ];
}

/** A remedy without its indented lines: ready-made commands are told with the check itself and in the report, and a wrapped one cannot be copied. */
function sentencesOf(remedy: string): readonly string[] {
  return remedy.split('\n').filter((line) => !line.startsWith(' '));
}

function footLines(report: Report, { report: file, sha256 }: SummaryOptions, paint: Paint): readonly string[] {
  const applied = report.servers.flatMap((server) => server.appliedChanges.map(() => server.name));
  const changes =
    applied.length === 0
      ? []
      : [
          labelled(
            text('report.summary.changes'),
            `${formatCount(applied.length)} ${paint('dim', text('report.figure.changes.done', { servers: countServers(new Set(applied).size) }))}`,
            paint,
          ),
        ];
  return [
    ...changes,
    labelled(text('report.summary.took'), formatDuration(report.when.durationMs), paint),
    ...(file === null ? [] : [labelled(text('report.summary.report'), file, paint)]),
    ...(sha256 === undefined ? [] : [labelled(text('report.summary.sha256'), sha256, paint)]),
  ];
}

function labelled(label: string, words: string, paint: Paint): string {
  return `${paint('dim', label.padEnd(LABEL_WIDTH))}${words}`;
}

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(...rows.map((row) => row.length), 0);
  return Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

/** Breaks a sentence at spaces into lines of at most `width` characters; a longer word keeps its line. */
function wrap(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // A figure stays with its unit.
  for (const word of words.split(/\s+(?!(?:ms|s|min|h)\b)/u)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
