import { describe, expect, it } from 'vitest';
import { currentLanguage } from '../shared/domain/language.ts';
import { en } from '../shared/messages/en/index.ts';
import { registerLanguage } from '../shared/messages/message.ts';
import { pt } from '../shared/messages/pt/index.ts';
import { buildReport } from './buildReport.ts';
import { renderHtml } from './renderHtml.tsx';
import { everySample, sampleFailedCheck, sampleFailoverTest } from './testing/sampleRecord.ts';

registerLanguage('pt', pt);

const portuguese: Readonly<Record<string, string>> = pt;
/**
 * English sentences that are others in Portuguese, and long enough not to be part of something else. What the samples let their checks
 * expect and observe is made up, and sounds like the catalogue by chance.
 */
const english = Object.entries(en).flatMap(([code, text]) =>
  text.length > 9 &&
  !/^check\..*\.(?:expected|observed)$/u.test(code) &&
  !text.includes('{{') &&
  portuguese[code] !== undefined &&
  !portuguese[code].includes(text)
    ? [text]
    : [],
);
const escape = (text: string): string => text.replaceAll("'", '&#x27;').replaceAll('"', '&quot;').replaceAll('&', '&amp;');

describe.each(everySample())('the Portuguese report of $name', ({ record }) => {
  const report = buildReport(record, { timeZone: 'Europe/Lisbon', language: 'pt' });
  const html = renderHtml(report);

  it('says so, for those who hear it', () => {
    expect(html).toContain('<html lang="pt-PT">');
  });

  it('has no English sentence left in it', () => {
    const words = html.slice(html.indexOf('<body>'));
    expect(english.filter((text) => words.includes(`>${escape(text)}<`))).toEqual([]);
    expect(english.filter((text) => JSON.stringify(report).includes(`"${text}"`))).toEqual([]);
  });
});

describe('the language of a report', () => {
  const record = sampleFailoverTest();

  it('is its own, whatever is spoken now', () => {
    const report = buildReport(record, { timeZone: 'UTC', language: 'pt' });
    expect(report).toMatchObject({ language: 'pt', title: pt['report.title.failoverTest'] });
    expect(currentLanguage()).toBe('en');
    expect(renderHtml(report)).toContain(`>${pt['report.section.checks']}<`);
    expect(renderHtml(buildReport(record))).toContain(`<html lang="en">`);
  });

  it('changes words and how numbers are written, never the numbers', () => {
    const [one, other] = (['en', 'pt'] as const).map((language) => buildReport(record, { timeZone: 'UTC', language }));
    expect(other?.failover.trials.map((trial) => trial.outageMs)).toEqual(one?.failover.trials.map((trial) => trial.outageMs));
    expect(other?.keyFigures.map((figure) => figure.value)).not.toEqual(one?.keyFigures.map((figure) => figure.value));
    expect(other?.keyFigures.find((figure) => figure.id === 'outage')?.value).toMatch(/^\d+,\d s$/u);
  });
});

it('names what was looked at the same in every language, for scripts', () => {
  const record = {
    ...sampleFailedCheck(),
    checks: sampleFailedCheck()
      .checks.filter(({ subject }) => subject.kind === 'pair')
      .slice(0, 1),
  };
  const [check] = record.checks;
  if (check?.subject.kind !== 'pair') throw new Error('the sample has no way');
  const fromHere = { ...record, checks: [{ ...check, subject: { ...check.subject, from: 'admin' } }] };
  const subjects = (['en', 'pt'] as const).map((language) => buildReport(fromHere, { timeZone: 'UTC', language }).checks[0]?.subject);
  expect(subjects).toEqual([`admin → ${check.subject.to}:${check.subject.port}`, `admin → ${check.subject.to}:${check.subject.port}`]);
});
