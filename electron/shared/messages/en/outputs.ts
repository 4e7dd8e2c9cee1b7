/** Words of what a scheduled run leaves for other programs: JUnit XML and Prometheus. */
export const outputsTexts = {
  'junit.on': 'on',
  'junit.expected': 'expected',
  'junit.observed': 'observed',
  'junit.remedy': 'remedy',
  'metrics.triad_validation_verdict': 'Verdict of the last validation: 0 pass, 2 works without tolerance, 3 unknown, 4 fail or not begun',
  'metrics.triad_validation_completed':
    '1 if the last validation came to its end, 0 if it could not begin, failed on the way or was interrupted',
  'metrics.triad_validation_timestamp_seconds': 'When the last validation ended or gave up, Unix time',
  'metrics.triad_validation_passed_timestamp_seconds': 'When a validation passed last, Unix time; 0 for never',
  'metrics.triad_validation_duration_seconds': 'How long the last validation took',
  'metrics.triad_checks': 'Results of the last validation by verdict',
  'metrics.triad_check_verdict':
    'Worst verdict of a check on a server: -1 does not apply, 0 pass, 1 warning, 2 works without tolerance, 3 unknown, 4 fail; without server: of the cluster',
  'metrics.triad_cluster_survives_loss':
    '1 if the last validation saw that the cluster goes on without this server; 0 if not, or if it could not see',
  'metrics.triad_node_up': '1 if the node answered in the last validation',
  'metrics.triad_node_role_as_planned': '1 if the node has the role, master and slots of the plan',
  'metrics.triad_roles_as_planned': '1 if all nodes have the roles of the plan; 0 if not, or if that could not be seen',
  'metrics.triad_replica_in_sync': '1 if the node follows its master: link up, first copy done, offset caught up',
  'metrics.triad_replication_lag_bytes': 'Bytes that the replica is behind its master',
  'metrics.triad_failover_test_timestamp_seconds':
    'When the loss of this server was tested last, Unix time; 0 for never since the installation',
  'metrics.triad_failover_test_outage_seconds': 'How long the shard of this server took no writes in its last failover test',
  'metrics.triad_failover_test_verdict':
    'Verdict of the last failover test of this server: 0 pass, 1 warning, 3 unknown or never tested, 4 fail',
} as const;
