import type { Report, ReportChange, ReportFailure } from '../shared/domain/report.ts';
import { formatCount, formatDuration, formatDurationRange } from '../shared/domain/reportFormat.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { countChanges } from '../shared/figures/reportWords.ts';
import { text } from '../shared/figures/text.ts';
import { inLanguage } from '../shared/messages/message.ts';
import { findingsOf, type Finding } from './findings.ts';
import { markdownBlock, markdownCode, markdownSentence, markdownTable, markdownText } from './markdownText.ts';
import { inRound, namedTrials, type NamedTrial } from './namedTrials.ts';
import { stampLine, stampOf } from './reportStamp.ts';
import { undoneWords } from './undoneWords.ts';
import { styleFor, verdictMark } from './style.ts';

/** A ticket is read, not searched: what is more stands in the report. */
const MOST_FINDINGS = 20;
const MOST_CHANGES = 40;
const MOST_ACTIONS = 60;
const MOST_EVIDENCE_LINES = 20;
const MOST_LINE = 400;

const plain = styleFor(false);

/**
 * The summary of a report for a ticket, as Markdown that GitHub, GitLab, Jira and Azure read alike: no HTML, no links, tables without line ends in their
 * cells. What servers sent is text in it and nothing else. Pure, in the language of the report.
 */
export function renderMarkdown(report: Report): string {
  const parts = (): readonly string[] => [
    `# ${markdownText(text('report.page.title', { title: report.title, cluster: report.cluster.name }))}`,
    '',
    `**${verdictWords(report.wasAborted ? 'aborted' : report.verdict)}** ${markdownSentence(report.story)}`,
    ...aboutLines(report),
    ...trialLines(report),
    ...impactLines(report),
    ...attentionLines(report),
    ...changeLines(report),
    ...integrityLines(report),
  ];
  return `${inLanguage(report.language, parts).join('\n')}\n`;
}

