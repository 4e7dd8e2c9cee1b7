/** Texts of the wizard's step Placement. */
export const windowPlacementTexts = {
  'window.placement.title': 'Where everything runs',
  'window.placement.lead':
    'Every server runs one master and the replica of another server’s master. Nothing is installed yet: click through what a loss would do.',
  'window.placement.primary': 'Continue to Reachability',
  'window.placement.question': 'What happens if a server is lost?',
  'window.placement.nothingLost': 'Nothing lost',
  'window.placement.lost': '{{server}} is lost',
  'window.placement.moment': 'At which moment',
  'window.placement.moment.during': 'While it is lost',
  'window.placement.moment.after': 'Once it is back',
  'window.placement.moment.restored': 'Roles given back',
  'window.placement.figure.planned': 'The planned layout of {{cluster}}',
  'window.placement.figure.during': 'Expected layout while {{server}} is lost',
  'window.placement.figure.after': 'Expected layout once {{server}} is back',
  'window.placement.figure.restored': 'Expected layout with the roles given back',
  'window.placement.story': 'What happens',

  'window.placement.planned.crossed': 'The replica of a master never stands on its own server: {{pairs}}.',
  'window.placement.planned.pair': '{{master}} is copied to {{replica}}',
  'window.placement.planned.majority': 'Two of three masters remain when one server is lost: a majority, which may promote a replica.',
  'window.placement.survivesAny': 'Any one server may be lost.',

  'window.placement.during.takeover':
    '{{master}} is gone. After about {{range}} its replica {{replica}} on {{server}} takes over slots {{slots}}.',
  'window.placement.during.outage': 'Until then these slots answer nobody: a third of the keys. The other two thirds go on.',
  'window.placement.during.writes':
    'Writes that {{master}} had acknowledged and not yet copied are missing: the last milliseconds, mostly none.',
  'window.placement.during.uncopied': '{{replica}} is gone too: {{master}} has no copy meanwhile.',
  'window.placement.during.survives': 'The loss of a second server is not survived before {{server}} is back.',
  'window.placement.after.returns': '{{master}} comes back as a replica of {{replica}} and copies what it missed.',
  'window.placement.after.copied': '{{replica}} copies {{master}} again.',
  'window.placement.after.clients': 'Clients notice nothing of the return.',
  'window.placement.after.survives':
    'Two masters run on {{server}} now: were it lost, no majority would remain. The other two servers may be lost.',
  'window.placement.restored.how':
    'Triad gives the roles back without losing a write: the failover test by itself, at other times `triad restore-roles`.',
  'window.placement.restored.blink': 'Each of the two nodes changes its role within a moment; clients are redirected.',

  'window.placement.table': 'Who holds what',
  'window.placement.table.now': 'Who holds what: {{moment}}',
  'window.placement.table.shard': 'Shard',
  'window.placement.table.slots': 'Slots',
  'window.placement.table.keys': 'Part of the keys',
  'window.placement.table.master': 'Master',
  'window.placement.table.replica': 'Replica',
  'window.placement.table.noReplica': 'none, {{node}} is lost',
  'window.placement.table.tookOver': '{{node}}, took over',
  'window.placement.table.share': '{{percent}} %',

  'window.placement.open.title': 'There is no layout to show yet',
  'window.placement.open.lead': 'Some fields of the steps before are empty or cannot be read.',
  'window.placement.open.servers': 'To the servers',
  'window.placement.open.redis': 'To Redis',
} as const;
