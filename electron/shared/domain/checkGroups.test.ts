import { describe, expect, it } from 'vitest';
import { checkGroupOf, groupChecks } from './checkGroups.ts';
import { clusterSubject, nodeSubject, serverSubject, type Subject } from './subject.ts';
import type { Verdict } from './verdict.ts';

const check = (subject: Subject, verdict: Verdict): { readonly subject: Subject; readonly verdict: Verdict } => ({ subject, verdict });

describe('groupChecks', () => {
  it('puts nodes under their server, and headings in the order of the servers', () => {
    const pair: Subject = { kind: 'pair', from: 'b', to: 'a', port: 7000 };
    const groups = groupChecks(
      [
        check(clusterSubject, 'pass'),
        check(pair, 'fail'),
        check(nodeSubject('b', 7000), 'warn'),
        check(serverSubject('a'), 'pass'),
        check(serverSubject('b'), 'pass'),
      ],
      ['b', 'a'],
      ({ subject }) => checkGroupOf(subject),
    );
    expect(groups.map(({ key, verdict, checks }) => [key, verdict, checks.length])).toEqual([
      ['server:b', 'warn', 2],
      ['server:a', 'pass', 1],
      ['pairs', 'fail', 1],
      ['cluster', 'pass', 1],
    ]);
    expect(groups[0]?.counts).toEqual({ pass: 1, passWithoutTolerance: 0, warn: 1, fail: 0, unknown: 0, skipped: 0 });
  });
});
