/**
 * What a check says of a Windows server where its other words are those of Linux: `check.x.onWindows.y` stands for `check.x.y`. They know the values of that one,
 * and beside them {{server}}, and of a node {{nodeFolder}}.
 */
export const checkOnWindowsTexts = {
  'check.disk.free.onWindows.remedy':
    'Free space on {{mountPoint}} until {{needed}} are free, enlarge it, or choose another folder in the specification (paths.windows).',
  'check.disk.readOnly.onWindows.remedy':
    'Look in PowerShell, with `Get-Disk` and `Get-Volume`, why nothing can be written to {{mountPoint}}, or choose another folder in the specification (paths.windows).',

  'check.server.ownMachine.onWindows.observed': '{{hostName}}, MachineGuid {{machineId}}',
  'check.server.ownMachine.onWindows.sameInstallation': 'The same MachineGuid as {{others}}: one machine, or a clone of one installation',
  'check.server.ownMachine.sameInstallation.onWindows.remedy':
    'If it is one machine, correct the addresses in the specification. If it is a clone, give it an identity of its own, before anything else is installed there: `C:\\Windows\\System32\\Sysprep\\sysprep.exe /generalize /oobe /reboot`.',
  'check.server.ownMachine.onWindows.unknown': 'The server has no MachineGuid',
  'check.server.operatingSystem.onWindows.unknown': 'The server does not say which Windows it runs',
  'check.server.privilege.onWindows.expected': 'Commands run with all rights of an administrator',
  'check.server.installFolder.onWindows.noexec': 'No program can run from {{mountPoint}}',
  'check.server.installFolder.noexec.onWindows.remedy': 'Choose another folder in the specification (paths.windows).',
  'check.server.dataFolder.network.onWindows.remedy': 'Choose a folder on a built-in disk in the specification (paths.windows).',
  'check.server.dataFolder.memory.onWindows.remedy': 'Choose a folder on a built-in disk in the specification (paths.windows).',
  'check.server.clock.onWindows.remedy':
    'Switch time synchronisation on, as an administrator: `sc.exe config w32time start= auto`, `sc.exe start w32time`, `w32tm /resync`. Then look with `w32tm /query /status`.',
  'check.server.ownFiles.wrongKind.onWindows.remedy': 'Move them away, or choose another folder in the specification (paths.windows).',
  'check.server.ownFiles.otherOwner.onWindows.remedy':
    'Choose another name or another folder (paths.windows) in the specification. If this is data of the cluster that was copied back, let it take the rights of its folder: `icacls FOLDER\\* /reset /t` for each.',
  'check.server.serviceUserWrites.onWindows.expected': 'The service of each node may write to {{folders}}',
  'check.server.serviceUserWrites.onWindows.notYet': 'Install makes the services and their folders',
  'check.server.serviceUserWrites.onWindows.denied': 'Its service may not write to {{folders}}',
  'check.server.serviceUserWrites.denied.onWindows.remedy':
    'Run `triad install`: it sets the access lists of its folders. If that changes nothing, look with `icacls {{folder}}` who may do what.',
  'check.server.serviceUserWrites.unknown.onWindows.remedy': 'Look with `icacls FOLDER` who may do what, then run the same command again.',
  'check.server.listenersGone.kill.onWindows.remedy':
    'They end by themselves soon. To end them now, in PowerShell on {{server}} as an administrator: `Stop-Process -Force -Id {{pids}}`.',

  'check.node.unobserved.onWindows.remedy': 'Bring the node back: `sc.exe query {{unit}}` on {{server}}.',
  'check.node.answers.onWindows.remedy':
    'Look why on {{server}}: `sc.exe query {{unit}}`, and service.log and redis.log in {{nodeFolder}}.',
  'check.node.answers.noCluster.onWindows.remedy':
    'Run `triad install`, then `Restart-Service {{unit}}` in PowerShell on {{server}}: a setting that only a start reads.',
  'check.node.version.onWindows.remedy':
    'Run `triad install`, then `Restart-Service {{unit}}` in PowerShell on {{server}} in a quiet hour: replicas first, one node at a time, `triad validate` in between.',
  'check.node.settings.restart.onWindows.remedy':
    'Run `triad install`, then `Restart-Service {{unit}}` in PowerShell on {{server}} in a quiet hour: replicas first, one node at a time, `triad validate` in between.',
  'check.node.password.onWindows.remedy':
    'Run `triad install` with the right password, then `Restart-Service {{unit}}` in PowerShell on {{server}}.',
  'check.node.persistence.onWindows.remedy':
    'Look for the reason in {{log}}; most often the disk of {{folder}} is full (`Get-Volume` in PowerShell), or Windows cannot promise the memory for a copy of the data.',
  'check.node.uptime.onWindows.expected': 'Its service does not have to start it again and again',
  'check.node.uptime.onWindows.restarting': 'Up for {{seconds}} s only; restarts by its service: {{restarts}}',
  'check.node.uptime.onWindows.remedy': 'Look why it ends, on {{server}}: service.log in {{nodeFolder}}, and {{log}}.',
  'check.node.logErrors.onWindows.noFile': 'It logs into no file',
  'check.node.service.notActive.onWindows.remedy':
    'Look why on {{server}}: `sc.exe query {{unit}}`, and service.log in {{nodeFolder}}. Then `sc.exe start {{unit}}`, or run `triad install`.',
  'check.node.service.notEnabled.onWindows.remedy':
    '`sc.exe config {{unit}} start= delayed-auto` on {{server}} as an administrator, or run `triad install`.',
  'check.node.service.onWindows.needsReload': 'What Windows was told of it is not what its file says now',
  'check.node.service.needsReload.onWindows.remedy': 'Run `triad install`: it tells Windows again.',

  'check.pair.refused.cluster.onWindows.remedy':
    'Look whether the node runs: `sc.exe query {{unit}}` on {{to}}. If it does, a firewall rejects it. Ask for one of these:\n{{rules}}',
  'check.pair.unreachable.onWindows.remedy':
    'Look for the route on {{from}} and on {{to}} (on Windows in PowerShell: `Find-NetRoute -RemoteIPAddress ADDRESS`); a firewall that rejects with an ICMP error looks the same. Ask for one of these:\n{{rules}}',
} as const;
