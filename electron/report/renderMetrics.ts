import { countVerdicts } from '../shared/domain/checkGroups.ts';
import { syncOf } from '../shared/domain/readiness.ts';
import { rolesOf } from '../shared/domain/roles.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { Subject } from '../shared/domain/subject.ts';
import type { TriedServer } from '../shared/domain/triedServers.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import { expositionOf, VERDICT_VALUE, type MetricName, type Sample } from './metrics.ts';

/** What the metrics of a validation are made from. */
export interface MetricsInput {
  /** Null where not even that could be read. */
  readonly cluster: string | null;
  readonly servers: readonly string[];
  /** The validation, or null for one that could not begin. */
  readonly record: RunRecord | null;
  /** When it ended or gave up, UTC. */
  readonly at: string;
  /** When one has passed last, this one included; null: never, as far as runs are kept. */
  readonly passedAt: string | null;
  /** Each server with its last trial since the installation. */
  readonly tried: readonly TriedServer[];
}

const secondsOf = (iso: string | null): number => (iso === null ? 0 : Date.parse(iso) / 1000);
const flag = (is: boolean): number => (is ? 1 : 0);

/**
 * A validation in the text format of Prometheus, for node_exporter's textfile collector. Nothing in it is ever better than what was seen: a validation that
 * could not begin, or not look, says so, and the loss of a server counts as survived only where that was seen in this very run.
 */
export function renderMetrics(input: MetricsInput): string {
  const cluster = input.cluster ?? '';
  const gauge = (name: MetricName, value: number, labels: Readonly<Record<string, string>> = {}): Sample => ({
    name,
    labels: { cluster, ...labels },
    value,
  });
  const { record } = input;
  const verdict: Verdict = record === null ? 'fail' : (record.verdict ?? 'unknown');
  return expositionOf([
    gauge('triad_validation_verdict', VERDICT_VALUE[verdict]),
    gauge('triad_validation_completed', flag(record !== null && record.failure === null && record.finishedAt !== null)),
    gauge('triad_validation_timestamp_seconds', secondsOf(input.at)),
    gauge('triad_validation_passed_timestamp_seconds', secondsOf(input.passedAt)),
    gauge('triad_validation_duration_seconds', (record?.durationMs ?? 0) / 1000),
    ...checkSamples(record, gauge),
    ...input.servers.map((server) => gauge('triad_cluster_survives_loss', flag(survives(record, server)), { server })),
    ...clusterSamples(record, gauge),
    ...input.tried.flatMap(({ server, trial }) => [
      gauge('triad_failover_test_timestamp_seconds', secondsOf(trial?.startedAt ?? null), { server }),
      gauge('triad_failover_test_verdict', VERDICT_VALUE[trial?.verdict ?? 'unknown'], { server }),
      ...(trial === null || trial.outageMs === null
        ? []
        : [gauge('triad_failover_test_outage_seconds', trial.outageMs / 1000, { server })]),
    ]),
  ]);
}

type Gauge = (name: MetricName, value: number, labels?: Readonly<Record<string, string>>) => Sample;

function survives(record: RunRecord | null, server: string): boolean {
  return (
    record?.checks.some(
      ({ id, subject, verdict }) =>
        id === 'cluster.survivesLoss' && subject.kind === 'server' && subject.server === server && verdict === 'pass',
    ) ?? false
  );
}

/** The server that a series of a check names; a way counts for the server that it leads to. Empty for the cluster. */
function serverOf(subject: Subject): string {
  switch (subject.kind) {
    case 'server':
    case 'node':
      return subject.server;
    case 'pair':
      return subject.to;
    case 'admin':
      return 'admin';
    case 'cluster':
      return '';
  }
}

/** The worst of each check on each server: both nodes, and all ways to a server, share a series. */
function checkSamples(record: RunRecord | null, gauge: Gauge): readonly Sample[] {
  const checks = record?.checks ?? [];
  const byPlace = new Map<string, { readonly check: string; readonly server: string; readonly verdicts: Verdict[] }>();
  for (const { id, subject, verdict } of checks) {
    const server = serverOf(subject);
    const key = `${id} ${server}`;
    const place = byPlace.get(key) ?? { check: id, server, verdicts: [] };
    place.verdicts.push(verdict);
    byPlace.set(key, place);
  }
  const places = [...byPlace].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, place]) => place);
  return [
    ...Object.entries(countVerdicts(checks.map(({ verdict }) => verdict))).map(([verdict, count]) =>
      gauge('triad_checks', count, { verdict }),
    ),
    ...places.map(({ check, server, verdicts }) => gauge('triad_check_verdict', VERDICT_VALUE[worstVerdict(verdicts)], { check, server })),
  ];
}

/** What the six nodes said of themselves in this run; a run that saw none says of roles that they are not as planned. */
function clusterSamples(record: RunRecord | null, gauge: Gauge): readonly Sample[] {
  const view = record?.views.after ?? record?.views.before ?? null;
  if (record === null || view === null) return [gauge('triad_roles_as_planned', 0)];
  const { plan } = record;
  const standings = rolesOf(view, plan);
  const labelsOf = (node: string): Readonly<Record<string, string>> => ({
    node,
    server: plan.nodes.find(({ id }) => id === node)?.server ?? '',
  });
  const syncs = syncOf(view, plan);
  return [
    ...plan.nodes.map(({ id }) => gauge('triad_node_up', flag(view.views.some(({ node }) => node === id)), labelsOf(id))),
    ...standings.map(({ node, standing }) => gauge('triad_node_role_as_planned', flag(standing === 'asPlanned'), labelsOf(node))),
    gauge('triad_roles_as_planned', flag(standings.length > 0 && standings.every(({ standing }) => standing === 'asPlanned'))),
    ...syncs.map(({ node, isInSync }) => gauge('triad_replica_in_sync', flag(isInSync), labelsOf(node))),
    ...syncs.flatMap(({ node, lagBytes }) => (lagBytes === null ? [] : [gauge('triad_replication_lag_bytes', lagBytes, labelsOf(node))])),
  ];
}
