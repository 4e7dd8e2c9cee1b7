import fc from 'fast-check';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import type { ReportIntegrity } from '../shared/domain/report.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { buildReport } from './buildReport.ts';
import { markdownBlock, markdownCode, markdownSentence, markdownTable, markdownText } from './markdownText.ts';
import { renderMarkdown } from './renderMarkdown.ts';
import { said } from './testing/sampleParts.ts';
import { everySample, sampleBroken, sampleFailedCheck, sampleFailoverTest, samplePlan } from './testing/sampleRecord.ts';

const integrity: ReportIntegrity = { sha256: 'c4'.repeat(32), events: 412, sizeBytes: 181_204 };
const render = (record: RunRecord): string => renderMarkdown(buildReport(record, { timeZone: 'Europe/Lisbon', integrity }));

/** A node of the tree that a Markdown parser makes. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** What a parser of CommonMark with tables sees. */
async function parse(markdown: string): Promise<readonly Node[]> {
  const options = { originalText: markdown } as unknown as Parameters<typeof parsers.markdown.parse>[1];
  const all = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap((child) => all(child))];
  return all((await parsers.markdown.parse(markdown, options)) as Node);
}

const typesIn = (nodes: readonly Node[]): ReadonlySet<string> => new Set(nodes.map(({ type }) => type));
/** Tables in which a row has more cells than another. */
const raggedTables = (nodes: readonly Node[]): readonly Node[] =>
  nodes.filter(({ type, children = [] }) => type === 'table' && new Set(children.map((row) => row.children?.length)).size !== 1);
const ACTIVE = [
  'html',
  'link',
  'linkReference',
  'image',
  'imageReference',
  'definition',
  'footnoteReference',
  'inlineMath',
  'math',
  'liquidNode',
];

describe('the summary for a ticket', () => {
  it('is the same word for word: a failover test with lost writes', async () => {
    await expect(render(sampleFailoverTest(samplePlan(), 3))).toMatchFileSnapshot('__snapshots__/failoverTest.md');
  });

  it('says in which round a trial was made that was made again', () => {
    const record = sampleFailoverTest(samplePlan(), 3);
    const last = record.trials.slice(-1);
    const lines = render({ ...record, trials: [...last, ...last] }).split('\n');
    expect(lines.filter((line) => line.includes('server-3') && line.includes(', round 2'))).toEqual([
      expect.stringContaining('| server-3 | Whole server lost, round 2 |'),
      '- server-3, Whole server lost, round 2: 3 of 15873 acknowledged writes were lost',
    ]);
  });

  it('is the same word for word: an installation that broke', async () => {
    await expect(render(sampleBroken())).toMatchFileSnapshot('__snapshots__/brokenInstallation.md');
  });

  it.each(everySample())('of $name is tables, lists and text, and the same twice', async ({ record }) => {
    const markdown = render(record);
    expect(render(structuredClone(record))).toBe(markdown);
    const nodes = await parse(markdown);
    for (const type of ACTIVE) expect(typesIn(nodes)).not.toContain(type);
    expect(markdown).not.toMatch(/\{\{|\bundefined\b|\bNaN\b|\[object/u);
    expect(markdown).toContain(integrity.sha256);
    // Every row of a table has as many cells as its head.
    expect(raggedTables(nodes)).toEqual([]);
  });
});

const SIGNS = 'a1 |`*_[]()<>&#-+=!~$\\\n\r\t.:/@{}"'.split('');
const HOSTILE = [
  'a | b',
  '`code` ``',
  '</td><script>alert(1)</script><img src=x onerror=alert(1)>',
  '[here](https://evil.example/x) ![x](http://evil.example/y)',
  'see https://evil.example or www.evil.example or mailto:a@evil.example, root@evil.example',
  'line one\n\n# heading\n\n- item\n| a | b |\n| --- | --- |\n```\nfence',
  '\u001B[31mred\u0000\u202Egnp.exe',
  '@org/team #1 $x$ **bold** _em_ ~~gone~~ {code} &lt;b&gt;',
  '# heading',
  '- item',
  '1. item',
  '=====',
  '\\',
];

describe('what servers say', () => {
  it.each(HOSTILE)('%j is text in a ticket', async (hostile) => {
    const record = sampleFailedCheck();
    const server = (name: string): string => (name === 'server-2' ? hostile : name);
    const markdown = render({
      ...record,
      operator: hostile,
      checks: record.checks.map((check) => ({
        ...check,
        verdict: 'fail',
        observed: said(hostile),
        remedy: said(hostile),
        subject: { kind: 'server', server: hostile },
      })),
      plan: { ...record.plan, servers: record.plan.servers.map((one) => ({ ...one, name: server(one.name) })) },
      failure: {
        code: 'internal',
        subject: { kind: 'server', server: hostile },
        values: { reason: hostile },
        evidence: hostile,
        retryable: false,
      },
    });
    const nodes = await parse(markdown);
    for (const type of [...ACTIVE, 'emphasis', 'delete']) expect(typesIn(nodes)).not.toContain(type);
    expect(nodes.filter(({ type }) => type === 'heading')).toHaveLength(3);
    expect(raggedTables(nodes)).toEqual([]);
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(markdown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E]/u);
    expect(markdown.replaceAll(/```[\s\S]*?```/gu, '')).not.toMatch(/https?:\/\/|\bwww\.|[@#](?=[a-z0-9])/u);
  });

  it('stays one text, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 24 }), async (words) => {
        const lines = markdownTable(['a', 'b'], [[markdownText(words), 'x']]);
        const nodes = await parse(
          `${lines.join('\n')}\n\n- ${markdownText(words)} ${markdownSentence(words)} ${markdownCode(words)} end\n`,
        );
        for (const type of [...ACTIVE, 'emphasis', 'strong', 'delete', 'heading', 'thematicBreak', 'code'])
          expect(typesIn(nodes)).not.toContain(type);
        expect(nodes.filter(({ type }) => type === 'tableCell')).toHaveLength(4);
        expect(nodes.filter(({ type }) => type === 'listItem')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('cannot end the block that it stands in', async () => {
    const nodes = await parse(markdownBlock(['```', '````js', 'x']).join('\n'));
    expect(nodes.filter(({ type }) => type === 'code').map(({ value }) => value)).toEqual(['```\n````js\nx']);
  });
});
