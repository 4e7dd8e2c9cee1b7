/** Texts of the checks on a node. Every code begins with `check.node.`; and of the comparison of a server with the plan. */
export const nodeCheckTexts = {
  'check.node.unobserved.expected': 'The node answers',
  'check.node.unobserved.observed': 'Not known: the node did not answer',
  'check.node.unobserved.remedy': 'Bring the node back: `systemctl status {{unit}}` on {{server}}.',

  'check.node.answers.title': 'Answers',
  'check.node.answers.expected': 'The node answers, with cluster support on and its data loaded',
  'check.node.answers.observed': 'It answers',
  'check.node.answers.silent': 'No answer',
  'check.node.answers.silentBecause': 'No answer: {{reason}}',
  'check.node.answers.notFromHere': 'No answer to this computer: {{reason}}. Its peers do hear of it.',
  'check.node.answers.notFromHere.remedy':
    'Let this computer reach port {{port}} of {{server}}, or validate without --redis-only: Triad goes through SSH then.',
  'check.node.answers.remedy': 'Look why on {{server}}: `systemctl status {{unit}}` and `journalctl -u {{unit}}`.',
  'check.node.answers.noCluster': 'It answers, but runs without cluster support',
  'check.node.answers.noCluster.remedy': 'Run `triad install`, then `systemctl restart {{unit}}`: a setting that only a start reads.',
  'check.node.answers.loading': 'It is still loading its data',
  'check.node.answers.loading.remedy': 'Wait until it has loaded, then run `triad validate` again.',

  'check.node.version.title': 'Version',
  'check.node.version.expected': '{{engine}} {{version}}',
  'check.node.version.observed': '{{version}}',
  'check.node.version.unknown': 'The node does not say its version',
  'check.node.version.remedy':
    'Run `triad install`, then `systemctl restart {{unit}}` in a quiet hour: replicas first, one node at a time, `triad validate` in between.',

  'check.node.settings.title': 'Settings',
  'check.node.settings.expected': 'The running process has the planned settings',
  'check.node.settings.observed': '{{count}} settings as planned',
  'check.node.settings.different': 'Other than planned: {{settings}}',
  'check.node.settings.remedy': 'Run `triad install`: it sets them while the node runs.',
  'check.node.settings.restart.remedy':
    'Run `triad install`, then `systemctl restart {{unit}}` on {{server}} in a quiet hour: replicas first, one node at a time, `triad validate` in between.',
  'check.node.settings.unread': 'The settings could not be read',
  'check.node.settings.refused': 'Redis does not tell its settings: {{reason}}',
  'check.node.settings.refused.remedy':
    'Let the user that Triad logs in with run CONFIG GET under that name, or compare the configuration file by hand.',
  'check.node.settings.someUnread': 'Could not be read: {{settings}}',

  'check.node.password.title': 'Password',
  'check.node.password.expected': 'requirepass and masterauth are set, equal, and the same on all nodes',
  'check.node.password.observed': 'Set, and equal',
  'check.node.password.open': 'requirepass is not set: everybody who reaches the port may read and write',
  'check.node.password.noneOffered': 'masterauth is not set: as a replica the node cannot copy from its master',
  'check.node.password.different': 'masterauth is different from requirepass: after a failover the replicas cannot copy',
  'check.node.password.another': 'Different from the password of the other nodes',
  'check.node.password.remedy': 'Run `triad install` with the right password, then `systemctl restart {{unit}}` on {{server}}.',
  'check.node.password.refused': 'Redis does not tell whether one is set: {{reason}}',
  'check.node.password.unread': 'Whether a password is set could not be read',

  'check.node.persistence.title': 'Data on disk',
  'check.node.persistence.expected': 'The last write to disk worked (persistence: {{persistence}})',
  'check.node.persistence.observed': 'It worked',
  'check.node.persistence.none': 'Nothing is kept on disk, as planned',
  'check.node.persistence.saveFailed': 'The last snapshot failed: the node refuses writes',
  'check.node.persistence.aofFailed': 'The last write to the append-only file failed: the node refuses writes',
  'check.node.persistence.aofOff': 'The append-only file is off: the node would come back empty, and its replica would follow',
  'check.node.persistence.remedy':
    'Look for the reason in {{log}}; most often the disk is full (`df -h {{folder}}`) or memory cannot be overcommitted.',

  'check.node.usedMemory.title': 'Memory in use',
  'check.node.usedMemory.expected': 'Less than {{percent}} % of {{limit}}',
  'check.node.usedMemory.observed': '{{used}}, {{percent}} % ({{keys}} keys)',
  'check.node.usedMemory.unknown': 'The memory in use could not be read',
  'check.node.usedMemory.remedy':
    'A full node refuses writes. Raise redis.maxMemory in the specification and run `triad install`, or let keys expire earlier.',

  'check.node.connections.title': 'Connections',
  'check.node.connections.expected': 'Less than {{percent}} % of those that are let in',
  'check.node.connections.observed': '{{connected}} of {{limit}}',
  'check.node.connections.unknown': 'How many are let in is not told',
  'check.node.connections.unknown.remedy': 'Ask the node itself: `INFO clients` and `CONFIG GET maxclients`.',
  'check.node.connections.remedy':
    'Beyond maxclients new clients are turned away. Look for clients that do not close their connections (`CLIENT LIST`), or raise maxclients.',

  'check.node.replication.title': 'Replication',
  'check.node.replication.expected.replica': 'Connected to its master, first copy done, caught up',
  'check.node.replication.expected.master': 'A replica follows this master',
  'check.node.replication.inSync': 'Follows {{master}}, {{lagBytes}} bytes behind',
  'check.node.replication.followed': 'Followed by {{replicas}}',
  'check.node.replication.unknown': 'The node does not say what it is yet',
  'check.node.replication.noSlots': 'Serves no slots, so none is needed',
  'check.node.replication.alone': 'No replica follows: the loss of this node loses its slots',
  'check.node.replication.alone.remedy':
    'Look at the results of the replicas. If all run but replicate another master, run `triad restore-roles`.',
  'check.node.replication.remedy': 'Look for the reason in {{log}} on {{server}}: a wrong password, a closed port, a full disk.',
  'check.node.replication.lagging.remedy':
    'Run `triad validate` again. If it does not catch up, look at the network and the disk of the replica.',

  'check.node.uptime.title': 'Keeps running',
  'check.node.uptime.expected': 'systemd does not have to start it again and again',
  'check.node.uptime.observed': 'Up for {{seconds}} s',
  'check.node.uptime.young': 'Up for {{seconds}} s only: too early to tell',
  'check.node.uptime.restarting': 'Up for {{seconds}} s only; restarts by systemd: {{restarts}}',
  'check.node.uptime.remedy': 'Look why it ends, on {{server}}: `journalctl -u {{unit}}` and {{log}}.',
  'check.node.uptime.unknown': 'The time since its start could not be read',

  'check.node.logErrors.title': 'Log',
  'check.node.logErrors.expected': '{{log}} tells of no trouble since the last start',
  'check.node.logErrors.expectedSince': '{{log}} tells of no trouble since the last validation from this computer ({{at}})',
  'check.node.logErrors.noFile.expected': 'Its log tells of no trouble',
  'check.node.logErrors.noFile': 'It logs into no file; its service may (`journalctl`)',
  'check.node.logErrors.none': 'Of none',
  'check.node.logErrors.absent': 'It is not there: nothing was logged since the last one was put aside',
  'check.node.logErrors.one': 'One line does: {{line}}',
  'check.node.logErrors.some': '{{count}} lines do, at last: {{line}}',
  'check.node.logErrors.remedy':
    'Read {{log}} on {{server}} around that time. The next validation from this computer tells only of what comes after this one.',
  'check.node.logErrors.unread': '{{log}} could not be read',
  'check.node.logErrors.notYet': 'Not installed yet',

  'check.node.service.title': 'Service',
  'check.node.service.expected': '{{unit}} runs and starts at boot',
  'check.node.service.observed': '{{state}}, enabled',
  'check.node.service.absent': 'There is no such service',
  'check.node.service.absent.remedy': 'Run `triad install`.',
  'check.node.service.notActive': 'It does not run: {{state}}',
  'check.node.service.notActive.remedy':
    'Look why on {{server}}: `journalctl -u {{unit}}`. Then `systemctl start {{unit}}`, or run `triad install`.',
  'check.node.service.notEnabled': 'It runs, but does not start at boot',
  'check.node.service.notEnabled.remedy': '`systemctl enable {{unit}}` on {{server}}, or run `triad install`.',
  'check.node.service.needsReload': 'Its unit file was changed after systemd read it',
  'check.node.service.needsReload.remedy': '`systemctl daemon-reload` on {{server}}.',
  'check.node.service.unnamed.expected': 'A service runs the node and starts it at boot',
  'check.node.service.unnamed':
    '{{unit}} runs it. Whether it starts at boot is looked at once the specification names it: adopted.nodes, unit: {{unit}}',
  'check.node.service.noUnit': 'The process {{pid}} belongs to no service: nothing starts it at boot',
  'check.node.service.noUnit.remedy': 'Give it a service of its own on {{server}}, which starts at boot.',
  'check.node.service.noHolder': 'What holds port {{port}} is not known',
  'check.node.service.unread': '{{unit}} was not looked at',

  'check.server.asInBundle.title': 'As in the bundle',
  'check.server.asInBundle.expected': 'Host key, machine, system, addresses, programs and files are those of the bundle',
  'check.server.asInBundle.same': 'They are',
  'check.server.asInBundle.different': '{{count}} differ: {{parts}}',
  'check.server.asInBundle.remedy':
    'Look at the differences. Where they are wanted, export the bundle again; else bring the server back with `triad install`.',
  'check.server.asInBundle.unseen': 'The server was not seen',
  'check.cluster.asInBundle.title': 'Nodes of the bundle',
  'check.cluster.asInBundle.expected': 'The six nodes have the ids and the version that the bundle holds',
  'check.cluster.asInBundle.same': 'They have',
  'check.cluster.asInBundle.different': 'They have not',
  'check.cluster.asInBundle.remedy':
    'A node with another id was made anew. Where that was wanted, export the bundle again; else look for what it has lost.',
  'check.cluster.asInBundle.unseen': 'No node has answered',

  'check.server.drift.title': 'As installed',
  'check.server.drift.expected': 'Files, folders, programs and services are as planned',
  'check.server.drift.none': 'Nothing differs',
  'check.server.drift.some': '{{count}} differ: {{changes}}',
  'check.server.drift.remedy': 'Look at `triad plan`, which shows each difference. `triad install` brings it back to the plan.',
  'check.server.drift.unknown': 'Was not compared with the plan',
} as const;
