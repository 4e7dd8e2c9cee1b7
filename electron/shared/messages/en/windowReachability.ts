/** Texts of the wizard's step Reachability, and of what it shares with the steps after it: checks, rules, remedies in the window's words. */
export const windowReachabilityTexts = {
  'window.reachability.title': 'Reachability and prerequisites',
  'window.reachability.lead': 'Before anything is changed, Triad proves that the three servers can carry the cluster and reach each other.',
  'window.reachability.lead.active': 'The servers are being checked. {{count}} answers so far.',
  'window.reachability.lead.interrupted': 'Triad was ended in the middle of this check. Nothing was changed; check again.',
  'window.reachability.lead.stopped': 'The check was stopped. Nothing was changed; what was found until then stands below.',
  'window.reachability.lead.failed': 'The check could not be finished. What was found until then stands below.',
  'window.reachability.lead.blockedOne': 'One thing forbids to install. It stands below with what to do.',
  'window.reachability.lead.blocked': '{{count}} things forbid to install. Each stands below with what to do.',
  'window.reachability.lead.blockedWays': '{{count}} ways that must be open are closed. Each stands below with what to do.',
  'window.reachability.lead.ready': 'The servers are ready: {{count}} checks at {{time}}, and nothing forbids to install.',
  'window.reachability.lead.readyWithOpenings':
    'The servers are ready: {{count}} checks at {{time}}. The plan opens {{opened}} ways that a firewall of the servers closes now.',
  'window.reachability.check': 'Check servers',
  'window.reachability.checkAgain': 'Check again',
  'window.reachability.checkAgain.what': 'All checks run again; that takes a few seconds.',
  'window.reachability.checking': 'Checking',
  'window.reachability.stop': 'Stop',
  'window.reachability.review': 'Review the changes',
  'window.reachability.incomplete': 'Something is missing in the steps before; they are marked on the left.',
  'window.reachability.connecting': 'Connecting to the servers',
  'window.reachability.empty': 'Not checked yet',
  'window.reachability.empty.servers':
    'Looks at each server: system, memory, disk, clock, ports, firewall, kernel settings, other Redis servers.',
  'window.reachability.empty.ways':
    'Tries all 24 ways between the servers with temporary listeners on the four ports; they end by themselves after 30 s at most.',
  'window.reachability.empty.nothing': 'Changes no file, no setting and no service on any server.',
  'window.reachability.empty.time': 'That takes a few seconds.',
  'window.reachability.ways': 'Ways between the servers',
  'window.reachability.matrix.hint':
    'Choose a square to see what answered, and the rule that opens it. With the keyboard: arrow keys and Enter.',
  'window.reachability.openings':
    'The firewalls of {{servers}} close {{count}} ways now; the plan opens them, and installing proves it before a node starts.',
  'window.reachability.openings.list': 'Closed now by the firewall of the server, and opened by the plan: {{ways}}',
  'window.reachability.way.reach': '{{reach}}: {{what}} ({{duration}})',
  'window.reachability.opens.plan':
    'Nothing to do: the firewall of {{server}} closes it now, and the plan opens it. The rule stands in the review, and installing proves that the way is open before a node starts.',
  'window.reachability.opens.somebodyElse':
    'Triad cannot open it: what closes it is not the firewall on {{server}}, but something on the way or on the other side. Hand this rule to the network team:',
  'window.reachability.letOpen': 'Open it for me',
  'window.reachability.letOpen.what':
    'Lets Triad manage the firewalls of the servers ({{firewall}} on {{server}}). The rules become part of the plan, stand in the review and can be taken back; nothing is opened before you install. Then everything is checked again.',
  'window.reachability.checks': 'Checks',
  'window.reachability.copyAllRules': 'Copy all rules for the network team',

  'window.rule.form': 'Form of the rule',
  'window.rule.form.text': 'in words',
  'window.rule.copy': 'Copy rule',
  'window.rule.sentenceOne':
    'Please allow TCP from {{source}} ({{from}}) to {{destination}} ({{to}}) on destination port {{ports}}, and the answers. Nobody else needs it: the nodes of a Redis Cluster reach each other directly.',
  'window.rule.sentence':
    'Please allow TCP from {{source}} ({{from}}) to {{destination}} ({{to}}) on destination ports {{ports}}, and the answers. Nobody else needs it: the nodes of a Redis Cluster reach each other directly.',

  'window.run.putRight': 'Go to the step {{step}}',
  'window.check.expected': 'Expected: {{expected}}',
  'window.check.ways': 'Ports between servers',
  'window.check.proof': '{{observed}}. Wanted: {{expected}}. Seen at {{time}} from {{from}} through SSH.',
  'window.check.proofOfWay': '{{observed}}. Wanted: {{expected}}. Tried at {{time}} on {{from}}.',

  'window.remedy.check.unobserved': 'Make sure that {{server}} can be reached, then check again.',
  'window.remedy.check.unread': 'Check again. If it stays so, please report it with the run record.',
  'window.remedy.check.pair.untried': 'Remove what the checks of {{from}} and {{to}} name, then check again.',
  'window.remedy.check.pair.adminUntried': 'Remove what the checks of {{to}} name, then check again.',
  'window.remedy.check.pair.willBeOpened': 'Nothing to do: installing adds the rule.',
  'window.remedy.check.kernel.willBeSet': 'Nothing to do: installing sets it and keeps it over a reboot.',
  'window.remedy.check.server.memory': 'Give the server {{needed}}, or set the memory of a node to {{possible}} or less in the step Redis.',
  'window.remedy.check.server.dataFolder.network': 'Choose a data folder on a local disk in the step Redis (under More).',
  'window.remedy.check.server.dataFolder.memory': 'Choose a data folder on a disk in the step Redis (under More).',
  'window.remedy.check.server.firewall.missing': 'Install: it adds the rules, and keeps them over a reboot.',
  'window.remedy.check.server.firewall': 'Let Triad manage the firewalls, or add the rules yourself:\n{{rules}}',
  'window.remedy.check.server.ownFiles.wrongKind': 'Move them away, or choose other folders in the step Redis (under More).',
  'window.remedy.check.server.serviceUser.absent': 'Install: it makes the account and corrects the owners.',
  'window.remedy.check.server.listenersGone': 'They end by themselves soon. Wait a minute and check again.',
  'window.remedy.check.server.drift': 'Look at the step Review, which shows each difference. Installing brings it back to the plan.',
  'window.remedy.check.cluster.silent': 'Bring the silent nodes back (their own results say how), then look again.',
  'window.remedy.check.cluster.roles': 'Let Triad restore the planned roles.',
  'window.remedy.check.cluster.survivesLoss':
    'Let Triad restore the planned roles; if a replica is missing or not in sync, remove the cause first.',
  'window.remedy.check.cluster.members.suspected': 'Look again in a few seconds: a suspicion either ends or becomes a failure.',
  'window.remedy.check.cluster.epochs': 'Redis resolves it by itself within seconds: look again.',
  'window.remedy.check.node.answers.noCluster': 'Install, then run `systemctl restart {{unit}}`: a setting that only a start reads.',
  'window.remedy.check.node.answers.loading': 'Wait until it has loaded, then look again.',
  'window.remedy.check.node.settings': 'Install again: it sets them while the node runs.',
  'window.remedy.check.node.password': 'Install with the right password, then run `systemctl restart {{unit}}` on {{server}}.',
  'window.remedy.check.node.service.absent': 'Install again.',
  'window.remedy.check.node.service.notEnabled': 'Run `systemctl enable {{unit}}` on {{server}}, or install again.',
} as const;
