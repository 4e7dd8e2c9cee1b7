/** Texts of the wizard's step Redis. Helps are two sentences: what the field is, and why it matters. */
export const windowRedisTexts = {
  'window.redis.title': 'How Redis shall run',
  'window.redis.lead': 'The defaults suit user sessions on three servers: you may continue at once. Every field says what its value means.',
  'window.redis.lead.windows':
    'Windows servers need an archive with Redis, which you bring. For everything else the defaults suit user sessions on three servers.',
  'window.redis.primary': 'Continue to Placement',
  'window.redis.hold': 'Some fields need you first; they are marked.',

  'window.redis.section.program': 'Program and password',
  'window.redis.section.memory': 'Memory and disk',
  'window.redis.section.loss': 'When a server is lost',
  'window.redis.section.clients': 'Who connects',
  'window.redis.more': 'More: name, ports, folders',
  'window.redis.more.summary': 'Cluster {{name}}, ports {{masterPort}} and {{replicaPort}}',

  'window.redis.version': 'Version',
  'window.redis.version.help':
    'The program that runs on all three servers; Triad brings it along, so the servers need no internet. What counts is who fixes its security holes, until when, and whether OutSystems lists it.',
  'window.redis.version.redis': 'Redis {{version}}',
  'window.redis.version.valkey': 'Valkey {{version}}',
  'window.redis.version.missing': '{{build}} (not in this package)',
  'window.redis.version.own': 'An archive of my own',
  'window.redis.version.unavailable': 'This package does not bring it. Choose another version, or an archive of your own.',
  'window.redis.support.until': 'Security fixes by {{by}} until {{until}}.',
  'window.redis.support.ended': 'Security fixes by {{by}} ended in {{until}}.',
  'window.redis.support.distribution': 'Debian',
  'window.redis.support.redis': 'Redis',
  'window.redis.support.valkey': 'the Valkey project',
  'window.redis.support.listed': 'OutSystems lists it for sessions since Platform Server {{since}}.',
  'window.redis.support.notListed': 'OutSystems does not list it for sessions.',
  'window.redis.support.own': 'Whoever built it looks after it: Triad checks that it is complete and fits the servers, and nothing more.',

  'window.redis.archive': 'Archive',
  'window.redis.archive.help':
    'A tar.gz with redis-server and redis-cli, or valkey-server and valkey-cli, for 64-bit Linux on x86. Triad installs exactly these programs.',
  'window.redis.archive.choose': 'Choose an archive',
  'window.redis.archive.other': 'Choose another',
  'window.redis.archive.none': 'No archive chosen yet',
  'window.redis.archive.missing': 'Choose an archive',
  'window.redis.archive.engine': 'What is in it',
  'window.redis.archive.engine.help': 'Redis or Valkey: their programs have different names. Both understand the same clients.',
  'window.redis.archive.version': 'Its version',
  'window.redis.archive.version.help':
    'The version of the programs in the archive, three numbers. Triad compares it with what they say of themselves.',
  'window.redis.archive.sha256': 'SHA-256 of the chosen file',
  'window.redis.archive.published': 'SHA-256 as its maker publishes it',
  'window.redis.archive.published.help':
    'Paste it from a page that you trust. If both are equal, nobody has changed the file on its way to you.',
  'window.redis.archive.same': 'Equal: this is the published file.',
  'window.redis.archive.different': 'Different: do not install this file.',

  'window.redis.section.windows': 'Redis on the Windows servers',
  'window.redis.windowsArchive': 'Archive for Windows servers',
  'window.redis.windowsArchive.help':
    'The zip of a release of redis-windows for msys2, as you downloaded it, or as an experiment a zip of the program folder of Memurai with your licence file in it: Triad brings no Redis for Windows. It is read on this computer and nothing of it is run here.',
  'window.redis.windowsArchive.choose': 'Choose the zip',
  'window.redis.windowsArchive.without': 'Do without',
  'window.redis.windowsArchive.reading': 'Being read',
  'window.redis.windowsArchive.found': '{{redis}}, {{size}}. {{count}} files go to each Windows server.',
  'window.redis.windowsArchive.published': 'SHA-256 on the release page',
  'window.redis.windowsArchive.published.help':
    'Paste the hash that stands for this file on {{page}}. If it is the same, nobody has changed the file on its way to you.',
  'window.redis.windowsArchive.published.own': 'SHA-256 noted where the zip was made',
  'window.redis.windowsArchive.published.ownHelp':
    'Nobody publishes the hash of a zip that you made. If you noted it when you made it, paste it here: then nobody has changed the file since. The NuGet package of {{name}} has its hash on its page.',
  'window.redis.windowsArchive.memurai': 'Memurai instead, as an experiment: how to make its zip',
  'window.redis.windowsArchive.experimental.yes': 'Use {{name}} as an experiment',
  'window.redis.windowsArchive.experimental.needed': 'Tick this to go on with {{name}}, or choose the zip of redis-windows.',
  'window.redis.windowsArchive.typed': 'Use it on my word alone',
  'window.redis.windowsArchive.typed.help':
    'The first {{count}} characters of the SHA-256 above, typed by you. Then nobody but you answers for the programs that will hold every session.',
  'window.redis.windowsArchive.otherVersion':
    'It holds Redis {{version}}, and the Linux servers get {{wanted}}. All six nodes need the same version.',
  'window.redis.windowsArchive.origin': 'What it is, and under which licences',

  'window.redis.password': 'Password',
  'window.redis.password.help': 'Clients and the six nodes prove themselves with it. Whoever knows it reads and changes every session.',
  'window.redis.password.generated': 'Made by Triad',
  'window.redis.password.own': 'My own',
  'window.redis.password.value': 'The password of the cluster',
  'window.redis.password.hidden': 'hidden',
  'window.redis.password.making': 'Being made',
  'window.redis.password.onServers': 'Not known on this computer. The next run reads it from the servers.',
  'window.redis.password.show': 'Show',
  'window.redis.password.hide': 'Hide',
  'window.redis.password.copy': 'Copy',
  'window.redis.password.copied': 'Copied',
  'window.redis.password.new': 'New one',
  'window.redis.password.made': 'Another password was made.',
  'window.redis.password.stays':
    'A cluster of this name was installed from this computer with this password, so it stays. Give a password of your own, or the cluster another name.',
  'window.redis.password.generated.note': '256 random bits in letters, digits, - and _: fits every connection string.',
  'window.redis.password.kept.available': 'Kept in the keychain of this computer.',
  'window.redis.password.kept.memoryOnly':
    'This computer has no keychain: kept until Triad is closed, and with the cluster once it is installed.',
  'window.redis.password.ownField': 'Own password',
  'window.redis.password.ownField.help':
    'Any text of up to 4096 characters in one line. Redis answers attempts as fast as the network brings them and locks nobody out, so make it long.',
  'window.redis.password.missing': 'Type a password, or let Triad make one',
  'window.redis.password.stored': 'Stored. Type to replace it.',
  'window.redis.strength.unusable': 'Cannot be used',
  'window.redis.strength.weak': 'Weak',
  'window.redis.strength.fair': 'Fair',
  'window.redis.strength.strong': 'Strong',
  'window.redis.flaw.control': 'It holds a line break or another control character, which no configuration can carry.',
  'window.redis.flaw.short': 'It has fewer than 16 characters.',
  'window.redis.flaw.repeats': 'It repeats itself.',
  'window.redis.flaw.sequence': 'It runs along the alphabet, the digits or the keyboard.',
  'window.redis.flaw.common': 'It holds a word that stands in every list of passwords.',
  'window.redis.flaw.ownWords': 'It holds a name of this cluster, its servers or users.',
  'window.redis.flaw.fewKinds': 'It is made of letters only, or of digits only.',
  'window.redis.flaw.blankEnds': 'It begins or ends with a blank, which is easily lost when it is copied.',
  'window.redis.flaw.comma': 'It holds a comma, which ends the password in connection strings of StackExchange.Redis and OutSystems.',
  'window.redis.flaw.notAscii': 'It holds characters beyond ASCII, which some programs send in another encoding.',

  'window.redis.memory': 'Memory for data, each process',
  'window.redis.memory.help':
    'The most that one of the two processes on each server may hold, like 512mb or 2gb. Redis refuses writes beyond it instead of dropping sessions silently.',
  'window.redis.memory.need': 'Two processes on each server: up to {{full}} of data, and {{saving}} while they save or copy.',
  'window.redis.memory.unknown': 'The memory of the servers is not known yet; the step Servers finds it out.',
  'window.redis.memory.enough': '{{servers}}: {{memory}}, enough',
  'window.redis.memory.tight': '{{servers}}: {{memory}}, enough for the data but not while saving; {{most}} would fit',
  'window.redis.memory.tooLittle': '{{servers}}: {{memory}}, too little; {{most}} would fit',
  'window.redis.persistence': 'On disk',
  'window.redis.persistence.help':
    'Whether sessions survive when a process or a server restarts. The replica on another server protects them meanwhile; disk protects them when all three lose power.',
  'window.redis.persistence.aof': 'Every write (append-only file)',
  'window.redis.persistence.rdb': 'Snapshots (RDB)',
  'window.redis.persistence.none': 'Nothing',
  'window.redis.persistence.aof.note': 'After a power cut of all servers about one second of writes is missing at most.',
  'window.redis.persistence.rdb.note':
    'After a power cut of all servers up to five minutes of writes are missing (one minute under heavy load). Less work for the disks.',
  'window.redis.persistence.none.note':
    'After a power cut of all servers every session is gone and everybody logs in again. One lost server is survived as ever.',

  'window.redis.timeout': 'Node timeout',
  'window.redis.timeout.help':
    'How long a node may be silent before the others suspect it, in milliseconds. Short means a quick failover, long means patience with pauses of a virtual machine.',
  'window.redis.timeout.unit': 'ms',
  'window.redis.timeout.predicted': 'A lost server is replaced after about {{range}}.',
  'window.redis.timeout.meanwhile': 'Until then a third of the keys cannot be read or written; the other two thirds go on.',
  'window.redis.timeout.trade':
    'Shorter ends the outage sooner. But a server that lives, and only stands still or is cut off for longer than this, is then replaced too: clients wait, and the last writes can be lost. 5000 ms is recommended: when it was measured, pauses of up to 4 s replaced no master with it.',
  'window.redis.timeout.short':
    'Pauses of this length are common on virtual machines (snapshots, moves to another host): they would be taken for a loss.',
  'window.redis.timeout.long': 'Few clients wait that long: many would report errors before the failover ends.',
  'window.redis.timeout.scale': 'Expected failover time',

  'window.redis.clients': 'Networks of the clients',
  'window.redis.clients.help':
    'From where your application servers connect, like 10.0.8.0/24 or a single address. Firewall rules let these networks reach the data ports and nobody else.',
  'window.redis.clients.add': 'Add',
  'window.redis.clients.remove': 'Remove {{network}}',
  'window.redis.clients.list': 'Networks',
  'window.redis.clients.none': 'None yet: where a firewall is active, only the three servers reach Redis, and your applications do not.',
  'window.redis.clients.bus': 'They reach the data ports {{ports}}; the cluster bus stays between the servers.',
  'window.redis.clients.everybody': '{{network}} is everybody who can reach the servers.',
  'window.redis.clients.twice': '{{network}} is there already',
  'window.redis.ownService': "Memurai as a service of its own, without Triad's program",
  'window.redis.ownService.help':
    'Only for Memurai, on servers whose policy blocks unsigned programs: everything is done by programs of Windows itself. Of a failover test, only the planned switchover and the power cut can be made then.',
  'window.redis.ownService.on': 'Windows starts Memurai itself, and restarts it after a crash.',
  'window.redis.ownService.wrong': 'The program of this archive is no service by itself: switch this off, or choose Memurai.',
  'window.redis.ownService.off': "Triad's own program runs Redis as a service, and looks after it.",
  'window.redis.defender': "Exclude Triad's folders from Microsoft Defender",
  'window.redis.defender.help':
    'On the Windows servers, the folders of the nodes and of their programs are excluded from its scans, and removal takes that back. While Defender holds a file open, Redis cannot replace it: a save fails.',
  'window.redis.defender.on':
    'You see every folder and command in Review before it is excluded. Where a policy decides otherwise, the report says so, and nothing fails.',
  'window.redis.defender.off': 'Nothing is excluded: a check names the folders, and the command for whoever may run it.',

  'window.redis.firewall': 'Triad adds the firewall rules',
  'window.redis.firewall.help':
    'Where ufw, firewalld, nftables, iptables or Windows Firewall is active on a server, Triad adds the rules the cluster needs, keeps them over a reboot and takes them away again at removal. It never switches a firewall on or off.',
  'window.redis.firewall.on': 'You see every rule in Review before it is added.',
  'window.redis.firewall.off':
    'Triad only checks: what is closed must be opened by you or your network team, with rules that Triad writes for you.',

  'window.redis.name': 'Name of the cluster',
  'window.redis.name.help':
    'Names services, folders and the cluster in reports, like triad-sessions-7000. It cannot be changed after the installation.',
  'window.redis.masterPort': 'Port of the first process',
  'window.redis.masterPort.help': 'Where the planned master of each server listens for clients. The same on all three servers.',
  'window.redis.replicaPort': 'Port of the second process',
  'window.redis.replicaPort.help':
    'Where the planned replica of each server listens for clients; after a failover it is the master. The same on all three servers.',
  'window.redis.bus': 'Cluster bus: {{port}}, always 10000 higher',
  'window.redis.folder.install': 'Folder for programs',
  'window.redis.folder.install.help':
    'Triad puts programs and configuration below it and touches nothing else there. It is made where it does not exist.',
  'window.redis.folder.data': 'Folder for data',
  'window.redis.folder.data.help': 'Where append-only files and snapshots lie. Take a disk with room for several times the memory.',
  'window.redis.folder.logs': 'Folder for logs',
  'window.redis.folder.windows': 'Folder on Windows servers',
  'window.redis.folder.windows.help':
    'Programs, settings, data and logs lie below it, each node in a folder of its own. Take a built-in disk with NTFS or ReFS and room for several times the memory, and no blank in the path.',
  'window.redis.folder.logs.help': 'Where the two processes write what happens. The logs are rotated, so they do not fill the disk.',
} as const;
