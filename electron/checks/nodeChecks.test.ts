import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../shared/domain/check.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import { say } from '../shared/messages/message.ts';
import { judgeNodes, NODE_CHECKS } from './nodeChecks.ts';
import type { NodeObservation } from './nodeObservation.ts';
import { exampleContext } from './testing/exampleFacts.ts';
import { EXAMPLE_PASSWORD, exampleObservation } from './testing/exampleView.ts';
import { expectEveryText, expectSays, firstOf } from './testing/expectSays.ts';
import { fileChange, master, MASTER, NODE_ROWS, pending, reading, type NodeRow } from './testing/nodeRows.ts';
import { ACCESS_ROWS, ADOPTED_ROWS, RUNNING_ROWS } from './testing/runningRows.ts';

const ROWS: readonly NodeRow[] = [...NODE_ROWS, ...RUNNING_ROWS, ...ACCESS_ROWS, ...ADOPTED_ROWS];

function judgeRow({ check, observation, context, of = MASTER }: NodeRow): CheckResult {
  const found = NODE_CHECKS.find((one) => one.id.endsWith(`.${check}`));
  const results = found?.judge(observation, context ?? exampleContext({}, 'installed')) ?? [];
  return firstOf(results.filter((one) => formatSubject(one.subject) === of));
}

describe('a node', () => {
  test.each(ROWS.map((row) => ({ ...row, title: `${row.check}: ${row.name}` })))('$title is $verdict', (row) => {
    const result = judgeRow(row);
    expect(result.verdict).toBe(row.verdict);
    expectSays(result, row.says);
    const text = `${say(result.observed)} ${result.remedy === null ? '' : say(result.remedy)}`;
    for (const word of row.naming ?? []) expect(text).toContain(word);
  });

  test('each check gives exactly the verdicts that it names', () => {
    const silent = judgeNodes(master(null), exampleContext({}, 'installed'));
    for (const check of NODE_CHECKS) {
      const own = [...ROWS.map(judgeRow), ...silent].filter((one) => one.id === check.id).map((one) => one.verdict);
      expect([check.id, ...new Set(own)].toSorted()).toEqual([check.id, ...check.verdicts].toSorted());
    }
  });

  test('the rows reach every text', () => {
    expectEveryText(
      ROWS.map(judgeRow),
      ['check.node.', 'check.server.drift.'],
      NODE_CHECKS.map((check) => check.id),
    );
  });
});

describe('all checks of the nodes', () => {
  test('pass six healthy nodes, each judged once', () => {
    const results = judgeNodes(exampleObservation(), exampleContext({}, 'installed'));
    expect(results.filter((one) => one.verdict !== 'pass')).toEqual([]);
    expect(new Set(results.map((one) => `${one.id} ${formatSubject(one.subject)}`)).size).toBe(results.length);
    expect(results).toHaveLength((NODE_CHECKS.length - 1) * 6 + 3);
  });

  test('never show a password, whatever is wrong with it', () => {
    const observations = [
      exampleObservation(),
      reading({ masterauth: 'other secret' }),
      reading({ requirepass: 'other secret', masterauth: 'other secret' }),
    ];
    const text = JSON.stringify(observations.map((one) => judgeNodes(one, exampleContext({}, 'installed'))));
    expect(text).not.toContain(EXAMPLE_PASSWORD);
    expect(text).not.toContain('other secret');
  });

  test('keep as evidence whether passwords are set and equal', () => {
    const evidenceFor = (observation: NodeObservation): readonly string[] =>
      judgeNodes(observation, exampleContext({}, 'installed'))
        .filter((one) => one.id === 'node.password')
        .map((one) => one.evidence);
    const [first, ...others] = evidenceFor(reading({ masterauth: '' }));
    expect(first).toBe('requirepass=set masterauth=not set areEqual=false isEqualToOtherNodes=true');
    expect(new Set(others)).toEqual(new Set(['requirepass=set masterauth=set areEqual=true isEqualToOtherNodes=true']));
    expect(evidenceFor(reading({ requirepass: '' }))[0]).toContain('requirepass=not set');
  });

  test('say since when trouble in a log counts', () => {
    const row = (name: string): CheckResult => judgeRow(firstOf(ROWS.filter((one) => one.check === 'logErrors' && one.name === name)));
    expect(say(row('none since the last validation').expected)).toContain('(2026-11-22 14:00:00 UTC)');
    expect(row('none since the last validation').evidence).toContain('since=2026-11-22T14:00:00.000Z');
    expect(row('since the last validation').evidence).toContain('since=2026-11-22T14:00:00.000Z\n77:M');
    expect(row('none').evidence).toContain('since=the last start: no earlier validation is kept on this computer');
  });

  test('keep the difference of a drifted file as evidence, and no more than fits', () => {
    const long = { ...fileChange, diff: '+'.repeat(10_000) };
    const drifted = judgeNodes(pending([fileChange]), exampleContext({}, 'installed')).find((one) => one.verdict === 'warn');
    expect(drifted?.evidence).toBe(`${fileChange.id}: other content (- on the server, + as planned)\n${fileChange.diff ?? ''}`);
    const isNew = judgeNodes(pending([{ ...fileChange, action: 'create', diff: null }]), exampleContext({}, 'installed'));
    expect(isNew.find((one) => one.verdict === 'warn')?.evidence).toMatch(/^file:.*: absent → /u);
    const cut = judgeNodes(pending([long]), exampleContext({}, 'installed')).find((one) => one.verdict === 'warn');
    expect(cut?.evidence).toHaveLength(4000);
  });
});
