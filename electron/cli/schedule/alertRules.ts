import { stringify } from 'yaml';
import { labelText, VERDICT_VALUE, type MetricName } from '../../report/metrics.ts';
import { message, say } from '../../shared/messages/message.ts';
import { EVERY } from './every.ts';
import type { ScheduleInput } from './scheduleInput.ts';

/** After how many missed turns a validation counts as not made any more. */
const MISSED_TURNS = 3;
/** A replica that is further behind than this at two validations in a row does not keep up; the bound of `node.replication` is 64 KiB at one moment. */
const MOST_LAG_BYTES = 1_048_576;
/** After this a failover test says little of the servers as they are: two patch days lie in between. */
const TEST_AGE_DAYS = 90;

/** What stands in a text of a rule where Prometheus is to put the server's name. */
const SERVER = '{{ $labels.server }}';
const NODE = '{{ $labels.node }}';

/** A file of alerting rules for Prometheus on the metrics of one cluster, for a validation that runs so often. */
export function alertRules({ cluster, every, redisOnly }: Pick<ScheduleInput, 'cluster' | 'every' | 'redisOnly'>): string {
  const { seconds } = EVERY[every];
  const of = (name: MetricName): string => `${name}{cluster="${labelText(cluster)}"}`;
  const rule = (alert: string, severity: 'warning' | 'critical', expr: string, summary: string, forSeconds = 0): object => ({
    alert,
    expr,
    ...(forSeconds === 0 ? {} : { for: `${forSeconds}s` }),
    labels: { severity },
    annotations: { summary },
  });
  const notRun = of('triad_validation_timestamp_seconds');
  const rules = [
    rule(
      'TriadValidationNotRun',
      'warning',
      `time() - ${notRun} > ${seconds * MISSED_TURNS} or absent(${notRun})`,
      say(message('schedule.alert.notRun', { cluster })),
    ),
    rule(
      'TriadValidationNotCompleted',
      'warning',
      `${of('triad_validation_completed')} == 0`,
      say(message('schedule.alert.notCompleted', { cluster })),
    ),
    rule(
      'TriadValidationVerdictLowered',
      'critical',
      // With Redis access alone the best is `unknown`, for the checks that need SSH. That a node did not answer is told by the loss that is not survived.
      `${of('triad_validation_verdict')} > 0${redisOnly ? ` != ${VERDICT_VALUE.unknown}` : ''}`,
      say(message('schedule.alert.verdict', { cluster })),
    ),
    rule(
      'TriadSurvivesLossLost',
      'critical',
      `${of('triad_cluster_survives_loss')} == 0`,
      say(message('schedule.alert.survives', { cluster, server: SERVER })),
    ),
    rule('TriadRolesNotAsPlanned', 'warning', `${of('triad_roles_as_planned')} == 0`, say(message('schedule.alert.roles', { cluster }))),
    rule(
      'TriadReplicationLag',
      'warning',
      `${of('triad_replication_lag_bytes')} > ${MOST_LAG_BYTES}`,
      say(message('schedule.alert.lag', { cluster, node: NODE })),
      // Two validations must have seen it, as the file keeps its figures in between: a busy master is ahead for a moment.
      seconds * 1.5,
    ),
    rule(
      'TriadReplicaNotInSync',
      'warning',
      `${of('triad_replica_in_sync')} == 0`,
      say(message('schedule.alert.sync', { cluster, node: NODE })),
      seconds * 1.5,
    ),
    rule(
      'TriadFailoverTestTooOld',
      'warning',
      `time() - ${of('triad_failover_test_timestamp_seconds')} > ${TEST_AGE_DAYS * 86_400}`,
      say(message('schedule.alert.testOld', { cluster, server: SERVER, days: TEST_AGE_DAYS })),
    ),
    rule(
      'TriadFailoverTestFailed',
      'critical',
      `${of('triad_failover_test_verdict')} >= ${VERDICT_VALUE.fail}`,
      say(message('schedule.alert.testFailed', { cluster, server: SERVER })),
    ),
  ];
  const head = `# ${say(message('schedule.alerts.head', { cluster }))}\n`;
  return head + stringify({ groups: [{ name: `triad-${cluster}`, rules }] }, { lineWidth: 0 });
}
