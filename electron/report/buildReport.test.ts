import { describe, expect, it } from 'vitest';
import { buildReport } from './buildReport.ts';
import { renderHtml } from './renderHtml.tsx';
import { sampleAborted, sampleFailedCheck, sampleFailoverTest, sampleInstall, sampleMinimal, samplePlan } from './testing/sampleRecord.ts';
import { sampleView } from './testing/sampleView.ts';

const plan = samplePlan();

describe('buildReport', () => {
  it('changes nothing in the record and gives the same report twice', () => {
    const record = sampleInstall();
    const copy = structuredClone(record);
    expect(buildReport(record)).toEqual(buildReport(record));
    expect(record).toEqual(copy);
  });

  it('gives a check its words, its line and its group', () => {
    const check = buildReport(sampleFailedCheck()).checks.find((one) => one.verdict === 'fail');
    expect(check).toMatchObject({
      id: 'pair.busPort',
      subject: 'server-2 → server-3:17000',
      about: { kind: 'pair', from: 'server-2', to: 'server-3', port: 17_000 },
      group: 'pairs',
    });
    expect(check?.expected).toBe("server-2 reaches the cluster bus of server-3's master at 10.77.0.13:17000");
    expect(check?.remedy).toContain('A firewall drops the packets');
  });

  it('says of a result that an earlier check saw when that was', () => {
    const record = sampleFailedCheck();
    const [kept, ...fresh] = record.checks;
    if (kept === undefined) throw new Error('the sample has no check');
    const part = {
      ...record,
      keptFrom: 'earlier',
      checks: [{ ...kept, seenAt: '2026-03-14T21:00:00.000Z', isKept: true as const }, ...fresh],
    };
    const report = buildReport(part, { timeZone: 'Europe/Lisbon' });
    expect(report.checks[0]?.observed).toMatch(/ \(as seen in an earlier check, 2026-03-14 21:00:00 UTC\+00:00\)$/u);
    expect(report.checks.slice(1).some(({ observed }) => observed.includes('earlier check'))).toBe(false);
    // Also for who reads nothing but the one sentence.
    expect(report.story).toMatch(/ 1 of \d+ results were not looked at again: .* the oldest at 2026-03-14 21:00:00 UTC\+00:00\.$/u);
    expect(buildReport(record).story).not.toContain('looked at again');
  });

  it('groups the checks of a server with those of its nodes, in the order of the plan, and counts verdicts', () => {
    const report = buildReport(sampleInstall());
    expect(report.checkGroups.map((group) => [group.key, group.verdict])).toEqual([
      ['server:server-1', 'pass'],
      ['server:server-2', 'warn'],
      ['server:server-3', 'pass'],
      ['pairs', 'pass'],
      ['cluster', 'pass'],
    ]);
    expect(report.checkGroups[1]?.counts).toEqual({ pass: 5, passWithoutTolerance: 0, warn: 1, fail: 0, unknown: 0, skipped: 1 });
    expect(report.checkCounts.pass).toBe(report.checks.filter((check) => check.verdict === 'pass').length);
  });

  it('gives a trial every figure that scripts ask for', () => {
    const [trial] = buildReport(sampleFailoverTest()).failover.trials;
    expect(trial).toMatchObject({
      server: 'server-1',
      scenario: 'serverLost',
      detectedMs: 6870,
      promotedMs: 7690,
      restoredMs: 15_220,
      lostWrites: 0,
      verdict: 'pass',
    });
    expect(trial?.layouts.map((layout) => layout.moment)).toEqual(['before', 'during', 'after']);
    expect(trial?.marks.map((mark) => mark.atMs)).toEqual(trial?.marks.map((mark) => mark.atMs).toSorted((a, b) => a - b));
  });

  it('calls ways that the plan opens neither a fault nor a proof', () => {
    const sample = sampleFailedCheck();
    const figure = (record: typeof sample): unknown => buildReport(record).keyFigures.find(({ id }) => id === 'ways')?.verdict;
    expect(figure(sample)).toBe('fail');
    const opened = sample.checks.map((check) =>
      check.verdict === 'fail' ? { ...check, verdict: 'warn' as const, observed: { code: 'check.pair.willBeOpened', values: {} } } : check,
    );
    expect(figure({ ...sample, checks: opened })).toBe('warn');
    const sentences = (record: typeof sample): unknown => buildReport(record).matrices[0]?.findings.map(({ verdict }) => verdict);
    expect(sentences(sample)).toContain('fail');
    expect(sentences({ ...sample, checks: opened })).not.toContain('fail');
    const html = (record: typeof sample): string =>
      renderHtml(buildReport(record)).split('id="reachability"')[1]?.split('triad-legend')[0] ?? '';
    expect(html(sample)).toContain('--triad-failSoft');
    expect(html({ ...sample, checks: opened })).not.toContain('--triad-failSoft');
  });

  it('tells the time in the zone of the admin and in UTC', () => {
    expect(buildReport(sampleInstall(), { timeZone: 'America/Sao_Paulo' }).when).toEqual({
      startedAt: '2026-03-14T22:05:00.000Z',
      finishedAt: '2026-03-14T22:05:03.180Z',
      durationMs: 3180,
      timeZone: 'America/Sao_Paulo',
      startedAtLocal: '2026-03-14 19:05:00 UTC-03:00',
      finishedAtLocal: '2026-03-14 19:05:03 UTC-03:00',
    });
  });

  it('lists what was done on each server with its outcome, and everything that can be compared by its hash', () => {
    const report = buildReport(sampleInstall());
    const [first] = report.servers;
    expect(first?.appliedChanges).toHaveLength(first?.plannedChanges.length ?? -1);
    expect(first?.appliedChanges.find((change) => change.kind === 'kernel' && change.outcome === 'refused')?.evidence).toContain(
      'Read-only',
    );
    expect(report.hashes.map((hash) => hash.what)).toEqual([
      'Specification file',
      'Source archive redis-7.0.15.tar.gz',
      'redis-server (/opt/triad/bin/redis-7.0.15/redis-server)',
      'redis-cli (/opt/triad/bin/redis-7.0.15/redis-cli)',
    ]);
  });

  it('names phases and measurements in words', () => {
    const report = buildReport(sampleInstall());
    expect(report.phases.map((phase) => phase.title)).toContain('Form the cluster');
    expect(report.measurements.map((one) => one.label)).toContain('Round trips over SSH');
  });

  it('says unknown of a run that did not end', () => {
    expect(buildReport(sampleMinimal())).toMatchObject({ verdict: 'unknown', when: { finishedAt: null, finishedAtLocal: null } });
  });

  it('shows the plan where nothing was observed, and no layout of servers that were empty', () => {
    expect(buildReport(sampleAborted()).layouts.map((layout) => layout.moment)).toEqual(['planned']);
    expect(buildReport(sampleInstall()).layouts.map((layout) => layout.moment)).toEqual(['after']);
    const both = { ...sampleInstall(), views: { before: sampleView(plan, { returned: 'server-3' }), after: sampleView(plan) } };
    expect(buildReport(both).layouts.map((layout) => layout.moment)).toEqual(['before', 'after']);
  });

  it('has a name for a check, phase or measurement that the catalogue does not know yet', () => {
    const record = sampleInstall();
    const [check] = record.checks;
    const report = buildReport({ ...record, checks: check === undefined ? [] : [{ ...check, id: 'server.brandNewThing' }] });
    expect(report.checks[0]?.title).toBe('Brand new thing');
  });
});
