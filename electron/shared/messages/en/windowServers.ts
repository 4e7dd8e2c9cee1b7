/** Texts of the wizard's step Servers. Helps are two sentences: what the field is, and why it matters. */
export const windowServersTexts = {
  'window.servers.title': 'Three servers',
  'window.servers.lead':
    'Triad logs in to each of them by SSH and looks. Nothing is changed before you have seen and confirmed every change.',
  'window.servers.primary': 'Continue to Redis',
  'window.servers.primary.why': 'Tests {{servers}} first',
  'window.servers.anyway': 'Continue anyway',
  'window.servers.sameLogin': 'Same login for all three',
  'window.servers.sameLogin.help':
    'User, password or key, and sudo of the first server are used for all three. Switch it off when the servers have different accounts.',
  'window.servers.testAll': 'Test all three',
  'window.servers.test': 'Test connection',
  'window.servers.testAgain': 'Test again',
  'window.servers.testOf': '{{action}}: {{server}}',
  'window.servers.server': 'Server {{number}}',

  'window.windows.title': 'Redis on Windows',
  'window.windows.help':
    'Triad runs on Windows Server 2019, 2022 and 2025 with the OpenSSH server of Windows, and the archive with Redis is yours to bring. Neither Redis nor OutSystems supports Redis on Windows, so nobody but you answers for it: Linux is recommended.',
  'window.windows.all': 'No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.',
  'window.windows.mixed':
    'Windows: {{servers}}; the others run Linux. No Redis for Windows is supported by Redis or by OutSystems, and nobody tests a cluster on both: use three servers of one kind, best Linux.',

  'window.servers.paste': 'Paste addresses',
  'window.servers.paste.label': 'Three addresses',
  'window.servers.paste.hint':
    'Parted by commas, blanks or lines. Also understood: user@address:port, [IPv6]:port, and lines of a hosts file.',
  'window.servers.paste.apply': 'Fill in',
  'window.servers.paste.cancel': 'Cancel',
  'window.servers.paste.understood': 'Understood: {{servers}}',
  'window.servers.paste.nothing': 'No address found yet.',
  'window.servers.paste.unread': 'Not understood: {{words}}',
  'window.servers.paste.tooMany': 'There are {{count}} addresses; the first three are taken.',
  'window.servers.paste.filledOne': 'One server was filled in.',
  'window.servers.paste.filled': '{{count}} servers were filled in.',

  'window.servers.address': 'Address',
  'window.servers.address.help':
    'The IP address by which the other two servers reach this one. Redis announces addresses and not names, and a name that moves would break the cluster.',
  'window.servers.name': 'Name',
  'window.servers.name.help': 'How Triad calls this server on every screen and in the report. It changes nothing on the server.',
  'window.servers.user': 'User',
  'window.servers.user.help':
    'The account that Triad logs in with; on Windows it may be written DOMAIN\\user. It is root, may become root by sudo, or on Windows is an administrator: services, folders and firewall rules need it.',
  'window.servers.login': 'Login',
  'window.servers.login.help':
    'How Triad proves to the server who it is. Passwords and passphrases are kept in the keychain of this computer where there is one, else only until Triad is closed.',
  'window.servers.login.password': 'Password',
  'window.servers.login.key': 'Key file',
  'window.servers.login.agent': 'SSH agent',
  'window.servers.password': 'Password of {{user}}',
  'window.servers.password.noUser': 'Password',
  'window.servers.password.help':
    'The password of the account on the server. It is tried once for each test, so that a mistake does not lock the account.',
  'window.servers.key': 'Private key',
  'window.servers.key.help':
    'The private half of a key whose public half the server knows (~/.ssh/authorized_keys, or for an administrator of Windows C:\\ProgramData\\ssh\\administrators_authorized_keys). The file stays where it is and is read for each connection.',
  'window.servers.key.choose': 'Choose a key file',
  'window.servers.key.other': 'Choose another',
  'window.servers.key.none': 'No key chosen yet',
  'window.servers.key.missing': 'Choose a private key',
  'window.servers.key.protected': '{{type}}, protected by a passphrase',
  'window.servers.key.open': '{{type}}, without a passphrase',
  'window.servers.key.protectedOnly': 'protected by a passphrase',
  'window.servers.key.openOnly': 'without a passphrase',
  'window.servers.passphrase': 'Passphrase of the key',
  'window.servers.passphrase.help':
    'Opens the private key. It never leaves this computer: the server only sees that the key could be used.',
  'window.servers.agent': 'Keys come from the SSH agent of this computer (SSH_AUTH_SOCK, Pageant or the Windows service).',
  'window.servers.sudo': 'sudo asks for',
  'window.servers.sudo.help':
    'What the server wants to know before {{user}} becomes root. Triad hands it over on the input of sudo, never on a command line.',
  'window.servers.sudo.helpNoUser':
    'What the server wants to know before the user becomes root. Triad hands it over on the input of sudo, never on a command line.',
  'window.servers.sudo.none': 'No password',
  'window.servers.sudo.sameAsLogin': 'The login password',
  'window.servers.sudo.own': 'A password of its own',
  'window.servers.sudo.root': 'root needs no sudo.',
  'window.servers.sudo.windows': 'On Windows the account must be an administrator; nothing else is asked for.',
  'window.servers.sudoPassword': 'Password for sudo',
  'window.servers.sudoPassword.help': 'The password that sudo asks for. It is tried once for each test.',
  'window.servers.secret.missing': 'Needed to log in',
  'window.servers.port': 'SSH port',
  'window.servers.port.help': 'The port on which the server listens for SSH, usually 22. It has nothing to do with the ports of Redis.',
  'window.servers.sshHost': 'SSH reaches it at another address',
  'window.servers.sshHost.help':
    'An address or name that this computer uses for SSH, if it differs from the one between the servers. Leave it empty when they are the same.',
  'window.servers.sshHost.placeholder': 'the same',
  'window.servers.hostKey': 'Expected host key',
  'window.servers.hostKey.help':
    'The fingerprint that the specification demands of this server. Empty it to compare and accept the key of the server yourself.',
  'window.servers.moreOf': 'More about {{server}}',

  'window.servers.clash.name': 'Already the name of server {{number}}; every server needs its own',
  'window.servers.clash.address': 'Already the address of server {{number}}; three different machines are needed',
  'window.servers.clash.ssh': 'SSH reaches server {{number}} there already; three different machines are needed',

  'window.servers.state.idle': 'Not tested yet',
  'window.servers.state.running': 'Being tested',
  'window.servers.state.stale': 'Not tested since the change',
  'window.servers.state.reached': 'Reached and logged in',
  'window.servers.state.keyUnknown': 'Its key is not known yet',
  'window.servers.state.keyChanged': 'Its key has changed',
  'window.servers.state.failed': 'Test failed',
  'window.servers.idle.hint': 'A test shows system, memory, disk and firewall here.',
  'window.servers.connecting': 'Connecting to {{endpoint}}',
  'window.servers.proof': 'Logged in to {{endpoint}} from this computer at {{time}}, host key compared, and looked at it.',
  'window.servers.result': 'What the test found on {{server}}',
  'window.servers.fact.os': 'System',
  'window.servers.fact.hostName': 'Host name',
  'window.servers.fact.cpus': 'Processors',
  'window.servers.fact.memory': 'Memory',
  'window.servers.fact.disk': 'Free disk',
  'window.servers.fact.disk.at': '{{size}} below {{path}}',
  'window.servers.fact.firewall': 'Firewall',
  'window.servers.fact.firewall.none': 'none active',
  'window.servers.fact.firewall.active': '{{kind}}, active',
  'window.servers.fact.privilege': 'Becomes root',
  'window.servers.fact.privilege.windows': 'Rights',
  'window.servers.fact.privilege.root': 'is root',
  'window.servers.fact.privilege.sudo': 'by sudo, no password',
  'window.servers.fact.privilege.sudoWithPassword': 'by sudo with a password',
  'window.servers.fact.privilege.administrator': 'administrator',
  'window.servers.fact.hostKey': 'Host key',
  'window.servers.fact.hostKey.known': '{{type}}, as known',
  'window.servers.fact.hostKey.accepted': '{{type}}, accepted by you',
  'window.servers.fact.unknown': 'could not be read',
  'window.servers.architecture':
    'The processor is {{architecture}}. The programs that Triad brings run on x86_64; this server needs an archive of your own in the next step.',

  'window.servers.key.unknown.title': 'Is this {{server}}?',
  'window.servers.key.unknown.lead':
    'It offers a key that nobody has accepted yet. Compare it once: later, a stranger in its place would be noticed.',
  'window.servers.key.type': 'Type',
  'window.servers.key.fingerprint': 'Fingerprint',
  'window.servers.key.readAloud': 'To read aloud',
  'window.servers.key.how': "On the server's own console, or where you trust the connection, this prints the fingerprint:",
  'window.servers.key.copyCommand': 'Copy the command',
  'window.servers.key.compare': 'Or paste here what it printed',
  'window.servers.key.compare.same': 'Equal: this is the key of the server.',
  'window.servers.key.compare.different': 'Different: do not accept it. What answers there is not the server that you asked.',
  'window.servers.key.compare.none': 'No SHA-256 fingerprint in it; nothing was compared.',
  'window.servers.key.accept': 'Accept this key',
  'window.servers.key.changed.title': '{{server}} offers another key than before',
  'window.servers.key.changed.lead':
    'Triad stopped before it sent a password. Either the server was reinstalled or got a new key, or somebody is in the way and reads along.',
  'window.servers.key.changed.known': 'Known so far',
  'window.servers.key.changed.offered': 'Offered now',
  'window.servers.key.changed.todo':
    'Ask whoever looks after {{server}} whether its key was changed, and compare the new one on its console. Go on only if both agree.',
  'window.servers.key.forget': 'It was reinstalled: forget the old key',
  'window.servers.key.forget.title': 'Forget the known key of {{server}}?',
  'window.servers.key.forget.lead':
    'The server is then tested again and its new key shown for you to compare. The old key, {{fingerprint}}, is accepted no more.',
  'window.servers.key.forget.confirm': 'Forget the old key of {{server}}',
  'window.servers.key.forget.cancel': 'Keep it',

  'window.servers.machine.sameMachine':
    '{{server}} is the same machine as {{first}}: one installation under two addresses. A master and its replica would be lost together; correct one of the addresses.',
  'window.servers.machine.perhaps':
    '{{server}} offers the same host key as {{first}}. They are probably one machine under two addresses; check both.',
  'window.servers.machine.sharedKey':
    '{{server}} has the same host key as {{first}}, as copies of one image have. Either could pretend to be the other: make new host keys on one of them (ssh-keygen -A after removing the files ssh_host_* in /etc/ssh, on Windows in C:\\ProgramData\\ssh).',

  'window.servers.hold.fields': 'Some fields need you first; they are marked.',
  'window.servers.hold.keyUnknown': 'Compare and accept the key of {{servers}} first.',
  'window.servers.hold.keyChanged': 'The key of {{servers}} has changed. This must be settled first.',
  'window.servers.hold.sameMachine': 'Three different machines are needed.',
  'window.servers.hold.failed':
    '{{servers}} could not be tested. You may go on and fill in the rest: nothing is changed anywhere, and the servers are tested again before anything is installed.',
  'window.servers.hold.machines': 'Look at the warning about the machines above, then go on if it is as you want it.',
  'window.servers.tested': '{{server}}: {{state}}',

  // What to do in the window, where the command line would say otherwise.
  'window.remedy.ssh.unreachable':
    'Check the address, that the server is up, and that routing and firewalls let this computer reach {{endpoint}}.',
  'window.remedy.ssh.refused': 'Start sshd on the server, or correct the SSH port (under More).',
  'window.remedy.ssh.nameNotFound': 'Correct the address that SSH uses (under More), or use the IP address.',
  'window.remedy.ssh.notSsh': 'Check the SSH port (under More) and the version of sshd on the server.',
  'window.remedy.ssh.hostKeyUnknown': 'Compare the key in the step Servers and accept it there.',
  'window.remedy.ssh.hostKeyChanged':
    'Somebody may be in the way, or the server was installed anew. Find out which before going on; the step Servers shows both keys.',
  'window.remedy.ssh.keyUnreadable': 'Choose the key file again in the step Servers. It must be an OpenSSH or PEM private key.',
  'window.remedy.ssh.passphraseMissing': 'Type the passphrase in the step Servers, or use an SSH agent.',
  'window.remedy.ssh.passphraseWrong': 'Type the right passphrase in the step Servers.',
  'window.remedy.ssh.agentUnavailable':
    'Start an agent and add the key with ssh-add, then start Triad again; or choose the key file itself.',
  'window.remedy.ssh.connectionLost': 'Check the server and the network, then try again.',
  'window.remedy.sudo.passwordNeeded': 'Say in the step Servers what sudo asks for, or allow {{user}} to use sudo without a password.',
  'window.remedy.sudo.passwordRejected': 'Type the password for sudo again. It was tried once only, so no account was locked.',
  'window.remedy.secret.missing': 'Type it in the step Servers.',
} as const;
