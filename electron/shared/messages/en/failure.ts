import type { FailureCode } from '../../domain/failure.ts';

/** For each failure: what happened (the title) and what to do about it (the remedy). */
export const failureTexts = {
  'spec.invalid': 'The specification has {{count}} problem(s)',
  'spec.invalid.remedy': 'Correct the lines named below and start again. Nothing was contacted or changed.',
  'spec.unreadable': 'The specification {{file}} cannot be read: {{reason}}',
  'spec.unreadable.remedy': 'Check the path and that the file is YAML or JSON.',
  'usage.invalid': 'The command cannot be run: {{reason}}',
  'usage.invalid.remedy': '`triad --help` and `triad COMMAND --help` list commands and options.',
  'spec.windowsIpv6': 'Beside Windows servers all servers need IPv4 addresses, and these are none: {{addresses}}',
  'spec.windowsIpv6.remedy':
    'Give the IPv4 addresses of the servers in the specification. Where there is IPv6 alone, Triad needs three Linux servers.',
  'spec.notInstalledByTriad': 'Triad did not install {{cluster}}: it validates it, and changes nothing on it',
  'spec.notInstalledByTriad.remedy': 'Use `triad validate`, with or without --redis-only.',
  'adopt.deviates':
    'The cluster at {{endpoint}} has not the shape that Triad knows: three servers, on each a master and the replica of another',
  'adopt.deviates.remedy': 'Nothing was written. What deviates:',
  'usage.confirmationRefused': 'Not confirmed: nothing was changed',
  'usage.confirmationRefused.remedy': 'Run the command again when you are ready, or add --yes.',
  'usage.confirmationNeeded': 'This command changes servers and there is no terminal to ask on',
  'usage.confirmationNeeded.remedy': 'Look at `triad plan` first, then add --yes.',
  'secret.missing': 'The environment variable {{name}} is not set ({{purpose}})',
  'secret.missing.remedy': 'Set it in the shell that runs Triad, for example with `read -rs {{name}} && export {{name}}`.',
  'secret.unreadable': 'The file {{file}} cannot be used ({{purpose}}): {{reason}}',
  'secret.unreadable.remedy': 'Check the path and its permissions. The file must hold one line.',
  'secret.unknownHere': 'This computer does not know the password of {{cluster}}',
  'secret.unknownHere.remedy': 'Validate the cluster: Triad reads the password from its servers then.',
  'storage.unwritable': 'Triad cannot write {{file}}: {{reason}}',
  'storage.unwritable.remedy': 'Make the folder writable, or set TRIAD_HOME to another one.',
  'storage.damaged': 'The file {{file}} is damaged; it was kept as {{kept}}',
  'storage.damaged.remedy': 'Look at the kept file, correct or delete it, and start again.',
  'bundle.missing': 'There is no server bundle for {{engine}} {{version}} on {{platform}}',
  'bundle.missing.remedy':
    'Run `npm run redis -- build {{version}}` in a checkout, choose another version, or give your own build with redis.archive in the specification.',
  'bundle.damaged': 'The server bundle is damaged: {{subject}}',
  'bundle.damaged.remedy':
    'Build it again: `npm run redis -- verify` tells which, and `npm run windows-service -- ensure` builds triad-service.exe. In an installed Triad: install it again.',
  'bundle.unreadable': 'The archive cannot be opened: {{subject}}',
  'bundle.unreadable.remedy': 'Check the path in redis.archive.file, and that the file is a tar.gz.',
  'bundle.hashMismatch': 'The SHA-256 of {{subject}} is {{observed}}, not {{expected}}',
  'bundle.hashMismatch.remedy': 'Compare the hash with the one of the source you trust. Do not install this file until they agree.',
  'bundle.unsafe': 'The archive was refused as unsafe: {{subject}}',
  'bundle.unsafe.remedy': 'Pack only redis-server and redis-cli (or valkey-server and valkey-cli) as ordinary files into a tar.gz.',
  'bundle.incomplete': 'The archive lacks {{subject}}',
  'bundle.incomplete.remedy': 'Pack the server and the command line client of one build into a tar.gz.',
  'bundle.wrongPlatform': '{{subject}} is not for the servers: it is {{observed}}, they need {{expected}}',
  'bundle.wrongPlatform.remedy': 'Give a build for the platform of the servers (linux-x64: ELF, x86-64).',
  'bundle.windows.noOwnService': 'The archive {{file}} holds no program that is a service by itself, as `windows.service: own` wants it',
  'bundle.windows.noOwnService.remedy': 'Take Memurai, or leave `windows.service` out: then Triad’s own program runs Redis as a service.',
  'bundle.windows.noHelper': 'This copy of Triad has no program for Windows servers',
  'bundle.windows.noHelper.remedy':
    'Triad works on Windows servers by a small program of its own, triad-service.exe. In a checkout run `npm run windows-service`; else install Triad again.',
  'bundle.windows.noArchive': 'There is a Windows server in the cluster, and no archive with Redis for it',
  'bundle.windows.noArchive.remedy':
    'Triad brings no Redis for Windows: download `Redis-VERSION-Windows-x64-msys2.zip` from the releases of redis-windows on GitHub, and name it with redis.windowsArchive in the specification.',
  'bundle.windows.unreadable': 'The archive {{file}} cannot be read: {{reason}}',
  'bundle.windows.unreadable.remedy': 'Check the path and that you may read the file.',
  'bundle.windows.notZip': '{{file}} is no zip, but {{kind}}',
  'bundle.windows.notZip.remedy':
    'Download `Redis-VERSION-Windows-x64-msys2.zip` from the releases of redis-windows on GitHub, and give it as it is.',
  'bundle.windows.memurai': '{{file}} is an installer package (MSI), as Memurai comes in: Triad runs no installer',
  'bundle.windows.memurai.remedy':
    'Give its program folder as a zip, which Triad takes as an experiment. {{howTo}} A Memurai cluster that somebody has installed can be looked at with `triad adopt`.',
  'bundle.windows.damaged': 'The archive {{file}} is damaged, at {{part}}: {{reason}}',
  'bundle.windows.damaged.remedy':
    'Download it again, and compare its SHA-256 with the release page. A release must be the file as it was released, not one that was packed anew; a zip of your own (Memurai) is made by Windows Explorer.',
  'bundle.windows.unsafe': 'The archive {{file}} was refused as unsafe, at {{part}}: {{reason}}',
  'bundle.windows.unsafe.remedy': 'Nothing was taken from it. Download the release again from its page: such a file was not made there.',
  'bundle.windows.refused': 'The archive {{file}} is none that Triad installs: {{reason}}',
  'bundle.windows.refused.remedy':
    'Use `Redis-VERSION-Windows-x64-msys2.zip` from the releases of {{maker}} on GitHub, as it was released; or, as an experiment, a zip of the whole program folder of Memurai.',
  'bundle.windows.missing': 'The archive {{file}} lacks {{name}}',
  'bundle.windows.missing.remedy':
    'Download the release again, and give the zip as it is; of Memurai give the whole program folder. Programs and libraries belong together.',
  'bundle.windows.wrongMachine': '{{name}} in {{file}} is not for the servers: it is {{observed}}, they need {{expected}}',
  'bundle.windows.wrongMachine.remedy': 'Use the release for x64.',
  'bundle.windows.tooOld': 'The archive {{file}} holds Redis {{version}}; Triad supports {{oldest}} and later',
  'bundle.windows.tooOld.remedy': 'Download a newer release.',
  'bundle.windows.otherVersion': 'The archive {{file}} holds Redis {{version}}, and the specification asks for {{wanted}}',
  'bundle.windows.otherVersion.remedy': 'Give the release of {{wanted}}, or change redis.version.',
  'bundle.windows.mistyped': '{{typed}} is not how the SHA-256 of {{file}} begins',
  'bundle.windows.mistyped.remedy':
    'Compare the hash with the release page first. To use this very file without that, give the first {{count}} characters of its own hash.',
  'bundle.windows.unproven': 'Nobody vouches for the archive {{file}}: its SHA-256 is {{sha256}}',
  'bundle.windows.unproven.remedy':
    'Find the hash of this file on the release page. If it is the same, give it as redis.windowsArchive.sha256. To use the file without that, give its first {{count}} characters as redis.windowsArchive.useAnyway: then you alone answer for it.',
  'bundle.windows.experimental': 'The archive {{file}} holds {{name}}, which Triad takes only as an experiment',
  'bundle.windows.experimental.remedy':
    'Triad was never tried with the real {{name}}, only with a stand-in, and nobody supports the two together. To try it where nothing depends on it, say so: `experimental: {{distribution}}` beside the file in redis.windowsArchive, or the box in the step Redis. Else use the zip of redis-windows, or Linux servers.',
  'configBundle.unreadable': 'The bundle {{file}} cannot be read: {{reason}}',
  'configBundle.unreadable.remedy': 'Check the path. A bundle is one file, as `triad bundle export` writes it.',
  'configBundle.damaged': 'The bundle {{file}} is damaged, at {{part}}: {{reason}}',
  'configBundle.damaged.remedy': 'Nothing was taken from it. Copy it again from where it was made, and compare both with `sha256sum`.',
  'configBundle.unsafe': 'The bundle {{file}} was refused as unsafe, at {{part}}: {{reason}}',
  'configBundle.unsafe.remedy': 'Nothing was taken from it. Triad never writes such a file: ask whoever gave it to you.',
  'configBundle.tooNew': 'The bundle {{file}} is of version {{version}}; this Triad knows versions up to {{known}}',
  'configBundle.tooNew.remedy': 'Update Triad, at least to the version that made the bundle.',
  'configBundle.noValidation': 'No finished validation of {{cluster}} is kept here',
  'configBundle.noValidation.remedy': 'Leave out --from-last: then the cluster is validated first, which changes nothing on it.',
  'configBundle.nothingToSeal': 'The Redis password of {{cluster}} is not known here: there is nothing to seal',
  'configBundle.nothingToSeal.remedy':
    'Name it with redis.passwordEnv or redis.passwordFile in the specification, or export without --seal-with-env.',
  'configBundle.holdsSecret': 'The bundle was not written: a secret stands in {{part}}',
  'configBundle.holdsSecret.remedy':
    'Please report it. If the secret is an ordinary word that stands there anyway, it is too weak: change it.',
  'configBundle.notSealed': 'No secrets are sealed in the bundle {{file}}',
  'configBundle.notSealed.remedy': 'Leave out --open-with-env. Triad finds the password of a running cluster on its servers.',
  'configBundle.wrongPassphrase': 'The secrets in {{file}} do not open with this passphrase',
  'configBundle.wrongPassphrase.remedy':
    'Give the passphrase with which the bundle was exported. If it is the right one, the sealed part was changed: take another copy.',
  'configBundle.hostKeyDiffers': 'The host key of {{endpoint}} is {{known}} here, and {{brought}} in the bundle',
  'configBundle.hostKeyDiffers.remedy':
    'Nothing was imported. Compare both with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server (on Windows the file is in C:\\ProgramData\\ssh). If the one known here is out of date, forget it with `triad known-hosts forget {{endpoint}}`, then import again.',
  'configBundle.otherCluster': 'Another cluster is called {{cluster}} here: {{kept}}, not {{brought}}',
  'configBundle.otherCluster.remedy': 'Nothing was imported. Import into another folder, with TRIAD_HOME set to it.',
  'configBundle.runDiffers': 'The run {{runId}} is kept here already and says something else than the one in the bundle',
  'configBundle.runDiffers.remedy': 'Nothing was imported. One of the two was changed: compare {{file}} with the bundle.',
  'configBundle.passwordDiffers': 'The Redis password kept in {{file}} is not the one in the bundle',
  'configBundle.passwordDiffers.remedy':
    'Nothing was imported. Find out which one the servers have, and move the file away if it is out of date.',
  'report.unreadable': 'The report {{file}} cannot be read: {{reason}}',
  'report.unreadable.remedy': 'Give a report of Triad as HTML, JSON or Markdown, as it was written.',
  'report.noRecord': 'No whole record of this run of {{cluster}} was kept',
  'report.noRecord.remedy':
    'Save the report as JSON: it has every figure. The record is complete only where the journal could be written from beginning to end.',
  'report.isPdf': '{{file}} is a PDF, and a PDF cannot be verified',
  'report.isPdf.remedy':
    'Verify the HTML, JSON or Markdown form of the same run; `triad history show RUN --report FOLDER` writes all three. Then compare the SHA-256 that it names with the one in the PDF, under “Integrity and raw data”.',
  'report.noIntegrity': '{{file}} bears no line of integrity',
  'report.noIntegrity.remedy':
    'Give a report of Triad as HTML, JSON or Markdown. Reports of older versions, of runs that went on, and JUnit files cannot be verified: write the report again with `triad history show RUN --report FOLDER`.',
  'export.folderTaken': '{{folder}} is not an untouched export of Triad: {{file}}',
  'export.folderTaken.remedy': 'Nothing was written. Choose a folder that is new or empty, or move away what is there.',
  'export.otherPrograms': 'The server programs here are not those of the bundle: {{name}} has the SHA-256 {{observed}}, not {{expected}}',
  'export.otherPrograms.remedy':
    'Take a bundle that brings its programs (`triad bundle export --with-binaries`), or give the specification with --spec for the build that is here.',
  'export.onlyLinux': 'The playbook is made for Linux servers, and {{servers}} runs Windows',
  'export.onlyLinux.remedy':
    'Take shell scripts instead (`triad export --as shell`): they come with a batch file for each Windows server. What Ansible needs for Windows, WinRM and modules beside its own, was never tried with Triad, and what was never tried is not written.',
  'export.ownService':
    "The batch files for Windows servers work by Triad's own program, and the nodes on {{servers}} are services of their own",
  'export.ownService.remedy': 'Install them with `triad install`, or leave `windows.service` out of the specification.',
  'ssh.unreachable': 'The SSH server at {{endpoint}} cannot be reached: {{reason}}',
  'ssh.unreachable.remedy':
    'Check the address, that the server is up, and that routing and firewalls let this computer reach {{endpoint}}.',
  'ssh.refused': 'Nothing listens for SSH at {{endpoint}}',
  'ssh.refused.remedy': 'Start sshd on the server, or correct ssh.port in the specification.',
  'ssh.nameNotFound': 'The name {{host}} has no address',
  'ssh.nameNotFound.remedy': 'Correct ssh.host in the specification, or use the IP address.',
  'ssh.notSsh': 'What answers at {{endpoint}} does not speak SSH, or no common algorithm was found: {{reason}}',
  'ssh.notSsh.remedy': 'Check ssh.port in the specification and the version of sshd on the server.',
  'ssh.timedOut': 'The server at {{endpoint}} did not answer within {{seconds}} s',
  'ssh.timedOut.remedy': 'Check that the server is up and that no firewall drops the packets to {{endpoint}}.',
  'ssh.hostKeyUnknown': 'The host key of {{endpoint}} is not known yet: {{type}} {{fingerprint}}',
  'ssh.hostKeyUnknown.remedy':
    'Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server (on Windows the file is in C:\\ProgramData\\ssh). If they are equal, add --accept-new-host-keys, or put it into the specification as ssh.hostKey.',
  'ssh.hostKeyChanged': 'The host key of {{endpoint}} has CHANGED: expected {{expected}}, got {{fingerprint}}',
  'ssh.hostKeyChanged.remedy':
    'Somebody may be in the way, or the server was installed anew. Find out which before going on. Only if the new key is right, remove the old one: `triad known-hosts forget {{endpoint}}`, or correct ssh.hostKey.',
  'ssh.authRejected': 'The server at {{endpoint}} rejected the login of {{user}} ({{method}})',
  'ssh.authRejected.remedy': 'Check user, key or password, and that sshd allows this way of logging in.',
  'ssh.loginCut': 'The server at {{endpoint}} closed the connection during the login of {{user}}',
  'ssh.loginCut.remedy':
    'Read what it said, if anything stands below, and the log of sshd on the server. The account may be locked or expired, logins may be closed (on Linux by /etc/nologin, on Windows by a policy), or too many connections open.',
  'ssh.keyUnreadable': 'The private key {{file}} cannot be used: {{reason}}',
  'ssh.keyUnreadable.remedy':
    'Check the path in ssh.auth.privateKeyFile and that the file is an OpenSSH or PEM private key. With a bundle, name a key of this machine by --private-key.',
  'ssh.passphraseMissing': 'The private key {{file}} is protected by a passphrase, and none was given',
  'ssh.passphraseMissing.remedy':
    'Put the passphrase into an environment variable and name it in the specification as ssh.auth.passphraseEnv, or use an agent (ssh.auth.agent).',
  'ssh.passphraseWrong': 'The passphrase does not open the private key {{file}}',
  'ssh.passphraseWrong.remedy': 'Set the right passphrase in the variable that ssh.auth.passphraseEnv names.',
  'ssh.agentUnavailable': 'No SSH agent can be used: {{reason}}',
  'ssh.agentUnavailable.remedy': 'Start an agent, add the key with ssh-add, and check SSH_AUTH_SOCK; or use privateKeyFile.',
  'ssh.connectionLost': 'The SSH connection to {{server}} was lost',
  'ssh.connectionLost.remedy': 'Check the server and the network, then run the same command again: it goes on from what it finds.',
  'ssh.forwardingRefused': 'The SSH server of {{server}} does not allow forwarding to {{endpoint}}: {{reason}}',
  'ssh.forwardingRefused.remedy':
    'Allow it for this user with `AllowTcpForwarding local`, and where PermitOpen is set, for {{endpoint}}. Triad administers Redis through SSH only.',
  'sudo.missing': 'The user {{user}} on {{server}} is not root and sudo is not installed',
  'sudo.missing.remedy': 'Install sudo, or log in as root.',
  'sudo.passwordNeeded': 'sudo on {{server}} asks {{user}} for a password and none was given',
  'sudo.passwordNeeded.remedy': 'Give ssh.sudo.passwordEnv in the specification, or allow {{user}} to use sudo without a password.',
  'sudo.passwordRejected': 'sudo on {{server}} rejected the password of {{user}}',
  'sudo.passwordRejected.remedy': 'Check the variable that ssh.sudo.passwordEnv names. It was tried once only, so no account was locked.',
  'sudo.refused': 'sudo on {{server}} does not allow {{user}} to become root: {{reason}}',
  'sudo.refused.remedy': 'Add {{user}} to sudoers, or log in as another user.',
  'host.unsupported': '{{server}} does not do what Triad asks of it: {{reason}}',
  'host.unsupported.remedy':
    'Log in with the same account and look. Its password may have expired, its login shell may not be a shell, or the server is neither a Linux with systemd 239 or later nor a Windows Server 2019 or later.',
  'host.commandFailed': '{{step}} failed on {{server}} (exit code {{code}})',
  'host.commandFailed.remedy': 'Read the output below, remove the cause, then run the same command again: it goes on from what it finds.',
  'host.commandTimedOut': '{{step}} on {{server}} did not end within {{seconds}} s and was stopped',
  'host.commandTimedOut.remedy': 'Look at the load and the disks of the server, then run the same command again.',
  'host.uploadCut': 'The upload of {{file}} to {{server}} arrived incomplete',
  'host.uploadCut.remedy': 'Run the same command again: the incomplete file was removed.',
  'host.diskFull': 'The disk of {{server}} is full: {{path}} could not be written',
  'host.diskFull.remedy': 'Free space on that file system, then run the same command again.',
  'host.lockHeld': 'Somebody else is working on {{server}} with Triad: {{holder}}',
  'host.lockHeld.remedy': 'Wait until that run has ended. The lock ends by itself with its connection.',
  'host.sameMachine': '{{server}} is the same machine as {{other}}',
  'host.sameMachine.remedy':
    'Correct the addresses in the specification (servers, address and ssh.host): three different machines are needed, or a master and its replica are lost together.',
  'host.otherPlatform': '{{server}} was planned as a {{planned}} server and turned out to be a {{found}} server',
  'host.otherPlatform.remedy':
    'Nothing was changed there. It did not answer when the run was planned, or the specification (servers, platform) is wrong. Correct that, or start again while it answers.',
  'host.installedElsewhere': 'On {{server}} this cluster is installed in other folders than the specification names: {{paths}}',
  'host.installedElsewhere.remedy':
    'Put the paths of the specification back as they were, and run the same command again. Nothing was changed.',
  'host.serviceFailed': 'The service {{unit}} on {{server}} does not run ({{state}})',
  'host.serviceFailed.remedy': 'Read its log lines below; remove the cause and run the same command again.',
  'host.notElevated': '{{user}} is not an administrator with all rights on {{server}}',
  'host.notElevated.remedy':
    'Log in with a member of the local group Administrators. Where that is a local account, a policy may take its rights away over the network (LocalAccountTokenFilterPolicy).',
  'host.accessDenied': 'Windows denies {{step}} on {{server}}: {{what}}',
  'host.accessDenied.remedy': 'Look at the permissions of what is named, and whether a security program or a policy protects it.',
  'host.fileLocked': 'Another program holds {{path}} on {{server}} open',
  'host.fileLocked.remedy':
    'Find out which program it is (an antivirus program, a backup, an open console), end that, then run the same command again.',
  'host.foreignFolder': '{{path}} on {{server}} belongs to somebody else, or others may write there ({{who}})',
  'host.foreignFolder.remedy':
    'Whoever may write there could put another program in the place of Redis. Empty that folder or remove it, or make Administrators its owner and let nobody else write there; or choose another folder in `paths.windows`. Then run the same command again.',
  'host.programBlocked': '{{server}} does not let {{program}} run (error {{code}})',
  'host.programBlocked.remedy':
    'A policy (AppLocker, App Control) or a security program blocks it. Allow it by its SHA-256 ({{sha256}}), or sign it with a certificate that the policy trusts. Triad can check and plan without it, by PowerShell, but no service can run Redis without it.',
  'host.programQuarantined': 'A security program on {{server}} took {{program}} away (error {{code}})',
  'host.programQuarantined.remedy':
    'Exclude the folder of Triad and the SHA-256 ({{sha256}}) in the security program, restore the file from its quarantine, then run the same command again.',
  'host.libraryMissing': '{{program}} does not start on {{server}}: a library is missing',
  'host.libraryMissing.remedy':
    'Give the whole archive of Redis for Windows: its libraries (such as msys-*.dll) must lie beside the server program.',
  'host.programUnfit': '{{program}} does not run on {{server}} as it must: {{reason}}',
  'host.programUnfit.remedy':
    'No service was touched. What the program said is below. Give the archive whose version you want, whole as it was released, with all its libraries; where a policy or a security program stands in the way, allow the file. Then run the same command again.',
  'host.serviceBeingDeleted': 'The service {{unit}} on {{server}} waits to be deleted',
  'host.serviceBeingDeleted.remedy':
    'Close every window that shows services on that server (services.msc, Task Manager, Server Manager), then run the same command again.',
  'host.defenderRefused': 'Microsoft Defender on {{server}} did not take the exclusion of {{paths}}',
  'host.defenderRefused.remedy': 'A policy or its tamper protection decides. Have the folders excluded where Defender is managed.',
  'check.failed': '{{count}} check(s) failed',
  'check.failed.remedy': 'Each failed check below says what to do.',
  'redis.unreachable': 'The Redis node {{node}} cannot be reached: {{reason}}',
  'redis.unreachable.remedy': 'Check on its server that its service runs. `triad validate` names the service, and where to look.',
  'redis.authRejected': 'The Redis node {{node}} rejected the password',
  'redis.authRejected.remedy': 'Give the password that the cluster was installed with (redis.passwordEnv or redis.passwordFile).',
  'redis.replyUnexpected': 'The Redis node {{node}} answered {{command}} unexpectedly',
  'redis.replyUnexpected.remedy': 'Check that what listens there is the planned version of Redis.',
  'redis.commandRefused': 'The Redis node {{node}} refused {{command}}: {{reason}}',
  'redis.commandRefused.remedy': 'Read the reason; `triad validate` shows the state of the cluster.',
  'redis.foreign': 'A Redis that Triad did not install listens on {{node}}',
  'redis.foreign.remedy': 'Triad does not touch it. Stop it, move it to other ports, or choose other ports in the specification.',
  'redis.holdsKeys': 'The Redis node {{node}} holds {{keys}} keys and is not part of this cluster',
  'redis.holdsKeys.remedy': 'Triad never empties a Redis. Save and remove this data yourself, or choose other servers or ports.',
  'redis.restartNeeded': '{{node}} must be restarted for: {{settings}}',
  'redis.restartNeeded.remedy': 'Restart one node at a time in a quiet hour, replicas first, and run `triad validate` in between.',
  'redis.passwordUnreadable': 'The password file {{file}} on {{server}} cannot be read as Triad wrote it',
  'redis.passwordUnreadable.remedy': 'Look at the file. Give the password with redis.passwordEnv or redis.passwordFile.',
  'redis.persistenceNotChanged': 'The Redis node {{node}} could not be made ready for redis.persistence {{persistence}}: {{reason}}',
  'redis.persistenceNotChanged.remedy':
    'Look for the reason in the log of the node, and whether its disk is full. No configuration was changed; when it is solved, run the same command again.',
  'redis.passwordDiffers': 'The password differs from the one that {{server}} was installed with ({{file}})',
  'redis.passwordDiffers.remedy':
    'Give the original password (redis.passwordEnv, redis.passwordFile, or the file kept beside the run records). Nothing was changed. For another password, `triad remove` first: the data stays.',
  'cluster.noAgreement': 'The six nodes do not agree on the cluster after {{seconds}} s: {{reason}}',
  'cluster.noAgreement.remedy': 'Look at the reachability matrix, above all at the bus ports, then run the same command again.',
  'cluster.replicaNotInSync': 'The replica {{node}} is not in sync with its master after {{seconds}} s',
  'cluster.replicaNotInSync.remedy': 'Look at its log for the reason (password, memory, disk, port), then run the same command again.',
  'cluster.rolesNotAsPlanned': 'The roles are not as planned: {{reason}}',
  'cluster.rolesNotAsPlanned.remedy': 'Run `triad restore-roles`.',
  'cluster.notReady': 'The cluster is not ready: {{reason}}',
  'cluster.notReady.remedy': 'Run `triad validate`; it names the cause for each node.',
  'cluster.foreignNodes': '{{node}} belongs to another cluster or knows nodes that are not planned: {{nodes}}',
  'cluster.foreignNodes.remedy': 'Triad does not touch another cluster. Check the addresses and ports in the specification.',
  'cluster.noMajority': 'Two or more masters are lost: the cluster cannot repair itself',
  'cluster.noMajority.remedy':
    'Start the servers that are down. Only if they are lost for good, ask for a take-over by hand on the remaining replicas.',
  'failover.notPromoted': 'No replica took over for {{node}} within {{seconds}} s',
  'failover.notPromoted.remedy':
    'The services were started again. Look at the logs of the replica and at the reachability of the bus ports.',
  'failover.notSurvived': '{{server}} must not be lost now, the cluster would not survive it: {{reason}}',
  'failover.notSurvived.remedy': 'Nothing was done. Run `triad restore-roles`, then test again.',
  'failover.tookTooLong': 'The trial on {{server}} was not over after {{seconds}} s: it was given up, and {{server}} was healed',
  'failover.tookTooLong.remedy':
    'The log above names the step that it waited in. Run `triad validate`; then test again, with a longer --deadline where one was given.',
  'failover.holdsKeys': '{{cluster}} holds {{keys}} keys: a failover test may lose acknowledged writes of whoever uses it',
  'failover.holdsKeys.remedy':
    'Choose a time at which that is acceptable, and confirm it with the name of the cluster: `--confirm-cluster {{cluster}}`, or the field in the wizard.',
  'failover.notOnWindows': '{{scenario}}: this trial cannot be made on {{server}}, a Windows server',
  'failover.notOnWindows.remedy':
    'Windows Firewall stops connections and not single packets, so there is no cut of one way. Choose networkCut, or any of the others.',
  'failover.ownService':
    "{{scenario}}: this trial cannot be made on {{server}}, where each node is a service of its own, without Triad's program around it",
  'failover.ownService.remedy':
    'A fault is only made where something on the server itself takes it back, also after a reboot, and that is a program of Triad. Choose switchover, or powerLost where the power of the server can be switched by commands.',
  'failover.noFirewall': '{{scenario}}: Windows Firewall on {{server}} cannot cut it off: {{reason}}',
  'failover.noFirewall.remedy':
    'Nothing was done. Which profile a network card belongs to can change, so the firewall must be on, and take local rules, in all of them; or choose another scenario.',
  'failover.noPower': '{{scenario}}: nobody said how the power of a server is cut, and how it comes back',
  'failover.noPower.remedy': 'Run `triad failover-test` with --power-off-command and --power-on-command. Only the command line takes them.',
  'failover.powerHere': '{{server}} is this computer: without power, nobody would be left to switch it on',
  'failover.powerHere.remedy': 'Nothing was done. Run Triad on a computer that is none of the three servers.',
  'failover.keeperFailed': 'The process that would switch {{server}} on again could not be started on this computer',
  'failover.keeperFailed.remedy':
    'The power of {{server}} was not cut. See whether this computer has memory and processes left, then test again.',
  'failover.powerOffFailed': 'The command that cuts the power of {{server}} failed: {{reason}}',
  'failover.powerOffFailed.remedy':
    'The command that switches it on was run all the same. Run both by hand, with TRIAD_SERVER and TRIAD_ADDRESS set as for this server, until they work; then test again.',
  'failover.stillOn': '{{server}} still answers {{seconds}} s after the command that cuts its power ended well',
  'failover.stillOn.remedy':
    'The command must cut the power of exactly this server, at once: it finds it in TRIAD_SERVER and TRIAD_ADDRESS. See which machine it has switched off.',
  'failover.powerOnFailed': '{{server}} could not be switched on again: {{reason}}',
  'failover.powerOnFailed.remedy':
    'It is without power. As Triad ends, the same command is tried some more times for a minute; do not count on it. Switch it on by its management controller, its hypervisor or its button: its services start at boot. Then run `triad restore-roles` and `triad validate`.',
  'failover.notBack': '{{server}} was switched on and is not back after {{minutes}} min: {{reason}}',
  'failover.notBack.remedy':
    'Look at its console. Its services start at boot and its nodes follow by themselves. Then run `triad restore-roles` and `triad validate`.',
  'failover.installFirst': '{{scenario}}: {{server}} was installed by an earlier Triad: {{reason}}',
  'failover.installFirst.remedy':
    'Nothing was done. Install again first: it changes what differs and keeps the data. A node that runs goes on with what it was started with, so restart it then, one node at a time, replicas first. Or choose another scenario.',
  'failover.notHealed': '{{server}} could not be brought back after the test: {{reason}}',
  'failover.notHealed.remedy':
    'The server starts the services by itself at the latest {{seconds}} s after the fault: that was placed on it before. Wait for it, or start the services by hand; after a boot they start by themselves. Then run `triad restore-roles`.',
  'maintenance.noSuccessor': '{{node}} on {{server}} is a master without a replica on another server',
  'maintenance.noSuccessor.remedy': 'Run `triad restore-roles` first; `triad validate` names what is not as planned.',
  'maintenance.other': '{{server}} is in maintenance since {{at}} (begun by {{by}})',
  'maintenance.other.remedy': 'One server at a time. When it is back: `triad maintenance end --server {{server}}`.',
  'maintenance.refused': '{{server}} must not be taken away now, the cluster would not survive it: {{reason}}',
  'maintenance.refused.remedy': 'Nothing was marked. Put that right first; `triad validate` names the cause and the remedy for each node.',
  'maintenance.notReached': '{{server}} is not back as it should be after {{minutes}} min: {{reason}}',
  'maintenance.notReached.remedy':
    'Look at its console. When it runs, give the same command again, with a longer --wait where it needs more time; it goes on from there.',
  'run.nameTaken': 'The name {{cluster}} belongs to another cluster, on {{servers}}',
  'run.nameTaken.remedy':
    'Give this one a name of its own (step Redis, under More), or remove the other first. Runs, password and files on the servers are kept by that name.',
  'run.otherCheck': 'A part of this check cannot be looked at again',
  'run.otherCheck.remedy':
    'It did not come to its end, it was made for another specification, or the servers were changed since. Run all checks.',
  'run.alreadyActive': 'A run on {{cluster}} is going on already',
  'run.alreadyActive.remedy': 'Wait for its end, or stop it, then try again.',
  'run.elsewhere': 'Another Triad works on {{cluster}}: process {{pid}} on {{machine}}',
  'run.elsewhere.remedy':
    'Wait for its end, or stop it there with Ctrl+C, then try again. Where no such process is a Triad any more, delete {{file}}.',
  'connection.passwordUnfit': 'This form cannot hold the password of the cluster',
  'connection.passwordUnfit.remedy':
    'OutSystems splits its connection string at every comma and drops spaces at the ends. Copy it without the password, or give the cluster a password without them.',
  'run.aborted': 'Interrupted',
  'run.aborted.remedy': 'Run the same command again: it looks at the servers and goes on from there.',
  'firstRun.unmet': '{{server}}: {{reason}}',
  'firstRun.unmet.remedy':
    'Read the evidence, and leave it in the report: that Windows behaves differently here is what the first run is to find out.',
  'firstRun.notPossible': '{{server}}: {{reason}}',
  'firstRun.notPossible.remedy': 'This item cannot be done on this server. The report says so.',
  internal: 'Something happened that Triad did not foresee: {{reason}}',
  'internal.remedy': 'Please report it with the run record. The servers can be looked at with `triad validate`.',
} as const satisfies Record<FailureCode | `${FailureCode}.remedy`, string>;
