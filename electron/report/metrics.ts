import { text } from '../shared/figures/text.ts';
import type { Verdict } from '../shared/domain/verdict.ts';

/**
 * Every metric that Triad writes for Prometheus; all are gauges. Times are Unix seconds: an age would stand still as soon as nobody writes the file any
 * more, so rules take it from the time. How many series there are depends on checks and servers alone, never on what is found.
 */
export const METRICS = [
  'triad_validation_verdict',
  'triad_validation_completed',
  'triad_validation_timestamp_seconds',
  'triad_validation_passed_timestamp_seconds',
  'triad_validation_duration_seconds',
  'triad_checks',
  'triad_check_verdict',
  'triad_cluster_survives_loss',
  'triad_node_up',
  'triad_node_role_as_planned',
  'triad_roles_as_planned',
  'triad_replica_in_sync',
  'triad_replication_lag_bytes',
  'triad_failover_test_timestamp_seconds',
  'triad_failover_test_outage_seconds',
  'triad_failover_test_verdict',
] as const;
export type MetricName = (typeof METRICS)[number];

/** What a metric means, for its HELP line. */
export function metricHelp(name: MetricName): string {
  return text(`metrics.${name}`);
}

/** A verdict as a number, the worse the higher: rules ask for `> 0`. A warning stands at 1, as it does not lower the verdict of a run. */
export const VERDICT_VALUE: Readonly<Record<Verdict, number>> = {
  skipped: -1,
  pass: 0,
  warn: 1,
  passWithoutTolerance: 2,
  unknown: 3,
  fail: 4,
};

/** One series at one moment. */
export interface Sample {
  readonly name: MetricName;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples in the text exposition format 0.0.4, each metric once with its HELP and TYPE. Empty labels are left out, as they mean the same. */
export function expositionOf(samples: readonly Sample[]): string {
  return METRICS.flatMap((name) => {
    const own = samples.filter((sample) => sample.name === name);
    if (own.length === 0) return [];
    return [`# HELP ${name} ${helpText(metricHelp(name))}`, `# TYPE ${name} gauge`, ...own.map(seriesOf)];
  })
    .join('\n')
    .concat('\n');
}

function helpText(words: string): string {
  return words
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`);
}

/** A label's value as it stands between its quotes: backslash, quote and line end are escaped, and what is no Unicode replaced. */
export function labelText(value: string): string {
  return helpText(value).replaceAll('"', String.raw`\"`);
}

function seriesOf({ name, labels, value }: Sample): string {
  const written = Object.entries(labels)
    .filter(([, one]) => one !== '')
    .map(([key, one]) => `${key}="${labelText(one)}"`)
    .join(',');
  return `${name}${written === '' ? '' : `{${written}}`} ${Number.isFinite(value) ? String(value) : 'NaN'}`;
}
