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

describe('what a lost server hides', () => {
  const pair = (to: string): ReportCheck => ({
    ...check('pair.dataPort', `a → ${to}:7000`, 'unknown', 'not tried'),
    about: { kind: 'pair', from: 'a', to, port: 7000 },
  });

  it('is one finding after all that was seen, naming the server once and every check', () => {
    const findings = findingsOf([
      check('server.reached', 'b', 'fail', 'no answer'),
      check('server.swap', 'b', 'unknown', 'Not looked at'),
      check('server.clock', 'b', 'unknown', 'Not looked at'),
      pair('b'),
      pair('c'),
      check('server.memory', 'a', 'warn'),
    ]);
    expect(findings.map(({ id, title, subjects, titles }) => [id, title, subjects, titles])).toEqual([
      ['server.reached', 'server.reached', ['b'], []],
      ['pair.dataPort', 'pair.dataPort', ['a → c:7000'], []],
      ['server.memory', 'server.memory', ['a'], []],
      ['', '3 checks could not be made', ['b'], ['server.swap', 'server.clock', 'pair.dataPort']],
    ]);
  });

  it('is told check by check where the server was reached', () => {
    const findings = findingsOf([check('server.reached', 'b', 'pass'), check('server.swap', 'b', 'unknown')]);
    expect(findings.map(({ id }) => id)).toEqual(['server.swap']);
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
