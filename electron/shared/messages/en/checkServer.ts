/** Texts of the checks on a server. Every code begins with `check.server.`, or with the name of what several of them share. */
export const serverCheckTexts = {
  'check.disk.observed': '{{free}} free on {{mountPoint}} ({{fileSystem}})',
  'check.disk.free.remedy':
    'Free space on {{mountPoint}} until {{needed}} are free, enlarge it, or choose another folder in the specification (paths).',
  'check.disk.readOnly': '{{mountPoint}} is mounted read-only',
  'check.disk.readOnly.remedy':
    'Find out why (`dmesg | grep -i remount`; a damaged disk is remounted so), then `mount -o remount,rw {{mountPoint}}`, or choose another folder.',
  'check.disk.unknown': 'The file system of {{folder}} could not be read',

  'check.kernel.observed': '{{setting}} is {{found}}',
  'check.kernel.willBeSet': '{{setting}} is {{found}}; install sets it to {{wanted}}',
  'check.kernel.willBeSet.remedy': 'Nothing to do: `triad install` sets it and keeps it over a reboot.',
  'check.kernel.refused': '{{setting}} is {{found}}, and the kernel does not let it be {{wanted}} here',
  'check.kernel.refused.remedy':
    'This is a container or a restricted machine. Set {{setting}} to {{wanted}} on the machine that carries it.',
  'check.kernel.notAsPlanned': '{{setting}} is {{found}} instead of {{wanted}}: the kernel refused it here, or something set it back',
  'check.kernel.notAsPlanned.remedy':
    'Run `triad install` again. If it does not last, look for a tuned profile or another file in /etc/sysctl.d that sets it; in a container, set {{setting}} to {{wanted}} on the machine that carries it.',
  'check.kernel.unknown': '{{setting}} could not be read',

  'check.server.reached.title': 'Reached by SSH',
  'check.server.reached.expected': 'This computer reaches the server by SSH',
  'check.server.reached.observed': '{{user}} is logged in on {{hostName}}',

  'check.server.hostKey.title': 'SSH host key',
  'check.server.hostKey.expected': 'The host key is the one that you know',
  'check.server.hostKey.pinned': '{{type}} {{fingerprint}}, as the specification says',
  'check.server.hostKey.known': '{{type}} {{fingerprint}}, the same as before',
  'check.server.hostKey.accepted': '{{type}} {{fingerprint}}, accepted in this run without a comparison',
  'check.server.hostKey.unknown': '{{type}} {{fingerprint}}; how it came to be trusted is not known',
  'check.server.hostKey.remedy':
    'Compare it with `ssh-keygen -lf {{file}}` on the server itself, then put it into the specification as ssh.hostKey.',

  'check.server.privilege.title': 'Full rights',
  'check.server.privilege.expected': 'Commands can run as root',
  'check.server.privilege.root': '{{user}} is root',
  'check.server.privilege.sudo': '{{user}} becomes root with sudo, without a password',
  'check.server.privilege.sudoWithPassword': '{{user}} becomes root with sudo and a password',
  'check.server.privilege.administrator': '{{user}} is an administrator with all rights',

  'check.server.forwarding.title': 'SSH forwarding',
  'check.server.forwarding.expected': 'sshd forwards connections of {{user}} to the nodes: Redis is administered through them',
  'check.server.forwarding.observed': 'sshd forwards to the data ports',
  'check.server.forwarding.refused': 'sshd does not forward to {{endpoint}}: {{reason}}',
  'check.server.forwarding.unknown': 'Not tried',

  'check.server.ownMachine.title': 'A machine of its own',
  'check.server.ownMachine.expected': 'Each server is another machine',
  'check.server.ownMachine.observed': '{{hostName}}, machine-id {{machineId}}',
  'check.server.ownMachine.sameHardware': 'The same hardware as {{others}}: two addresses lead to one machine',
  'check.server.ownMachine.sameHardware.remedy':
    'Correct the addresses in the specification: three different machines are needed, or a master and its replica are lost together.',
  'check.server.ownMachine.sameInstallation': 'The same machine-id as {{others}}: one machine, or a clone of one installation',
  'check.server.ownMachine.sameInstallation.remedy':
    'If it is one machine, correct the addresses in the specification. If it is a clone, give it an id of its own: `rm /etc/machine-id && systemd-machine-id-setup && reboot`.',
  'check.server.ownMachine.unknown': 'The server has no machine-id',

  'check.server.operatingSystem.title': 'Operating system',
  'check.server.operatingSystem.expected': 'Debian, Ubuntu, RHEL, Rocky, Alma or SUSE Linux Enterprise',
  'check.server.operatingSystem.known': '{{name}}, kernel {{kernel}}',
  'check.server.operatingSystem.other': '{{name}}, kernel {{kernel}}: Triad was not tried there',
  'check.server.operatingSystem.other.remedy':
    'You may go on: what is needed is checked one by one. Read `triad plan` with care, and let the failover test prove the result.',
  'check.server.operatingSystem.expectedWindows': 'Windows Server 2019, 2022 or 2025',
  'check.server.operatingSystem.windows': '{{name}} ({{build}})',
  'check.server.operatingSystem.windowsOld.remedy':
    'Use Windows Server 2019 or later, or better Linux: older versions have no SSH server that is kept up.',
  'check.server.operatingSystem.windowsClient.remedy':
    'It works the same way, but a Windows that is no Server restarts for its updates when it likes. Use a server.',
  'check.server.operatingSystem.unknown': 'The server does not say what it runs (/etc/os-release)',

  'check.server.architecture.title': 'Processor architecture',
  'check.server.architecture.expected': 'Runs programs for {{platform}}',
  'check.server.architecture.observed': '{{architecture}}',
  'check.server.architecture.remedy':
    'Use servers of the right architecture, or give a build for {{architecture}} with redis.archive in the specification.',
  'check.server.architecture.unknown': 'The server does not say what it is (`uname -m`)',

  'check.server.systemd.title': 'systemd',
  'check.server.systemd.expected': 'systemd {{least}} or later runs the services',
  'check.server.systemd.observed': 'systemd {{version}}',
  'check.server.systemd.absent': 'systemd does not run this server',
  'check.server.systemd.absent.remedy': 'Use a server that boots with systemd: Triad installs Redis as its services.',
  'check.server.systemd.remedy':
    'Upgrade the operating system to one with systemd {{least}} or later (RHEL 8, Debian 10, Ubuntu 20.04, SLES 15 SP3).',
  'check.server.systemd.unknown': 'The version of systemd could not be read',

  'check.server.experimentalRedis.title': 'Experimental Redis',
  'check.server.experimentalRedis.expected': 'A Redis for Windows that Triad was tried with',
  'check.server.experimentalRedis.observed':
    '{{name}}, an experiment that somebody has said yes to: Triad was never tried with the real one',
  'check.server.experimentalRedis.remedy':
    'Let nothing depend on it. See to its licence: it sets until when, how much memory, how many clients and how many instances; an edition for developers stops after some days. The zip of redis-windows and Linux servers are what Triad is made for.',
  'check.server.windows.title': 'Redis on Windows',
  'check.server.windows.expected': 'Linux on all three servers',
  'check.server.windows.all': 'All three servers run Windows. No Redis for Windows is supported by Redis or by OutSystems',
  'check.server.windows.all.remedy':
    'Linux servers are recommended. Where it must be Windows: keep the data small, test the failover under load before anybody relies on it, and know that nobody but you answers for it.',
  'check.server.windows.mixed':
    'These run Windows, the others Linux: {{servers}}. No Redis for Windows is supported by Redis or by OutSystems, and nobody tests a cluster on both',
  'check.server.windows.mixed.remedy':
    'Use three servers of one kind, best Linux. Both must run the same version of Redis; test the failover of each server under load before anybody relies on it.',
  'check.server.sameSystem.title': 'Same system on all servers',
  'check.server.sameSystem.expected': 'The three servers run the same operating system in the same version',
  'check.server.sameSystem.observed': '{{system}} on all three',
  'check.server.sameSystem.different': '{{systems}}',
  'check.server.sameSystem.remedy':
    'It works, but what you see on one server may not hold on another. Bring them to the same version when you can.',
  'check.server.sameSystem.unknown': 'Not known of {{servers}}',

  'check.server.programs.title': 'Programs',
  'check.server.programs.expected': 'There are {{programs}}',
  'check.server.programs.observed': 'All are there',
  'check.server.programs.absent': 'Missing: {{programs}}',
  'check.server.programs.remedy': 'Install {{programs}} with the package manager of the server.',
  'check.server.programs.unknown': 'Not looked for: {{programs}}',

  'check.server.cpu.title': 'CPUs',
  'check.server.cpu.expected': '{{least}} CPUs or more, one for each node (3 to 4 in production)',
  'check.server.cpu.observed': '{{count}}',
  'check.server.cpu.remedy': 'Give the server {{least}} CPUs or more: with one, a busy master slows the replica beside it.',
  'check.server.cpu.unknown': 'The number of CPUs could not be read',

  'check.server.memory.title': 'Memory',
  'check.server.memory.expected': '{{needed}} or more: two nodes of {{maxMemory}}, twice, because a save copies what is written meanwhile',
  'check.server.memory.observed': '{{total}}',
  'check.server.memory.remedy': 'Give the server {{needed}}, or set redis.maxMemory in the specification to {{possible}} or less.',
  'check.server.memory.unknown': 'The size of the memory could not be read',

  'check.server.swap.title': 'Swap',
  'check.server.swap.expected': 'Swap, or so much memory that none is needed',
  'check.server.swap.observed': '{{swap}}',
  'check.server.swap.notNeeded': 'None, and none needed: {{memory}} of memory are enough for both nodes and a save',
  'check.server.swap.none': 'None, and {{memory}} of memory may run out ({{needed}} would be enough): the kernel then kills Redis',
  'check.server.swap.remedy':
    'Add memory, or swap: `fallocate -l {{size}} /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile`, and a line in /etc/fstab.',
  'check.server.swap.unknown': 'Swap and memory could not be read',

  'check.server.installFolder.title': 'Folder of the programs',
  'check.server.installFolder.expected': '{{folder}} can be written, may run programs and has {{needed}} free',
  'check.server.installFolder.noexec': '{{mountPoint}} is mounted noexec: no program can run from there',
  'check.server.installFolder.noexec.remedy':
    'Choose another folder in the specification (paths.install), or `mount -o remount,exec {{mountPoint}}`.',

  'check.server.dataFolder.title': 'Folder of the data',
  'check.server.dataFolder.expected': '{{folder}} is on a disk of this server with {{needed}} free',
  'check.server.dataFolder.network': '{{mountPoint}} is a network file system ({{fileSystem}}): when it stalls, the node falls silent',
  'check.server.dataFolder.network.remedy': 'Choose a folder on a local disk in the specification (paths.data).',
  'check.server.dataFolder.memory':
    '{{mountPoint}} is in memory ({{fileSystem}}): the data is gone after a reboot, and a master that comes back empty empties its replica',
  'check.server.dataFolder.memory.remedy': 'Choose a folder on a disk in the specification (paths.data).',

  'check.server.logFolder.title': 'Folder of the logs',
  'check.server.logFolder.expected': '{{folder}} can be written and has {{needed}} free',

  'check.server.clock.title': 'Clock',
  'check.server.clock.expected': 'Within 1 s of the other servers, and synchronised',
  'check.server.clock.ahead': '{{seconds}} s ahead of {{other}}',
  'check.server.clock.behind': '{{seconds}} s behind {{other}}',
  'check.server.clock.notSynchronised': 'Not synchronised; {{seconds}} s apart from {{other}} now',
  'check.server.clock.remedy': 'Switch time synchronisation on: `timedatectl set-ntp true` (or chrony), then look with `timedatectl`.',
  'check.server.clock.unknown': 'Could not be compared closely enough with the clocks of the other servers',

  'check.server.address.title': 'Cluster address',
  'check.server.address.expected': '{{address}} is on an interface of the server',
  'check.server.address.observed': '{{address}} on {{device}}',
  'check.server.address.absent': 'The server has {{found}}, not {{address}}',
  'check.server.address.remedy':
    'Correct the address of {{server}} in the specification. An address that a router translates (NAT) does not work: Redis nodes tell each other the address they have.',
  'check.server.address.unknown': 'The addresses of the server could not be read',

  'check.server.staticAddress.title': 'Lasting address',
  'check.server.staticAddress.expected': '{{address}} stays the same after a reboot',
  'check.server.staticAddress.observed': 'Set on {{device}}, not given by DHCP',
  'check.server.staticAddress.dynamic': 'Given to {{device}} by DHCP: the cluster breaks when it changes',
  'check.server.staticAddress.remedy': 'Set {{address}} as a static address, or reserve it for this server on the DHCP server.',
  'check.server.staticAddress.absent': '{{address}} is not on this server',

  'check.server.ports.title': 'Ports',
  'check.server.ports.expected': '{{ports}} are free, or held by this cluster',
  'check.server.ports.free': 'All free',
  'check.server.ports.ours': '{{ports}} held by this cluster',
  'check.server.ports.taken': 'Taken by something else: {{holders}}',
  'check.server.ports.remedy':
    'Stop what holds {{ports}} or move it, or choose other ports in the specification (redis.masterPort, redis.replicaPort).',

  'check.server.reservedPorts.title': 'Ports kept from the system',
  'check.server.reservedPorts.expected': 'The kernel does not give {{ports}} to outgoing connections',
  'check.server.reservedPorts.observed': 'Outgoing connections use {{range}} without them',
  'check.server.reservedPorts.inside':
    '{{ports}} lie in {{range}}, from which outgoing connections are served: a node may find its port taken when it starts',
  'check.server.reservedPorts.remedy':
    'Reserve them: `sysctl -w net.ipv4.ip_local_reserved_ports={{list}}`, and the same line in a file in /etc/sysctl.d.',
  'check.server.reservedPorts.unknown': 'The port range of the kernel could not be read',

  'check.server.firewall.title': 'Firewall of the server',
  'check.server.firewall.expected': 'Lets the peers reach all four ports, and the clients the data ports',
  'check.server.firewall.none': 'There is none',
  'check.server.firewall.inactive': '{{kind}} is there, but not active',
  'check.server.firewall.asPlanned': '{{kind}} is active with all {{count}} planned rules, now and after a reboot',
  'check.server.firewall.willBeAdded': '{{kind}} is active; install adds: {{rules}}',
  'check.server.firewall.missing': '{{kind}} is active and lacks: {{rules}}',
  'check.server.firewall.missing.remedy': 'Run `triad install`: it adds the rules, and keeps them over a reboot.',
  'check.server.firewall.notKept': '{{kind}} has the rules now, but not after a reboot: {{rules}}',
  'check.server.firewall.provedOpen': '{{kind}} is active and lets the peers through, as the reachability matrix shows',
  'check.server.firewall.active': '{{kind}} is active, and Triad may not change it (firewall.manage: false)',
  'check.server.firewall.remedy': 'Set firewall.manage: true, or add the rules yourself:\n{{rules}}',
  'check.server.firewall.policy': 'A group policy has local rules ignored ({{profiles}}): what Triad adds has no effect',
  'check.server.firewall.policy.remedy': 'Have these rules added to the group policy, or have it take local rules:\n{{rules}}',
  'check.server.firewall.rulesUnknown': '{{kind}} is active; the planned rules are not known',

  'check.server.foreignRedis.title': 'Other Redis servers',
  'check.server.foreignRedis.expected': 'No Redis of somebody else',
  'check.server.foreignRedis.none': 'None',
  'check.server.foreignRedis.onOurPorts': 'Holds the ports of this cluster: {{processes}}',
  'check.server.foreignRedis.onOurPorts.remedy':
    'Triad does not touch it. Stop it or move it to other ports, or choose other ports in the specification (redis.masterPort, redis.replicaPort).',
  'check.server.foreignRedis.elsewhere': 'Runs beside this cluster: {{processes}}',
  'check.server.foreignRedis.elsewhere.remedy': 'It may stay. Make sure that memory and CPUs are enough for it too.',

  'check.server.ownFiles.title': 'Files in the way',
  'check.server.ownFiles.expected': 'Nothing of somebody else lies where install writes',
  'check.server.ownFiles.none': 'Nothing',
  'check.server.ownFiles.ours': "What is there is Triad's ({{manifest}})",
  'check.server.ownFiles.foreign': "There, and not Triad's: {{paths}}",
  'check.server.ownFiles.foreign.remedy':
    'Look at them. Install replaces them and keeps each beside its place as NAME.triad-before; `triad remove` puts them back.',
  'check.server.ownFiles.wrongKind': 'A file where a folder is needed, or a folder where a file is: {{paths}}',
  'check.server.ownFiles.wrongKind.remedy': 'Move them away, or choose other folders in the specification (paths).',
  'check.server.ownFiles.otherOwner': 'Folders of another account: {{paths}}',
  'check.server.ownFiles.otherOwner.remedy':
    'Choose another name or other folders (paths) in the specification. If this is data of the cluster that was copied back, give it to {{user}} with `chown -R`.',
  'check.server.ownFiles.foreignServices': "Services of these names, and not Triad's: {{services}}",
  'check.server.ownFiles.foreignServices.remedy':
    'Triad does not touch them. Remove or rename them, or choose another name for the cluster, or other ports (redis.masterPort, redis.replicaPort).',
  'check.server.ownFiles.unknown': 'The places were not looked at',

  'check.server.ownPlace.title': 'Folders of this cluster',
  'check.server.ownPlace.expected': '{{cluster}} is in the folders of the specification, or not installed',
  'check.server.ownPlace.none': 'Nothing of it lies elsewhere',
  'check.server.ownPlace.elsewhere': '{{cluster}} is installed in other folders: {{paths}}',
  'check.server.ownPlace.elsewhere.remedy':
    'Put the paths of the specification back as they were. To move the cluster, run `triad remove` with the old paths first, then install with the new ones.',
  'check.server.ownPlace.unknown': 'The places were not looked at',

  'check.server.keptData.title': 'Data that is there',
  'check.server.keptData.expected': 'Data of a stopped node is of the kind that redis.persistence {{persistence}} reads',
  'check.server.keptData.none': 'No data yet',
  'check.server.keptData.read': 'It will be read',
  'check.server.keptData.unread': 'A node with redis.persistence {{persistence}} would start empty beside its data: {{paths}}',
  'check.server.keptData.unread.remedy':
    'To keep this data, set redis.persistence to {{was}} and install; once the nodes run, set it to {{persistence}} and install again: Triad then changes it without a loss. If it is not needed, move it away: {{paths}}',
  'check.server.keptData.unknown': 'The data folders were not looked at',

  'check.server.maskedUnits.title': 'Services can start',
  'check.server.maskedUnits.expected': 'No service of this cluster is masked',
  'check.server.maskedUnits.none': 'Yes: none of them is masked',
  'check.server.maskedUnits.masked': 'Masked: {{units}}',
  'check.server.maskedUnits.remedy': 'Somebody forbade them to start. If that no longer holds: `systemctl unmask {{units}}`.',
  'check.server.maskedUnits.unknown': 'The services were not looked at',

  'check.server.serviceUser.title': 'Service user',
  'check.server.serviceUser.expected': '{{user}} is an account without special rights',
  'check.server.serviceUser.observed': '{{user}} has uid {{uid}}',
  'check.server.serviceUser.willBeMade': 'Install makes {{user}}',
  'check.server.serviceUser.absent': 'There is no {{user}}',
  'check.server.serviceUser.absent.remedy': 'Run `triad install`: it makes the account and corrects the owners.',
  'check.server.serviceUser.isRoot': '{{user}} has uid 0: it is root',
  'check.server.serviceUser.isRoot.remedy': 'Find out who made this account, and remove it: `userdel {{user}}`.',
  'check.server.serviceUser.unknown': 'The uid of {{user}} could not be read',

  'check.server.serviceUserWrites.title': 'Service user can write',
  'check.server.serviceUserWrites.expected': '{{user}} may write to {{folders}}',
  'check.server.serviceUserWrites.observed': 'Yes, to all of its folders',
  'check.server.serviceUserWrites.notYet': 'Install makes {{user}} and its folders',
  'check.server.serviceUserWrites.denied': '{{user}} may not write to {{folders}}',
  'check.server.serviceUserWrites.denied.remedy':
    'Run `triad install`: it sets owner and rights of its folders. If that changes nothing, look at the folders above (`namei -l {{folder}}`): {{user}} needs the right to pass (x) through each.',
  'check.server.serviceUserWrites.absent': 'Not there: {{folders}}',
  'check.server.serviceUserWrites.absent.remedy':
    'Run `triad install`: it makes them. Data that was in them has to come from a backup or a replica.',
  'check.server.serviceUserWrites.unknown': 'Could not be found out for {{folders}}',
  'check.server.serviceUserWrites.unknown.remedy':
    'Make sure that the server has `setpriv` (package util-linux), then run the same command again.',

  'check.server.transparentHugePages.title': 'Transparent huge pages',
  'check.server.transparentHugePages.expected': 'Off (never): with them a save copies 2 MB for every byte written meanwhile',
  'check.server.transparentHugePages.absent': 'This kernel has none',

  'check.server.overcommitMemory.title': 'Memory overcommit',
  'check.server.overcommitMemory.expected': 'vm.overcommit_memory is {{wanted}}: else a save fails when Redis holds half of the memory',

  'check.server.somaxconn.title': 'Connection queue',
  'check.server.somaxconn.expected': 'net.core.somaxconn is {{wanted}} or more: clients come all at once after a failover',

  'check.server.openFiles.title': 'Open files',
  'check.server.openFiles.expected': 'The kernel allows {{needed}} open files or more',
  'check.server.openFiles.observed': '{{found}}',
  'check.server.openFiles.remedy':
    'Raise it: `sysctl -w fs.nr_open={{needed}} fs.file-max={{needed}}`, and the same in a file in /etc/sysctl.d.',
  'check.server.openFiles.unknown': 'The limit could not be read',

  'check.server.selinux.title': 'SELinux',
  'check.server.selinux.expected': 'Lets systemd run the programs',
  'check.server.selinux.observed': '{{mode}}',
  'check.server.selinux.proved': 'enforcing, and the services run',
  'check.server.selinux.enforcing': 'enforcing: it may forbid systemd to run the programs',
  'check.server.selinux.remedy':
    "If a service ends with 203/EXEC after the install: `semanage fcontext -a -t bin_t '{{bin}}(/.*)?' && restorecon -R {{bin}}`, then run `triad install` again. `ausearch -m avc -ts recent` shows what was denied.",

  'check.server.maintenance.title': 'Maintenance',
  'check.server.maintenance.expected': 'No server of the cluster is in maintenance',
  'check.server.maintenance.observed': 'None is',
  'check.server.maintenance.marked': '{{server}} is in maintenance since {{at}} (begun by {{by}})',
  'check.server.maintenance.away': '{{server}} is in maintenance since {{at}} (begun by {{by}}), and cannot be reached now',
  'check.server.maintenance.marked.remedy':
    'When it is back: `triad maintenance end --server {{server}}` gives it its role again. Until then no other server may be lost.',
  'check.server.maintenance.unreadable': 'On {{servers}}, {{path}} is there and cannot be read as the mark of a maintenance',
  'check.server.maintenance.unreadable.remedy':
    'Look at {{path}}. `triad maintenance end` with the name of the server that was in maintenance takes it away and puts the roles right.',
  'check.server.maintenance.unknown': 'The place of the mark was not looked at',

  'check.server.listenersGone.title': 'Temporary listeners',
  'check.server.listenersGone.expected': 'None of the listeners of the reachability matrix is left',
  'check.server.listenersGone.observed': 'None is left',
  'check.server.listenersGone.left': 'Left: {{holders}}',
  'check.server.listenersGone.remedy': 'They end by themselves soon. Wait a minute and run `triad check` again.',
  'check.server.listenersGone.kill.remedy': 'They end by themselves soon. To end them now: `kill {{pids}}` on the server.',
} as const;
