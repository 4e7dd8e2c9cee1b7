/** What the failover test measures beside its own writes: an application's client, replicas that are read, writes that wait for a replica. */
export const noticedTexts = {
  'failover.notMeasured.application': 'What an application notices could not be measured: {{reason}}',
  'failover.notMeasured.readers': 'What readers of the replicas notice could not be measured: {{reason}}',
  'failover.notMeasured.wait': 'What WAIT would save could not be measured: {{reason}}',

  'report.noticed.title': 'What an application noticed',
  'report.noticed.added':
    'An application that uses {{client}} with its defaults had no write acknowledged in the shard of the victim’s master for {{gap}}: the cluster and the network took {{cluster}}, the client added {{added}}.',
  'report.noticed.addedNothing':
    'An application that uses {{client}} with its defaults had no write acknowledged in the shard of the victim’s master for {{gap}}: the cluster and the network took {{cluster}}, and the client added nothing that can be told at {{resolution}}.',
  'report.noticed.noneFailed': 'It gave no write up.',
  'report.noticed.failed': 'Writes that it gave up with an error: {{failed}} of {{attempted}}.',
  'report.noticed.delayed': 'Writes that it held back for {{from}} or longer: {{delayed}}, the longest for {{longest}}.',
  'report.noticed.unanswered': 'Writes of which it told nothing until the end: {{unanswered}}.',
  'report.noticed.readers':
    'Reads from replicas that missed an acknowledged write: {{stale}} of {{reads}}. What they read was at most {{during}} behind during the outage, {{after}} after it.',
  'report.noticed.formerMaster':
    'The former master answered reads after another one had taken over; {{stale}} of {{reads}} answers were stale, by up to {{most}}.',
  'report.noticed.wait':
    'With WAIT 1 a replica confirmed {{confirmed}} of {{acknowledged}} writes within {{timeout}}. A write took {{with}} instead of {{without}} (median).',
  'report.noticed.waitNoneLost': 'None of them was lost.',
  'report.noticed.waitLost':
    'Of them {{lost}} were lost; a replica had confirmed {{lostConfirmed}}. An application that waits knows of the other {{known}} and can write them again.',
  'report.noticed.waitUnknown': 'They could not be read back, so nobody knows whether any was lost.',
  'report.noticed.gap': 'Longest gap',
  'report.noticed.cluster': 'Cluster, network',
  'report.noticed.byClient': 'Added by client',
  'report.noticed.gaveUp': 'Given up',
  'report.noticed.held': 'Held back',
  'report.noticed.longest': 'Longest',
  'report.noticed.caption':
    '{{client}} with its defaults over connections of its own, {{rate}} writes a second in each shard; gaps are known to {{resolution}}. Cluster, network: the same gap as the test’s own writers saw it. Held back: acknowledged after {{from}} or more.',
  'report.noticed.said': 'What it said of the writes that it gave up',
  'report.noticed.saidCount': '{{error}} ({{count}} times)',
  'report.noticed.reads': 'Reads from replicas: stale / all, 95 % and most behind',
  'report.noticed.from': 'Read from',
  'report.noticed.fromReplicas': 'Replicas',
  'report.noticed.fromFormerMaster': 'Former master',
  'report.noticed.readCell': '{{stale}} / {{reads}}, {{p95}}, {{most}}',
  'report.noticed.readsCaption':
    'A number was counted up in each shard, and read {{rate}} times a second from every node that did not own it. Behind: how much older the value was than the last one acknowledged before the read was sent, known to {{resolution}}.',
  'report.noticed.waitCaption':
    'WAIT is no guarantee: where another replica than the one that confirmed is promoted, a confirmed write is lost too.',
  'report.noticed.shortAdded':
    '{{server}}: {{gap}} with {{client}} (cluster {{cluster}}, client +{{added}}), {{failed}} given up, {{delayed}} held back',
  'report.noticed.shortNothing': '{{server}}: {{gap}} with {{client}} (cluster {{cluster}}), {{failed}} given up, {{delayed}} held back',
  'report.noticed.shortReaders': '{{server}}: replicas up to {{most}} behind',
  'report.noticed.shortWait':
    '{{server}}: WAIT confirmed {{confirmed}} of {{acknowledged}}; {{lost}} lost, {{lostConfirmed}} of them confirmed',
} as const;