function verdictWords(verdict: Verdict | 'aborted'): string {
  const mark = verdict === 'aborted' ? '■' : verdictMark(verdict, plain);
  return `${mark} ${text(`report.verdict.${verdict}`)}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, ...(lines[0] === '' ? lines : ['', ...lines])];
}

function aboutLines({ cluster, versions, who, when, servers, runId, title }: Report): readonly string[] {
  const running = [...new Set(versions.running.map(({ version }) => version))];
  const rows: readonly (readonly [string, string])[] = [
    [text('report.summary.cluster'), cluster.name],
    [text('report.markdown.servers'), servers.map(({ name, address }) => `${name} (${address})`).join(', ')],
    [text('report.setting.engine'), `${cluster.engine} ${cluster.version}`],
    ...(running.length === 0 ? [] : [[text('report.versions.running'), running.join(', ')] as const]),
    [text('report.versions.triad'), versions.triad],
    [text('report.markdown.who'), text('report.markdown.whoValue', { operator: who.operator, machine: who.adminMachine })],
    [text('report.run.started'), `${when.startedAtLocal} (${when.timeZone})`],
    [
      text('report.run.finished'),
      when.finishedAtLocal === null ? text('report.run.unfinished') : `${when.finishedAtLocal} (${when.timeZone})`,
    ],
    [text('report.run.duration'), formatDuration(when.durationMs)],
    [text('report.run.id'), runId],
  ];
  return markdownTable(
    [text('report.markdown.what'), title],
    rows.map(([what, value]) => [what, markdownText(value)]),
  );
}

function trialLines({ failover }: Report): readonly string[] {
  const trials = namedTrials(failover.trials);
  const head = [
    text('report.trial.server'),
    text('report.trial.scenario'),
    text('report.page.verdict'),
    text('report.trial.outage'),
    text('report.trial.expected'),
    text('report.trial.acknowledged'),
    text('report.trial.lostWrites'),
  ];
  const row = ({ trial, round }: NamedTrial): readonly string[] => [
    markdownText(trial.server),
    markdownText(inRound(trial.scenarioTitle, round)),
    verdictWords(trial.verdict),
    formatDuration(trial.outageMs),
    formatDurationRange(trial.predicted.outageFromMs, trial.predicted.outageToMs),
    formatCount(trial.acknowledgedWrites),
    formatCount(trial.lostWrites),
  ];
  const reasons = trials.flatMap(({ trial: { server, scenarioTitle, verdict, reasons: said }, round }) =>
    verdict === 'pass' ? [] : said.map((reason) => `- ${markdownText(`${inRound(`${server}, ${scenarioTitle}`, round)}: ${reason}`)}`),
  );
  return section(text('report.section.failover'), [
    ...markdownTable(
      head,
      trials.map((trial) => row(trial)),
    ),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
  ]);
}

function impactLines({ clientImpacts }: Report): readonly string[] {
  return section(
    text('report.section.clients'),
    markdownTable(
      [
        text('report.markdown.what'),
        text('report.page.verdict'),
        text('report.impact.gap'),
        text('report.trial.acknowledged'),
        text('report.trial.lostWrites'),
      ],
      clientImpacts.map(({ title, verdict, longestGapMs, acknowledged, lost }) => [
        markdownText(title),
        verdictWords(verdict),
        formatDuration(longestGapMs),
        formatCount(acknowledged),
        formatCount(lost),
      ]),
    ),
  );
}

function attentionLines({ checks, failure }: Report): readonly string[] {
  const findings = findingsOf(checks);
  const rest = findings.length - MOST_FINDINGS;
  return section(text('report.markdown.attention'), [
    ...(failure === null || failure.code === 'check.failed' ? [] : failureLines(failure)),
    ...findings.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding)),
    ...(rest > 0 ? [`- ${text('report.summary.more', { count: rest })}`] : []),
  ]);
}

function failureLines({ code, subject, title, remedy, evidence }: ReportFailure): readonly string[] {
  return [
    `- **${verdictMark('fail', plain)} ${markdownText(subject)}:** ${markdownSentence(title)} (${markdownCode(code)})`,
    ...remedyLines(remedy),
    ...indented(evidence === '' ? [] : markdownBlock(clipped(evidence))),
  ];
}

function findingLines({ title, verdict, subjects, titles, checks }: Finding): readonly string[] {
  const [first] = checks;
  const seen = titles.length > 0 ? titles.join(', ') : (first?.observed ?? '');
  return [
    `- **${verdictMark(verdict, plain)} ${markdownText(title)}** (${markdownText(subjects.join(', '))}): ${markdownSentence(seen)}`,
    ...(first === undefined || first.remedy === null ? [] : remedyLines(first.remedy)),
  ];
}

/** What to do: sentences, and the lines to be typed as a block of their own. */
function remedyLines(remedy: string): readonly string[] {
  const lines = remedy.split('\n').filter((line) => line.trim() !== '');
  const typed = lines.filter((line) => line.startsWith(' ')).map((line) => line.trim());
  const said = lines.filter((line) => !line.startsWith(' ')).join(' ');
  return [
    `  - ${text('report.page.remedy')}: ${markdownSentence(said)}`,
    ...indented(indented(typed.length === 0 ? [] : markdownBlock(typed))),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function clipped(words: string): readonly string[] {
  const lines = words.trimEnd().split(/\r?\n/u);
  const shown = lines.slice(0, MOST_EVIDENCE_LINES).map((line) => (line.length > MOST_LINE ? `${line.slice(0, MOST_LINE)} …` : line));
  return lines.length > MOST_EVIDENCE_LINES ? [...shown, '…'] : shown;
}

function actionWords({ server, done }: Report['failover']['trials'][number]['actions'][number]): string {
  return done.includes(server) ? done : text('report.trial.actionOn', { server, done });
}

/** What was done to the servers, and what took it back: by trials at once, by installations and removals when it is asked for. */
function changeLines({ servers, failover, workflow }: Report): readonly string[] {
  const actions = failover.trials.flatMap((trial) =>
    trial.actions.map((action) => [
      markdownText(trial.server),
      markdownText(actionWords(action)),
      formatDuration(action.atMs),
      action.undoneAtMs === null ? `**${text('report.markdown.notUndone')}**` : markdownText(undoneWords(action)),
    ]),
  );
  const changes = sharedChanges(servers.flatMap(({ name, appliedChanges }) => appliedChanges.map((change) => ({ name, change }))));
  const count = servers.reduce((sum, { appliedChanges }) => sum + appliedChanges.length, 0);
  return section(text('report.markdown.changes'), [
    ...(actions.length + count === 0 && (workflow === 'install' || workflow === 'remove') ? [text('report.changes.nothing')] : []),
    ...markdownTable(
      [text('report.trial.server'), text('report.trial.action'), text('report.trial.doneAt'), text('report.trial.undoneAt')],
      actions.slice(0, MOST_ACTIONS),
    ),
    ...(actions.length > MOST_ACTIONS ? ['', text('report.summary.more', { count: actions.length - MOST_ACTIONS })] : []),
    ...(count === 0 ? [] : ['', `${countChanges(count)}:`, '', ...changes.slice(0, MOST_CHANGES)]),
    ...(changes.length > MOST_CHANGES ? [`- ${text('report.summary.more', { count: changes.length - MOST_CHANGES })}`] : []),
  ]);
}

/** One line for what was done alike on several servers. */
function sharedChanges(changes: readonly { readonly name: string; readonly change: ReportChange }[]): readonly string[] {
  const shared = new Map<string, string[]>();
  for (const { name, change } of changes) {
    const { title, outcome, undo, isUndoCommand } = change;
    const refused = outcome === 'refused' ? ` **${text('report.outcome.refused')}.**` : '';
    const back = undo.map((one) => (isUndoCommand ? markdownCode(one) : markdownSentence(one))).join(' ');
    const line = `${markdownSentence(title)}.${refused}${back === '' ? '' : ` ${text('report.changes.undo')}: ${back}`}`;
    shared.set(line, [...(shared.get(line) ?? []), name]);
  }
  return [...shared].map(([line, names]) => `- ${markdownText([...new Set(names)].join(', '))}: ${line}`);
}

function integrityLines(report: Report): readonly string[] {
  const stamp = stampOf(report);
  if (stamp === null) return [];
  return section(text('report.section.integrity'), [
    text('report.integrity.line', { sha256: `\`${stamp.sha256}\`` }),
    '',
    markdownSentence(text('report.integrity.command')),
    '',
    `\`${stampLine(stamp)}\``,
  ]);
}
