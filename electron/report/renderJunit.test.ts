// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { failureWords } from '../shared/figures/reportWords.ts';
import { buildReport } from './buildReport.ts';
import { junitOfFailure, renderJunit } from './renderJunit.ts';
import { parseXml, type ParsedElement } from './testing/parseXml.ts';
import { said } from './testing/sampleParts.ts';
import { everySample, sampleFailedCheck, sampleFailoverTest, sampleInstall } from './testing/sampleRecord.ts';
import { xmlAttribute, xmlText } from './xml.ts';

const SUITE = ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname', 'id'];
const count = (element: ParsedElement, name: string): number => Number(element.attributes[name]);

/** Everything that the schema which CI systems share asks for, and that the numbers are those of what stands there. */
function expectValid(root: ParsedElement): readonly ParsedElement[] {
  expect(root.name).toBe('testsuites');
  for (const suite of root.children) {
    expect(suite.name).toBe('testsuite');
    expect(Object.keys(suite.attributes)).toEqual(SUITE);
    expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u);
    expect(suite.attributes['time']).toMatch(/^\d+\.\d{3}$/u);
    for (const one of suite.children) {
      expect(Object.keys(one.attributes)).toEqual(['name', 'classname', 'time']);
      expect(one.children.length).toBeLessThanOrEqual(1);
      expect(one.children.every(({ name }) => ['failure', 'error', 'skipped', 'system-out'].includes(name))).toBe(true);
    }
    const inside = (name: string): number => suite.children.filter(({ children }) => children[0]?.name === name).length;
    expect([count(suite, 'tests'), count(suite, 'failures'), count(suite, 'errors'), count(suite, 'skipped')]).toEqual([
      suite.children.length,
      inside('failure'),
      inside('error'),
      inside('skipped'),
    ]);
  }
  for (const name of ['tests', 'failures', 'errors'])
    expect(count(root, name)).toBe(root.children.reduce((sum, suite) => sum + count(suite, name), 0));
  return root.children.flatMap(({ children }) => children);
}

describe.each(everySample())('$name', ({ record }) => {
  test('is valid, names every check once, and fails exactly where the run has not passed', () => {
    const xml = renderJunit(buildReport(record));
    expect(renderJunit(buildReport(structuredClone(record)))).toBe(xml);
    const root = parseXml(xml);
    const names = expectValid(root).map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
    expect(new Set(names).size).toBe(names.length);
    expect(root.children.find(({ attributes }) => attributes['name'] === 'triad.pair')?.children.length ?? 0).toBe(
      record.checks.filter(({ id }) => id.startsWith('pair.')).length,
    );
    expect(count(root, 'failures') + count(root, 'errors') > 0).toBe(record.verdict !== 'pass');
  });
});

test('a round is told from the one before, and the file names the record of its run', () => {
  const record = sampleFailoverTest();
  const integrity = { sha256: 'ab'.repeat(32), events: 3, sizeBytes: 99 };
  const root = parseXml(
    renderJunit(buildReport({ ...record, trials: [...record.trials, ...record.trials] }, { timeZone: 'UTC', integrity })),
  );
  const trials = root.children.find(({ attributes }) => attributes['name'] === 'triad.failover')?.children ?? [];
  expect(new Set(trials.map(({ attributes }) => attributes['name'])).size).toBe(6);
  const [properties] = root.children[0]?.children ?? [];
  expect(properties?.name).toBe('properties');
  expect(properties?.children.map(({ attributes }) => attributes)).toContainEqual({ name: 'triad.record.sha256', value: integrity.sha256 });
});

test('a failed check tells what was expected, what was seen, and what to do', () => {
  const cases = expectValid(parseXml(renderJunit(buildReport(sampleFailedCheck()))));
  const [fault] = cases.find(({ attributes }) => attributes['name']?.startsWith('pair.busPort') === true)?.children ?? [];
  expect(fault?.name).toBe('failure');
  expect(fault?.attributes['message']).toMatch(/No answer from .*cut off from server-2/u);
  expect(fault?.text).toMatch(/expected: .*\nobserved: .*\nremedy: .*A firewall drops the packets.*\nconnect: no answer/u);
});

test('a warning passes and is told, what could not be seen is an error, what does not apply is skipped', () => {
  const whole = sampleInstall();
  const checks = whole.checks.map((check, index) => (index === 0 ? { ...check, verdict: 'unknown' as const } : check));
  const cases = expectValid(parseXml(renderJunit(buildReport({ ...whole, checks, verdict: 'unknown' }))));
  const insideOf = (id: string, subject: string): string | undefined =>
    cases.find(({ attributes }) => attributes['name'] === `${id} ${subject}`)?.children[0]?.name;
  expect(insideOf('server.privilege', 'server-1')).toBe('error');
  expect(insideOf('server.transparentHugePages', 'server-2')).toBe('system-out');
  expect(insideOf('server.selinux', 'server-1')).toBe('skipped');
  expect(insideOf('cluster.slots', 'cluster')).toBeUndefined();
});

test('a run that could not begin is one case in error, with its remedy', () => {
  const { failure } = fail('secret.missing', serverSubject('server-1'), { values: { name: 'PW', purpose: 'login' } });
  const about = { workflow: 'validate', cluster: 'sessions', at: '2026-03-14T22:05:00.000Z', machine: 'desk' };
  const [only, ...others] = expectValid(parseXml(junitOfFailure(failureWords(failure), about)));
  expect(others).toEqual([]);
  expect(only?.children[0]).toMatchObject({ name: 'error', attributes: { type: 'secret.missing' } });
  expect(only?.children[0]?.text).toContain('remedy: Set it in the shell');
});

const units = fc.array(fc.integer({ min: 0, max: 0xff_ff })).map((codes) => String.fromCharCode(...codes));
const anything = fc.oneof(
  units,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000\u001B[31m', ']]>', '<!--&', '"\n\t\r', '\uD800', '😀'),
);

test('whatever a server sends is well formed, and every character but those that XML cannot carry comes back', () => {
  fc.assert(
    fc.property(anything, (evidence) => {
      const kept = xmlText('').concat(evidence);
      const parsed = parseXml(`<a b="${xmlAttribute(kept)}">${xmlText(kept)}</a>`);
      expect(parsed.text).toBe(parsed.attributes['b']);
      expect(parsed.text.length).toBe(kept.length);
      expect(parsed.text.replaceAll(/[\u2400-\u2421\uFFFD]/gu, '')).toBe(
        // oxlint-disable-next-line no-control-regex -- these are what is replaced
        kept.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF\u2400-\u2421\uFFFD]|\p{Surrogate}/gu, ''),
      );
    }),
  );
  const [first, ...rest] = sampleFailedCheck().checks;
  if (first === undefined) throw new Error('the sample has no check');
  fc.assert(
    fc.property(anything, (evidence) => {
      const hostile = {
        ...first,
        subject: clusterSubject,
        verdict: 'fail' as const,
        evidence,
        observed: said(evidence),
        remedy: said(evidence),
      };
      expectValid(parseXml(renderJunit(buildReport({ ...sampleFailedCheck(), checks: [hostile, ...rest] }))));
    }),
    { numRuns: 20 },
  );
});
