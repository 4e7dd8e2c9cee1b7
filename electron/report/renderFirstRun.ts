import type { FirstRunFact, FirstRunReport, FirstRunResult } from '../shared/domain/firstRun.ts';
import type { FirstRunItemId } from '../shared/domain/windowsProof.ts';
import { text } from '../shared/figures/text.ts';
import { shownByText } from './windowsProofText.ts';

/** The name of an item of the first run. */
export function firstRunTitle(id: FirstRunItemId): string {
  return text(`firstRun.item.${id}`);
}

/** What a server said must not become Markdown of ours: no line of it may begin or end a block, and no cell a table. */
function plain(words: string): string {
  return words.replaceAll(/[\\`*_{}[\]<>#|~]/gu, String.raw`\$&`).replaceAll(/\s*\n\s*/gu, ' / ');
}

/** Raw text, fenced by more backticks than it has itself. */
function raw(words: string): readonly string[] {
  const longest = Math.max(2, ...[...words.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, ...words.split('\n'), fence];
}

function valueOf({ value, unit }: FirstRunFact): string {
  if (value === null) return text('firstRun.page.unknown');
  return unit === 'ms' ? `${value} ms` : unit === 'bytes' ? `${value} B` : String(value);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return ['', line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function itemLines(item: FirstRunResult): readonly string[] {
  const { facts, checks, phases, notes, evidence, run } = item;
  return [
    '',
    `## ${item.title}`,
    '',
    `**${text(`firstRun.outcome.${item.outcome}`)}** ${plain(item.reason)}`,
    ...(item.startedAt === null ? [] : ['', `${item.startedAt}, ${item.durationMs ?? 0} ms`]),
    ...(run === null ? [] : ['', text('firstRun.page.run', { run: run.id, folder: run.folder })]),
    ...table(
      [text('firstRun.page.where'), text('firstRun.page.what'), text('firstRun.page.value')],
      facts.map((fact) => [plain(fact.server ?? ''), plain(fact.name), plain(valueOf(fact))]),
    ),
    ...table(
      [text('firstRun.page.check'), text('firstRun.page.where'), text('firstRun.page.verdict'), text('firstRun.page.observed')],
      checks.map(({ id, subject, verdict, observed }) => [plain(id), plain(subject), verdict, plain(observed)]),
    ),
    ...table(
      [text('firstRun.page.phase'), text('firstRun.page.where'), text('firstRun.page.verdict'), text('firstRun.page.time')],
      phases.map(({ phase, server, outcome, durationMs }) => [
        plain(phase),
        plain(server ?? ''),
        outcome ?? '',
        `${Math.round(durationMs ?? 0)} ms`,
      ]),
    ),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${plain(note)}`)]),
    ...(evidence === '' ? [] : ['', ...raw(evidence)]),
  ];
}

/** The report of a first run as Markdown, to be read and sent back. Pure. */
export function renderFirstRun(report: FirstRunReport): string {
  const { items, servers, proof, redis } = report;
  return [
    `# ${text('firstRun.page.title')}`,
    '',
    text('firstRun.page.about', { triad: report.triad, cluster: report.cluster, server: report.server }),
    '',
    text('firstRun.page.secrets'),
    '',
    `${report.startedAt} - ${report.updatedAt}`,
    ...table(
      [text('firstRun.page.where'), text('firstRun.page.address'), text('firstRun.page.system')],
      servers.map(({ name, address, platform }) => [plain(name), plain(address), platform]),
    ),
    '',
    text('firstRun.page.redis', {
      version: redis.version ?? text('firstRun.page.unknown'),
      sha256: redis.archiveSha256 ?? text('firstRun.page.unknown'),
    }),
    ...table(
      [text('firstRun.page.item'), text('firstRun.page.outcome'), text('firstRun.page.why')],
      items.map(({ id, outcome, reason }) => [firstRunTitle(id), text(`firstRun.outcome.${outcome}`), plain(reason)]),
    ),
    ...items.filter(({ outcome }) => outcome !== 'open').flatMap(itemLines),
    '',
    `## ${text('windowsProof.title')}`,
    '',
    plain(proof.statement),
    '',
    `### ${text('windowsProof.provedHead')}`,
    '',
    ...proof.proved.map((one) => `- ${plain(one)}`),
    '',
    `### ${text('windowsProof.gapHead')}`,
    '',
    ...proof.onlyOnWindows.map(({ text: gap, shownBy }) => `- ${plain(gap)} (${shownByText(shownBy)})`),
    '',
  ].join('\n');
}
