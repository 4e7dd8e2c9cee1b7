import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunRecord } from '../shared/domain/run.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { expositionOf, labelText, metricHelp, METRICS } from './metrics.ts';
import { renderMetrics } from './renderMetrics.ts';
import { said } from './testing/sampleParts.ts';
import { sampleFailoverTest, sampleInstall, samplePlan } from './testing/sampleRecord.ts';
import { sampleView } from './testing/sampleView.ts';

const servers = samplePlan().servers.map(({ name }) => name);
const LINE =
  /^(?:# HELP triad_[a-z_]+ .+|# TYPE triad_[a-z_]+ gauge|triad_[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? -?[\d.e+-]+)$/u;

function proof(server: string, verdict: Verdict): RunRecord['checks'][number] {
  return {
    id: 'cluster.survivesLoss',
    subject: serverSubject(server),
    verdict,
    expected: said(''),
    observed: said(''),
    evidence: '',
    remedy: null,
  };
}

/** A validation that has passed, but for one server. */
function validation(): RunRecord {
  const whole = sampleInstall();
  return {
    ...whole,
    workflow: 'validate',
    checks: [...whole.checks, proof('server-1', 'pass'), proof('server-2', 'passWithoutTolerance'), proof('server-3', 'unknown')],
    verdict: 'unknown',
  };
}

const tried = [
  {
    server: 'server-1',
    trial: {
      server: 'server-1',
      scenario: 'serverLost' as const,
      startedAt: '2026-03-01T00:00:00.000Z',
      verdict: 'pass' as const,
      outageMs: 7912,
    },
  },
  {
    server: 'server-2',
    trial: {
      server: 'server-2',
      scenario: 'serverLost' as const,
      startedAt: '2026-03-02T00:00:00.000Z',
      verdict: 'fail' as const,
      outageMs: null,
    },
  },
  { server: 'server-3', trial: null },
];
const at = '2026-03-14T22:05:12.500Z';

function rendered(record: RunRecord | null, view: RunRecord['views']['after'] = record?.views.after ?? null): string {
  const seen = record === null ? null : { ...record, views: { before: null, after: view } };
  return renderMetrics({ cluster: 'sessions', servers, record: seen, at, passedAt: '2026-03-13T00:00:00.000Z', tried });
}

/** The value of one series. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test('the whole file of a validation', () => {
  expect(rendered(validation())).toMatchSnapshot();
});

test.each<[string, string]>([
  ['a validation', rendered(validation())],
  ['one that could not begin', rendered(null)],
  ['long names', renderMetrics({ cluster: null, servers: ['a'], record: sampleFailoverTest(), at, passedAt: null, tried: [] })],
])('%s is in the format, each metric with HELP and TYPE before it, each series once', (_, text) => {
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.trimEnd().split('\n');
  expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
  const series = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));
  expect(new Set(series).size).toBe(series.length);
  const named = lines.map((line) => /triad_[a-z_]+/u.exec(line)?.[0] ?? '');
  const groups = named.filter((name, index) => name !== named[index - 1]);
  expect(new Set(groups).size).toBe(groups.length);
  for (const name of groups) {
    const first = named.indexOf(name);
    expect(lines[first]).toBe(`# HELP ${name} ${metricHelp(METRICS.find((one) => one === name) ?? 'triad_checks')}`);
    expect(lines[first + 1]).toBe(`# TYPE ${name} gauge`);
  }
});

test('a loss counts as survived only where that was seen', () => {
  const of = (text: string): readonly (number | undefined)[] =>
    servers.map((server) => valueOf(text, `triad_cluster_survives_loss{cluster="sessions",server="${server}"}`));
  expect(of(rendered(validation()))).toEqual([1, 0, 0]);
  expect(of(rendered(null))).toEqual([0, 0, 0]);
});

test('a validation that could not begin has failed, now, and has no figure of any node', () => {
  const text = rendered(null);
  expect(valueOf(text, 'triad_validation_verdict{cluster="sessions"}')).toBe(4);
  expect(valueOf(text, 'triad_validation_completed{cluster="sessions"}')).toBe(0);
  expect(valueOf(text, 'triad_validation_timestamp_seconds{cluster="sessions"}')).toBe(Date.parse(at) / 1000);
  expect(valueOf(text, 'triad_roles_as_planned{cluster="sessions"}')).toBe(0);
  expect(text).not.toMatch(/triad_node_up|triad_replica/u);
});

test('a failover shows in roles and nodes, and a server that does not answer is down', () => {
  const plan = samplePlan();
  const failedOver = rendered(validation(), sampleView(plan, { lost: 'server-1' }));
  expect(valueOf(failedOver, 'triad_roles_as_planned{cluster="sessions"}')).toBe(0);
  expect(valueOf(failedOver, 'triad_node_up{cluster="sessions",node="server-1:7000",server="server-1"}')).toBe(0);
  expect(valueOf(failedOver, 'triad_node_up{cluster="sessions",node="server-2:7001",server="server-2"}')).toBe(1);
  expect(valueOf(rendered(validation()), 'triad_roles_as_planned{cluster="sessions"}')).toBe(1);
});

test('the last tests: never is time 0 and unknown, a failed one has no outage', () => {
  const text = rendered(validation());
  const of = (name: string): readonly (number | undefined)[] =>
    servers.map((server) => valueOf(text, `triad_failover_test_${name}{cluster="sessions",server="${server}"}`));
  expect(of('outage_seconds')).toEqual([7.912, undefined, undefined]);
  expect(of('verdict')).toEqual([0, 4, 3]);
  expect(of('timestamp_seconds')).toEqual([Date.parse('2026-03-01') / 1000, Date.parse('2026-03-02') / 1000, 0]);
});

test('series are bounded: the worst of both nodes and of all ways stands for a server', () => {
  const record = validation();
  const many = {
    ...record,
    checks: record.checks.map((check) => (check.id === 'pair.dataPort' ? { ...check, verdict: 'fail' as const } : check)),
  };
  const text = rendered(many);
  const series = text.split('\n').filter((line) => line.startsWith('triad_check_verdict'));
  expect(series.length).toBeLessThanOrEqual(new Set(record.checks.map(({ id }) => id)).size * servers.length);
  expect(series.filter((line) => line.includes('pair.dataPort'))).toHaveLength(3);
  expect(series.filter((line) => line.includes('pair.dataPort') && line.endsWith(' 4'))).toHaveLength(3);
});

test('any label comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const [line = ''] = expositionOf([{ name: 'triad_checks', labels: { cluster: `x${value}` }, value: 1 }])
        .split('\n')
        .slice(2);
      expect(line).toBe(`triad_checks{cluster="x${labelText(value)}"} 1`);
      expect(labelText(value).replaceAll(/\\([\\"n])/gu, (_, one: string) => (one === 'n' ? '\n' : one))).toBe(value);
    }),
  );
});
