/** Words of `triad schedule` and in what it prints. */
export const scheduleTexts = {
  'schedule.usage.kind': '--kind takes one of: {{known}}',
  'schedule.usage.every': '--every takes one of: {{known}}',
  'schedule.agent':
    'The specification logs in through an SSH agent. A scheduled run has none: give a key without one, or set SSH_AUTH_SOCK in the environment file.',
  'schedule.noMetrics': 'Without --prometheus FILE nothing is written for monitoring; the alert rules need it.',
  'schedule.description': 'Triad: validate the Redis Cluster {{cluster}}',
  'schedule.environment': 'Secrets come from {{file}}, which only its owner may read (mode 0600):',
  'schedule.environment.fill': 'Then write each secret between its quotes.',
  'schedule.cron.head': 'Triad validates {{cluster}}. Add the last line with `crontab -e` as {{user}}.',
  'schedule.cron.log': 'Everything it prints is added to {{file}}.',
  'schedule.systemd.head': 'Triad validates {{cluster}}. Run this as root, or take the two units from it.',
  'schedule.systemd.try': 'Once by hand: systemctl start {{service}}; what it printed: journalctl -u {{service}}',
  'schedule.task.head':
    'Triad validates {{cluster}}. Save this as triad.xml, then: schtasks /Create /TN "Triad\\validate {{cluster}}" /XML triad.xml',
  'schedule.task.environment':
    'Secrets ({{names}}) come from {{file}}, with a line @set "NAME=value" for each. Let nobody else read it: icacls "{{file}}" /inheritance:r /grant:r "%USERNAME%:R"',
  'schedule.alerts.head':
    'Prometheus rules for the metrics that `triad validate --prometheus` writes of {{cluster}}. Name this file under rule_files.',
  'schedule.alert.notRun': '{{cluster}} has not been validated lately: all its other figures are from then',
  'schedule.alert.notCompleted': 'The last validation of {{cluster}} could not begin or did not come to its end',
  'schedule.alert.verdict': 'The last validation of {{cluster}} has not passed',
  'schedule.alert.survives': 'It is not proved that {{cluster}} survives the loss of {{server}}',
  'schedule.alert.roles': 'Masters and replicas of {{cluster}} are not where the plan has them',
  'schedule.alert.lag': 'The replica {{node}} of {{cluster}} falls behind its master',
  'schedule.alert.sync': 'The replica {{node}} of {{cluster}} does not follow its master',
  'schedule.alert.testOld': 'The loss of {{server}} of {{cluster}} has not been tested for {{days}} days',
  'schedule.alert.testFailed': 'The last failover test of {{server}} of {{cluster}} failed',
  'cli.about.schedule': 'print what makes this machine validate again and again: cron, systemd, Task Scheduler, alert rules',
  'cli.option.kind': 'cron, systemd, task-scheduler or alerts',
  'cli.option.every': 'how often: 5m, 15m, 30m, 1h, 2h, 6h, 12h, 1d or 7d',
  'cli.option.prometheus': "also write the result for node_exporter's textfile collector, such as triad.prom",
  'cli.option.junit': 'also write the result as JUnit XML',
  'cli.about.exitCodes':
    'Exit codes:\n  0    passed\n  1    a check, phase or trial has not\n  2    specification or usage wrong, or a file could not be written\n  3    no way to a server\n  4    nothing was found with Redis alone, but checks that need SSH could not be made\n  130  interrupted',
} as const;
