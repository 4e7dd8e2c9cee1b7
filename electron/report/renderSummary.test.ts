import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../shared/domain/run.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import { renderSummary } from './renderSummary.ts';
import { resultOf } from './runResult.ts';
import {
  everySample,
  LONG,
  sampleAborted,
  sampleFailedCheck,
  sampleFailoverTest,
  sampleInstall,
  sampleMinimal,
  samplePlan,
} from './testing/sampleRecord.ts';

const plain = (record: RunRecord, columns = 100): string =>
  renderSummary(record, { report: '/tmp/report.html', isColoured: false, columns });

describe.each(everySample())('the summary of $name', ({ record }) => {
  it('says the same with and without colours', () => {
    const coloured = renderSummary(record, { report: '/tmp/report.html', isColoured: true });
    expect(coloured.startsWith('\u{1b}[')).toBe(true);
    expect(stripVTControlCharacters(coloured)).toBe(plain(record));
  });

  it('has its verdict first and the report last, and nothing unsaid', () => {
    const lines = plain(record).split('\n');
    expect(lines[0]).toMatch(/^(?:[✓◐!✕?–] (?:Passed|No tolerance|Warning|Failed|Unknown|Skipped)|■ Interrupted) {2}\S/u);
    expect(lines.at(-1)).toBe('Report      /tmp/report.html');
    expect(plain(record)).not.toMatch(/\{\{|undefined|NaN/u);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });
});

describe('renderSummary', () => {
  it('does not call an interruption a failure', () => {
    expect(plain(sampleAborted())).toMatch(/^■ Interrupted {2}Installing/u);
  });

  it('shows the cluster as a table of servers', () => {
    expect(plain(sampleInstall())).toContain(
      [
        'Cluster     sessions redis 7.0.15',
        '            server-1  10.77.0.11  7000 master 0–5460       7001 replica copies server-3:7000',
        '            server-2  10.77.0.12  7000 master 5461–10922   7001 replica copies server-1:7000',
        '            server-3  10.77.0.13  7000 master 10923–16383  7001 replica copies server-2:7000',
      ].join('\n'),
    );
  });

  it('shows the figures of each trial in columns', () => {
    expect(plain(sampleFailoverTest())).toContain(
      [
        'Failover    Server    Outage  Detected  Promoted  Restored  Writes  Lost',
        '            server-1   8.0 s     6.9 s     7.7 s    15.2 s  16,053     0  ✓ Passed',
      ].join('\n'),
    );
  });

  it('names what was done to each server where it is not the same for all', () => {
    const record = sampleFailoverTest();
    const trials = record.trials.map((trial, index) => (index === 0 ? { ...trial, scenario: 'networkCut' as const } : trial));
    const lines = plain({ ...record, trials }).split('\n');
    expect(lines.filter((line) => /✓ Passed {2}(?:Network cut|Whole server lost)$/u.test(line))).toHaveLength(trials.length);
    expect(lines.join(' ').replaceAll(/\s+/gu, ' ')).toContain(
      'came through 3 trials on server-1, server-2 and server-3 (Network cut, Whole server lost)',
    );
  });

  it('tells several trials of one server apart, in each of its lines', () => {
    const record = sampleFailoverTest();
    const [first] = record.trials;
    if (first === undefined) throw new Error('no trial');
    const text = plain({ ...record, trials: [first, { ...first, scenario: 'networkCut' }, first] });
    expect(text.match(/✓ Passed {2}(?:Network|Whole).*/gu)).toEqual([
      '✓ Passed  Whole server lost',
      '✓ Passed  Network cut',
      '✓ Passed  Whole server lost, round 2',
    ]);
    const labels = ['server-1', 'server-1, Network cut', 'server-1, round 2'];
    for (const label of labels) expect(text.split('\n').filter((line) => line.includes(` ${label}: replicas up to`))).toHaveLength(1);
    expect(plain(record)).toContain(' server-2: ');
  });

  it('tells what needs attention, worst first, with what to do', () => {
    const lines = plain(sampleFailedCheck()).split('\n');
    const failed = lines.findIndex((line) => line.includes('✕ Bus port between servers: server-2 → server-3:17000'));
    const warned = lines.findIndex((line) => line.includes('! Transparent huge pages: server-2'));
    expect(failed).toBeGreaterThan(0);
    expect(warned).toBeGreaterThan(failed);
    expect(lines.slice(failed, warned).join(' ')).toContain('→ A firewall drops the packets');
    expect(lines.find((line) => line.startsWith('Checks'))).toBe('Checks      ✕ 1 failed  ! 1 to look at  ✓ 30 passed  – 3 skipped');
  });

  it('leaves the rest to the report when there are many findings', () => {
    const record = sampleFailedCheck();
    const failed = record.checks.filter((check) => check.verdict === 'fail');
    const many = {
      ...record,
      checks: Array.from({ length: 20 }, (_, index) => failed.map((check) => ({ ...check, id: `pair.${index}` }))).flat(),
    };
    expect(plain(many)).toContain('and 12 more in the report');
  });

  it('tells what is the same on several servers once', () => {
    const record = sampleInstall();
    const same = {
      ...record,
      checks: record.checks.map((check) => (check.id === 'server.selinux' ? { ...check, verdict: 'warn' as const } : check)),
    };
    expect(plain(same).split('! SELinux').length).toBe(2);
    expect(plain(same)).toContain('! SELinux: server-1, server-2, server-3');
  });

  it('tells each of a few failures that differ', () => {
    const record = sampleInstall();
    const differing = {
      ...record,
      checks: record.checks.map((check) =>
        check.id === 'server.selinux'
          ? {
              ...check,
              verdict: 'fail' as const,
              observed: { code: 'check.server.ports.taken', values: { holders: `program of ${formatSubject(check.subject)}` } },
            }
          : check,
      ),
    };
    for (const server of ['server-1', 'server-2', 'server-3'])
      expect(plain(differing)).toContain(`${server}: Taken by something else: program of ${server}`);
  });

  it('leaves ready-made commands to the place where they can be copied', () => {
    const record = sampleFailedCheck();
    const rules = 'Allow TCP from here to there:\n  ufw    ufw allow\n         ufw reload\nor another';
    const long = {
      ...record,
      checks: record.checks.map((check) =>
        check.verdict === 'fail' ? { ...check, remedy: { code: 'check.pair.refused.listener.remedy', values: { rules } } } : check,
      ),
    };
    const text = plain(long).replaceAll(/\s+/gu, ' ');
    expect(text).toContain('Ask for one of these: Allow TCP from here to there: or another !');
  });

  it('keeps sentences within the terminal and a figure with its unit', () => {
    for (const columns of [60, 80, 100]) {
      const story = plain(sampleFailoverTest(), columns).split('\n\n')[0] ?? '';
      for (const line of story.split('\n')) {
        expect(line.length).toBeLessThanOrEqual(columns);
        expect(line.trimStart()).not.toMatch(/^(?:ms|s|min)\b/u);
      }
    }
  });

  it('puts the nodes of servers with long names below them', () => {
    const text = plain(sampleFailoverTest(samplePlan(LONG)));
    expect(text).toContain(`            ${LONG[0].name}  ${LONG[0].address}\n              7000 master 0–5460\n`);
  });

  it('does not show a plan as if it stood', () => {
    expect(plain(sampleMinimal())).not.toContain('master');
  });

  it('goes without a report', () => {
    expect(renderSummary(sampleInstall(), { report: null, isColoured: false })).not.toContain('Report ');
  });
});

describe('the result for scripts', () => {
  it('holds verdict, checks, trials and where the report lies', () => {
    const result = resultOf(sampleFailoverTest(), '/tmp/report.html');
    expect(result).toMatchObject({ type: 'result', verdict: 'pass', workflow: 'failoverTest', failure: null, report: '/tmp/report.html' });
    expect(result.checks).toHaveLength(34);
    expect(Object.keys(result.checks[0] ?? {})).toEqual(
      expect.arrayContaining(['id', 'subject', 'verdict', 'expected', 'observed', 'remedy']),
    );
    expect(Object.keys(result.failover.trials[0] ?? {})).toEqual(
      expect.arrayContaining([
        'server',
        'scenario',
        'outageMs',
        'detectedMs',
        'promotedMs',
        'acknowledgedWrites',
        'lostWrites',
        'refusedWrites',
        'restoredMs',
        'verdict',
      ]),
    );
  });

  it('says a failure in words', () => {
    expect(resultOf(sampleFailedCheck(), null)).toMatchObject({
      verdict: 'fail',
      failure: { code: 'check.failed', title: '1 check(s) failed' },
      report: null,
    });
  });
});
