/** What was proved of Triad with Windows servers, and what only a real one can show; the list itself is `domain/windowsProof.ts`. */
export const windowsProofTexts = {
  'windowsProof.title': 'Windows servers: what was proved, and what was not',
  'windowsProof.statement':
    'Nothing of Triad was ever run on a real Windows Server. It was proved on practice Windows servers: Wine on Linux, an SSH server with the manner of OpenSSH for Windows, and a Redis for Linux in the place of redis-server.exe. No Redis for Windows is supported by Redis or by OutSystems; Linux servers are recommended.',
  'windowsProof.provedHead': 'Proved under Wine',
  'windowsProof.gapHead': 'Only a real Windows Server can show',
  'windowsProof.shownBy': 'shown by: {{items}}',
  'windowsProof.shownByNothing': 'shown by nothing that Triad does',
  'windowsProof.command':
    '`triad doctor --windows-first-run --spec FILE` walks an administrator through the second list on real servers and writes a report to send back.',
  'windowsProof.proved.helper':
    "Triad's own program for Windows servers: every verb, services that start, stop, restart and start at boot, the undo of a fault on the server itself",
  'windowsProof.proved.shells': 'Command lines that cmd and PowerShell read alike, against models of both and of how programs split a line',
  'windowsProof.proved.looking': 'Check and plan on three Windows servers and on a mixed set, through either default shell',
  'windowsProof.proved.firewall':
    'Firewall rules as netsh writes them into the registry, enforced by a gate in front of the practice server',
  'windowsProof.proved.cluster': 'Installation, second run, failover test, validation and removal with real Redis processes (of Linux)',
  'windowsProof.proved.faults':
    'Processes that are killed, crash or stand still, and a server that is cut off by rules of its firewall: what Wine suspends and what the gate stops',
  'windowsProof.proved.healing': 'That a server heals by itself after a failover test whose Triad was killed, also over a power cut',
  'windowsProof.proved.interruptions': 'That an installation goes on after a lost connection, and that nothing of somebody else is touched',
  'windowsProof.proved.maintenance': 'Maintenance of one server and of all in turn, with reboots',
  'windowsProof.proved.bundles': 'Config bundles, the steps by hand as batch files, adopted clusters, validation with Redis alone',
  'windowsProof.proved.files': 'Files replaced in one step and trees removed, under programs that run and beside links to folders',
  'windowsProof.proved.transcripts':
    'What Windows answers in twenty awkward situations, replayed byte for byte from descriptions of others',
  'windowsProof.proved.scripts': 'Every PowerShell script is parsed and limited to a list of commands; none was ever run by PowerShell',
  'windowsProof.gap.sshd': "Windows' own sshd of Server 2019, 2022 and 2025, with cmd and with PowerShell as the default shell",
  'windowsProof.gap.rights': 'Virtual service accounts and access lists: that each service may do what it must and nothing else',
  'windowsProof.gap.failureActions': 'That Windows restarts a service whose program has died, and when',
  'windowsProof.gap.preshutdown': 'That Windows waits at its shutdown until Redis has saved',
  'windowsProof.gap.restart': 'How long after a restart of Windows the services run again',
  'windowsProof.gap.redis':
    'The msys2 build of Redis itself: cluster and failover, connection limits, and saving under load, which copies all the data',
  'windowsProof.gap.memurai': 'Memurai: here only a stand-in has ever taken its place',
  'windowsProof.gap.longRun': 'Weeks of production with that build',
  'windowsProof.gap.defender': 'Microsoft Defender beside it, with and without exclusions',
  'windowsProof.gap.otherAntivirus': 'Any other antivirus program',
  'windowsProof.gap.frozen': 'That a Redis of msys2 whose threads are suspended comes back as it was',
  'windowsProof.gap.cutOff': "That rules of Windows' firewall that block stop connections that are open already, at once",
  'windowsProof.gap.firewall': "Windows' own firewall with the rules that Triad makes",
  'windowsProof.gap.groupPolicy': 'A group policy that has local firewall rules ignored',
  'windowsProof.gap.programPolicy': 'AppLocker and Windows Defender Application Control with an unsigned program',
  'windowsProof.gap.uninstall': 'That a removal leaves nothing behind on Windows',
} as const;
