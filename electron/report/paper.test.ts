import { describe, expect, it } from 'vitest';
import { needsAttention } from '../shared/domain/checkGroups.ts';
import { buildReport } from './buildReport.ts';
import { renderHtml } from './renderHtml.tsx';
import { everySample, sampleFailedCheck, sampleInstall } from './testing/sampleRecord.ts';

/** What a page says, without its marks. */
const wordsOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** The parts that only paper shows. */
const paperParts = (html: string): readonly string[] => html.split('<div class="on-paper">').slice(1);

describe('a report on paper', () => {
  it.each(everySample())('has nothing that is closed: $name', ({ record }) => {
    const report = buildReport(record);
    expect(renderHtml(report, 'paper')).not.toMatch(/<details(?![^>]* open)/u);
    // On screen it begins closed, and the style opens it for a print from there.
    expect(renderHtml(report)).toContain('details::details-content{display:block');
  });

  it('tells of every check that passed what was observed', () => {
    const report = buildReport(sampleFailedCheck());
    const [passed = ''] = paperParts(renderHtml(report, 'paper'));
    const words = wordsOf(passed.replaceAll(/<\/?(?:code|span)[^>]*>/gu, ''));
    const good = report.checks.filter(({ verdict }) => !needsAttention(verdict));
    expect(good.length).toBeGreaterThan(20);
    expect(words).toContain(`${good.length} checks passed or do not apply`);
    for (const { title, observed, subject } of good)
      for (const part of [title, observed.replaceAll('`', ''), subject]) expect(words).toContain(escaped(part).replaceAll(/\s+/gu, ' '));
  });

  it('has what was written once, with all servers that it was written on', () => {
    const report = buildReport(sampleInstall());
    const html = renderHtml(report, 'paper');
    const contents = paperParts(html).at(-1) ?? '';
    const files = report.servers.flatMap(({ appliedChanges }) =>
      appliedChanges.filter(({ content, diff }) => content !== null || diff !== null),
    );
    const distinct = new Set(files.map(({ title, diff, content }) => `${title} ${diff ?? ''} ${content ?? ''}`));
    expect(contents.split('<h4>').length - 1).toBe(distinct.size);
    for (const { title } of files) expect(contents).toContain(escaped(title));
  });
});
