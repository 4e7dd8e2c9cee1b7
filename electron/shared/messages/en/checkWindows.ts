/** What is checked on a Windows server alone: the limits of the builds of Redis that there are for it. */
export const checkWindowsTexts = {
  'check.server.windowsMemory.title': 'Memory for copies',
  'check.server.windowsMemory.expected':
    'each node may hold {{maxMemory}}, and that is at most {{share}} % of the memory of a Windows server',
  'check.server.windowsMemory.observed': '{{total}}, of which one node may take {{most}}',
  'check.server.windowsMemory.unknown': 'how much memory there is could not be read',
  'check.server.windowsMemory.remedy':
    'Set redis.maxMemory to {{possible}} or less, or give the server {{needed}} or more. Redis for Windows copies all its data for every save, where Linux copies only what changes meanwhile.',
  'check.server.windowsCommit.title': 'Memory that Windows can promise',
  'check.server.windowsCommit.expected':
    '{{needed}} free to be committed: for each node its {{maxMemory}} and a copy of them, and 1 GB more',
  'check.server.windowsCommit.observed': '{{free}} free to be committed',
  'check.server.windowsCommit.unknown': 'how much can still be committed could not be read',
  'check.server.windowsCommit.remedy':
    'Enlarge the paging file by {{missing}}, let Windows manage its size, or set redis.maxMemory to {{possible}}. Without it saves and copies to replicas fail when the data has grown.',
  'check.server.windowsCommit.none.remedy':
    'Enlarge the paging file by {{missing}}, let Windows manage its size, or give the server more memory: as it is, no node fits.',
  'check.server.windowsPageFile.title': 'Paging file',
  'check.server.windowsPageFile.expected': 'there is one',
  'check.server.windowsPageFile.observed': '{{size}}',
  'check.server.windowsPageFile.none': 'none',
  'check.server.windowsPageFile.unknown': 'whether there is one could not be read',
  'check.server.windowsPageFile.remedy':
    'Let Windows manage the paging file (System, Advanced, Performance, Advanced, Virtual memory) and restart the server.',
  'check.server.windowsDisk.title': 'Disk for the data',
  'check.server.windowsDisk.expected': '{{needed}} free on a built-in disk with NTFS or ReFS',
  'check.server.windowsDisk.observed': '{{root}}: {{free}} free, {{fileSystem}}',
  'check.server.windowsDisk.fileSystem': '{{root}} has {{fileSystem}}',
  'check.server.windowsDisk.notFixed': '{{root}} ({{fileSystem}}) is a share or can be taken out',
  'check.server.windowsDisk.unknown': 'what {{root}} is could not be read',
  'check.server.windowsDisk.remedy':
    'Make {{missing}} free on {{root}}, lower redis.maxMemory, or take another disk. Redis needs three times its data while it writes its file anew.',
  'check.server.windowsDisk.kind.remedy': 'Take a folder on a built-in disk with NTFS or ReFS.',
  'check.server.windowsDefender.title': 'Virus scanner',
  'check.server.windowsDefender.expected': 'Microsoft Defender leaves the folders of the nodes alone',
  'check.server.windowsDefender.absent': 'Microsoft Defender is not there, or does not say what it does',
  'check.server.windowsDefender.off': 'It does not scan while files are used',
  'check.server.windowsDefender.excluded': 'Its exclusions have them',
  'check.server.windowsDefender.scans': 'It scans {{folders}}: while it holds a file open, Redis cannot replace it',
  'check.server.windowsDefender.remedy':
    'If your rules allow it, have them left alone. In PowerShell on the server, as an administrator: `{{command}}`. Or let Triad do it: windows.defenderExclusions: add.',
  'check.server.windowsDefender.adopted.remedy':
    'If your rules allow it, have them left alone where Defender is managed, or in PowerShell on the server, as an administrator: `{{command}}`.',
  'check.server.windowsDefender.protected.remedy':
    'If your rules allow it, have them left alone. Tamper protection is on: where Defender is managed, or as an administrator with it off for the moment: `{{command}}`. Or let Triad do it: windows.defenderExclusions: add.',
  'check.server.windowsDefender.noExclusions': 'It does not run, or does not say what it does: no exclusion can be made',
  'check.server.windowsDefender.noExclusions.remedy':
    'Where another virus scanner watches, have it leave the folders of Triad alone. Once Defender runs, `triad install` makes the exclusions. Where none are wanted: windows.defenderExclusions: none.',
  'check.server.windowsDefender.refused':
    'It scans {{folders}}, and does not take the exclusion: a policy or its tamper protection decides',
  'check.server.windowsDefender.refused.remedy':
    'Have these folders excluded where Defender is managed; on a server where an administrator may do it: `{{command}}`. Redis works without, but a file that is scanned cannot be replaced at that moment.',
  'check.server.windowsDefender.willBeExcluded': 'It scans {{folders}}; install excludes them',
  'check.server.windowsDefender.willBeExcluded.remedy': 'Nothing to do: `triad install` excludes them, and `triad remove` takes that back.',
  'check.server.windowsDefender.drifted': 'It scans {{folders}}, which are to be excluded: the exclusion was taken away, or never taken',
  'check.server.windowsDefender.drifted.remedy':
    'Run `triad install` again. If it does not last, a policy decides: have the folders excluded where Defender is managed.',
  'check.server.windowsPowershell.title': 'PowerShell',
  'check.server.windowsPowershell.expected': 'What PowerShell may do there is known; Triad hardly needs it',
  'check.server.windowsPowershell.full': 'It may do everything',
  'check.server.windowsPowershell.limited':
    'A policy limits it ({{mode}}), .NET is closed to it: Triad needs its own program there, and that program must be allowed to run',
  'check.server.windowsPowershell.silent':
    'It did not answer: nothing is known of the virus scanner, all else is told by Triad’s own program',
  'check.server.windowsHelper.title': "Triad's program on the server",
  'check.server.windowsHelper.expected': "Triad's own program may run",
  'check.server.windowsHelper.observed': 'it runs',
  'check.server.windowsHelper.blocked': 'a policy blocks it: what is told here comes from PowerShell, and nothing can be installed',
  'check.server.windowsHelper.quarantined':
    'a security program took it away: what is told here comes from PowerShell, and nothing can be installed',
  'check.server.windowsHelper.remedy':
    'Allow triad-service.exe by its SHA-256 {{sha256}} (AppLocker, App Control, or the exclusions of the security program), or sign it with a certificate that the policy trusts, and put the signed one in the place of that of Triad. No service can run this Redis without it; Memurai can be a service of its own (`windows.service: own` in the specification). Until then check and plan go on by PowerShell.',
  'check.server.windowsHelper.without':
    "it may not run: all is done without Triad's program, by Windows' own (sc.exe, icacls.exe, netsh.exe, PowerShell), and each node is a service of its own",
  'check.server.windowsHelper.without.remedy':
    'Nothing has to be done. What only that program can do is left out: faults of a failover test (the planned switchover works), and whether a port that nobody listens on may be listened on. To have it, allow triad-service.exe by its SHA-256 {{sha256}}.',
  'check.server.windowsHelper.limited':
    'it may not run, and PowerShell is limited as well ({{mode}}): the lock that keeps two runs apart needs one of the two',
  'check.server.windowsHelper.limited.remedy':
    'Allow triad-service.exe by its SHA-256 {{sha256}}, or let administrators run PowerShell in FullLanguage.',
  'check.server.windowsPorts.title': 'Ports that Windows keeps',
  'check.server.windowsPorts.expected': 'Windows keeps none of {{ports}}',
  'check.server.windowsPorts.observed': 'none is kept',
  'check.server.windowsPorts.excluded': 'nobody may listen on {{ports}}: excluded by Windows',
  'check.server.windowsPorts.excluded.remedy':
    'Choose other ports, or take them before Hyper-V does: `netsh int ipv4 add excludedportrange protocol=tcp startport={{first}} numberofports=1 store=persistent` as administrator and restart, for each of them.',
  'check.server.windowsPorts.dynamic': 'Windows gives {{ports}} to connections that go out',
  'check.server.windowsPorts.dynamic.remedy':
    'Choose other ports: at a start of the server another program may have taken them. Windows begins at 49152 unless somebody has changed that.',
} as const;
