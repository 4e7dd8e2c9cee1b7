import { expect, test } from 'vitest';
import type { RunRecord } from '../shared/domain/run.ts';
import { compareRuns, comparisonText } from './compareRuns.ts';
import { styleFor } from './style.ts';
import { sampleFailoverTest, sampleInstall } from './testing/sampleRecord.ts';

const plain = styleFor(false);

test('a run compared with itself differs in nothing', () => {
  for (const record of [sampleInstall(), sampleFailoverTest()]) {
    const comparison = compareRuns(record, record);
    expect({ ...comparison, before: 0, after: 0 }).toEqual({ before: 0, after: 0, checks: [], figures: [], facts: [] });
    expect(comparisonText(comparison, plain)).toContain('nothing was planned or found otherwise');
  }
});

/** The same test after a patch day: another kernel, a restart, a new release of Redis, a slower failover, a check that does not pass any more. */
function afterPatchDay(record: RunRecord): RunRecord {
  return {
    ...record,
    runId: 'later',
    plan: { ...record.plan, version: '7.2.4', settings: { ...record.plan.settings, nodeTimeoutMs: 9000 } },
    facts: record.facts.map((facts, index) =>
      index === 1
        ? { ...facts, bootId: 'another', os: { ...facts.os, kernel: '6.1.0-42-amd64' }, kernel: { ...facts.kernel, somaxconn: 128 } }
        : facts,
    ),
    checks: record.checks.map((check) => (check.id === 'cluster.slots' ? { ...check, verdict: 'fail' } : check)),
    trials: record.trials.map((trial) => (trial.server === 'server-2' ? { ...trial, outageMs: 12_345, lostWrites: 2 } : trial)),
    verdict: 'fail',
  };
}

test('what a patch day has changed is told: verdicts, versions, kernel, restart, settings, outage', () => {
  const before = sampleFailoverTest();
  const { checks, facts, figures } = compareRuns(before, afterPatchDay(before));
  expect(checks.map(({ id, subject, before: was, after: is }) => [id, subject, was, is])).toEqual([
    ['cluster.slots', 'cluster', 'pass', 'fail'],
  ]);
  const listed = facts.map(({ what, subject, before: was, after: is }) => `${what} ${subject}: ${was} → ${is}`);
  expect(listed).toContain('Kernel server-2: 6.1.0-30-amd64 → 6.1.0-42-amd64');
  expect(listed).toContain('Boot (a new one is a restart) server-2: boot-1 → another');
  expect(listed).toContain('net.core.somaxconn server-2: 4096 → 128');
  expect(listed.some((line) => line.includes('redis 7.0.15 → redis 7.2.4'))).toBe(true);
  expect(figures).toContainEqual(expect.objectContaining({ what: 'Outage', subject: 'server-2', after: '12.3 s' }));
  expect(figures).toContainEqual(
    expect.objectContaining({ what: 'Acknowledged writes lost', subject: 'server-2', before: '0', after: '2' }),
  );
  expect(comparisonText(compareRuns(before, afterPatchDay(before)), plain)).toMatch(/✓ → ✗ {2}.*cluster/u);
});

test('of trials with the same server, scenarios and rounds are compared each with its own', () => {
  const before = sampleFailoverTest();
  const [first] = before.trials;
  if (first === undefined) throw new Error('no trial');
  const trials = [first, { ...first, scenario: 'processFrozen' as const, outageMs: 5000 }, { ...first, outageMs: 6000 }];
  const after = {
    ...before,
    trials: trials.map((trial, index) => (index === 0 ? trial : { ...trial, outageMs: (trial.outageMs ?? 0) + 1000 })),
  };
  const outages = compareRuns({ ...before, trials }, after).figures.filter(({ what }) => what === 'Outage');
  expect(outages.map(({ subject, before: was, after: is }) => `${subject}: ${was} → ${is}`)).toEqual([
    'server-1, Process frozen: 5.0 s → 6.0 s',
    'server-1, round 2: 6.0 s → 7.0 s',
  ]);
});

test('a check that only one run made is told where it is bad', () => {
  const record = sampleInstall();
  const { checks } = compareRuns({ ...record, checks: [] }, record);
  expect(checks.map(({ id, subject, before, after }) => [id, subject, before, after])).toEqual([
    ['server.transparentHugePages', 'server-2', null, 'warn'],
  ]);
});

test('of a Windows server nothing is told that only Linux has', () => {
  const record = sampleFailoverTest();
  const onWindows = (kernel: string): RunRecord => ({
    ...record,
    facts: record.facts.map((facts) => ({
      ...facts,
      bootId: kernel,
      systemdVersion: null,
      selinux: 'absent',
      os: { ...facts.os, id: 'windows', kernel },
      kernel: { ...facts.kernel, somaxconn: kernel === 'a' ? 1 : null },
    })),
  });
  const told = compareRuns(onWindows('a'), onWindows('b')).facts.map(({ what }) => what);
  expect(new Set(told)).toEqual(new Set(['Kernel', 'Boot (a new one is a restart)']));
  const fromLinux = compareRuns(record, onWindows('b')).facts.map(({ what, after }) => `${what} ${after ?? '-'}`);
  expect(fromLinux.filter((line) => /^(?:systemd|SELinux|vm\.|net\.|transparent)/u.test(line) && !line.endsWith(' -'))).toEqual([]);
});
