/** Texts of the wizard's step Failover test. */
export const windowFailoverTexts = {
  'window.failover.title': 'Failover test',
  'window.failover.lead':
    'Takes a server away on purpose, measures what clients notice, and puts everything back. This is the proof that the cluster survives.',
  'window.failover.incomplete': 'Something is missing in the steps before.',
  'window.failover.open.title': 'There is no cluster to test yet',

  'window.failover.does.title': 'What it does',
  'window.failover.does.ready': 'It looks whether the cluster is ready. If not, nothing is touched.',
  'window.failover.does.baseline':
    'It writes small keys with an expiry to all three shards, 200 a second each, and measures how that goes when all is well.',
  'window.failover.does.kill':
    'It kills both nodes of the server and keeps them down. A timer on the server itself starts them again, whatever becomes of this computer.',
  'window.failover.does.wait': 'It waits until the replica has taken over, and writes on to see the cluster serve.',
  'window.failover.does.heal':
    'It starts the nodes again, waits until they are in sync, gives the masters their planned nodes back, and deletes its keys.',

  'window.failover.notice.title': 'What clients notice',
  'window.failover.notice.outage':
    'They cannot write to the lost shard for about {{range}}. That follows from the node timeout of {{timeout}}.',
  'window.failover.notice.others': 'The other two shards go on, with a pause of about a second at the most.',
  'window.failover.notice.lost':
    'Writes of the last milliseconds before the loss can be gone although they were acknowledged: replication is asynchronous. The test counts them.',
  'window.failover.notice.window': 'Choose a quiet hour, or a maintenance window, on a cluster that is in use.',

  'window.failover.choice': 'Server to lose',
  'window.failover.choice.all': 'All three, one after the other',
  'window.failover.choice.allNote': 'The full proof; about {{time}}',
  'window.failover.choice.one': 'Only {{server}}',
  'window.failover.choice.oneNote': 'About {{time}}; says nothing of the other two',
  'window.failover.consent': 'Whoever uses this cluster knows that writes to a shard stop for up to {{time}}, {{times}}.',
  'window.failover.consent.once': 'once',
  'window.failover.consent.three': 'three times',
  'window.failover.consent.why': 'Confirm first that its users know.',
  'window.failover.layout.title': 'What is lost',
  'window.failover.startAll': 'Lose all three servers in turn',
  'window.failover.startOne': 'Lose {{server}} now',
  'window.failover.skip': 'Go on without a test',

  'window.failover.lead.active': 'Everything that is done here is taken back at the end, also when you stop or close Triad.',
  'window.failover.lead.stopping': 'Stopping: the server is brought back first.',
  'window.failover.lead.interrupted': 'Triad was ended in the middle of this test.',
  'window.failover.stop': 'Stop the test',
  'window.failover.preparing': 'Getting ready',
  'window.failover.verifying': 'Checking the whole cluster once more',
  'window.failover.heal': 'Heal now',
  'window.failover.healing': 'Healing',
  'window.failover.heal.note':
    'Starts both nodes of {{server}} again at once and ends the test. The figures of this trial are lost, those before it stay.',
  'window.failover.fault': '{{server}} is down on purpose',
  'window.failover.noFault': 'Everything still runs',
  'window.failover.fault.over': '{{server}} runs again',
  'window.failover.waiting': 'Waiting',
  'window.failover.going': 'Now',
  'window.failover.notRun': 'Not tried',
  'window.failover.trials': 'Servers of this test',
  'window.failover.live': 'The trial of {{server}}',
  'window.failover.live.layout': 'Roles at this moment',
  'window.failover.live.clock': 'Shard {{shard}} without writes',
  'window.failover.live.expected': 'expected {{range}}',
  'window.failover.live.out': 'so far',
  'window.failover.live.back': 'and served again',
  'window.failover.live.shards': 'Writes by shard',
  'window.failover.live.shard': 'Shard',
  'window.failover.live.rate': 'Writes/s',
  'window.failover.live.outage': 'Longest gap',
  'window.failover.live.lost': '{{shard}} (its master is lost)',
  'window.failover.live.mark': '{{mark}}, {{time}} after the loss',
  'window.failover.live.now': '{{server}}: {{doing}}',

  'window.tried.all': 'Each server was lost once on purpose, and the cluster survived it.',
  'window.tried.none': 'No server was lost on purpose yet.',
  'window.tried.passed': 'Survived the loss of {{servers}}.',
  'window.tried.failed': 'Did not survive the loss of {{servers}} as it should.',
  'window.tried.unclear': 'Could not be judged: the loss of {{servers}}.',
  'window.tried.not': 'Not tested: {{servers}}.',
  'window.failover.choice.last': 'Tested {{at}}: {{verdict}}, {{outage}} without writes.',
  'window.failover.choice.never': 'Not tested since the installation.',
  'window.failover.earlier': 'on {{at}}',

  'window.failover.result': '{{server}} lost',
  'window.failover.result.picture': 'Pictures of this trial',
  'window.failover.result.outage': 'Without writes',
  'window.failover.result.expected': 'expected {{range}}',
  'window.failover.result.lostWrites': 'Acknowledged writes lost',
  'window.failover.result.ofWrites': 'of {{count}}',
  'window.failover.result.restored': 'As planned again',
  'window.failover.result.afterLoss': 'after the loss',
  'window.failover.again': 'Test again',
  'window.failover.toReport': 'See the report',

  'window.failover.state': 'How the test left the cluster',
  'window.failover.state.untouched': 'No server was touched: the test ended before any was lost.',
  'window.failover.state.asPlanned': 'All nodes run, and the masters are where they were planned.',
  'window.failover.state.returned': 'All nodes of the lost server run again, and the masters were given their planned nodes back.',
  'window.failover.state.rolesDiffer':
    'All nodes run, but a replica still has the part of its master. The cluster serves; the loss of one more server could stop it. “Restore the planned roles” under Maintenance puts that right.',
  'window.failover.state.serverDown':
    'The nodes of {{server}} may still be down. A timer on {{server}} starts them by itself within minutes; the rest of the cluster goes on. Validate the cluster then (step Report).',
  'window.failover.state.interrupted':
    'If a server was down at that moment, a timer on it has started its nodes by itself within minutes. The masters may not be where they were planned. Validate the cluster (step Report), or test again: a test begins only on a cluster that is ready.',
  'window.failover.state.unknown': 'Nobody has looked since. Validate the cluster (step Report) to know.',

  'window.remedy.failover.notHealed':
    'The server starts its services by itself, at the latest {{seconds}} s after the fault: that was placed on it before. Wait for it, or start them by hand; after a restart of the server they start anyway. Then restore the planned roles under Maintenance.',
} as const;
