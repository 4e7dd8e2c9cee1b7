import { describe, expect, it } from 'vitest';
import type { ReportCheck } from '../shared/domain/report.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { bySharedText, findingsOf } from './findings.ts';

const check = (id: string, server: string, verdict: Verdict, observed = 'as it is'): ReportCheck => ({
  id,
  title: id,
  subject: server,
  about: { kind: 'server', server },
  group: `server:${server}`,
  verdict,
  expected: 'otherwise',
  observed,
  evidence: '',
  remedy: null,
});

describe('findingsOf', () => {
  it('joins the same check with the same verdict and puts the worst first', () => {
    const findings = findingsOf([
      check('server.swap', 'a', 'warn'),
      check('server.clock', 'a', 'pass'),
      check('server.swap', 'b', 'warn'),
      check('server.swap', 'c', 'fail'),
      check('server.selinux', 'a', 'skipped'),
      check('server.disk', 'a', 'unknown'),
      check('cluster.survives', 'a', 'passWithoutTolerance'),
    ]);
    expect(findings.map(({ id, verdict, checks }) => [id, verdict, checks.map(({ subject }) => subject)])).toEqual([
      ['server.swap', 'fail', ['c']],
      ['server.disk', 'unknown', ['a']],
      ['cluster.survives', 'passWithoutTolerance', ['a']],
      ['server.swap', 'warn', ['a', 'b']],
    ]);
  });
});

describe('bySharedText', () => {
  it('names the subjects of each text and leaves out what says nothing', () => {
    const checks = [check('x', 'a', 'warn', 'one'), check('x', 'b', 'warn', 'two'), check('x', 'c', 'warn', 'one')];
    expect(bySharedText(checks, (one) => one.observed)).toEqual([
      { text: 'one', subjects: ['a', 'c'] },
      { text: 'two', subjects: ['b'] },
    ]);
    expect(bySharedText(checks, (one) => one.remedy)).toEqual([]);
    expect(bySharedText(checks, (one) => one.evidence)).toEqual([]);
  });
});
