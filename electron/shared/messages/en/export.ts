/** Words of `triad export`: a cluster as plain files for Ansible or a shell. What stands in those files is English for everybody. */
export const exportTexts = {
  'cli.about.export':
    'write an Ansible playbook or scripts (batch files for Windows servers) that build the same cluster without Triad; contacts no server',
  'cli.option.as': 'ansible or shell',
  'cli.option.exportBundle': 'take the cluster from this bundle, in the place of a specification',
  'cli.option.exportOut': 'folder to write; one that is there must be empty, or an export that nobody has changed',
  'cli.export.as': '--as {{kind}}: known are {{known}}',
  'cli.export.oneSource': 'Give the cluster with --spec FILE or with --bundle FILE.',
  'cli.export.written': '{{folder}} is written: {{count}} files, {{size}}. It holds no secret.',
  'cli.export.same': '{{folder}} is this export already: nothing was written.',
  'cli.export.next': 'Next: {{file}}',
  'storage.folder.notListed': '{{file}} is none of its files',
  'storage.folder.changed': '{{file}} was changed',
  'storage.folder.gone': '{{file}} is missing',
  'storage.folder.noList': 'it has no {{file}}',
  'storage.folder.noFolder': 'it is no folder',
  'change.readme.export.firewall':
    'The firewall that is active on a server is opened for the two other servers and for the networks of the clients, and for nobody else.',
  'change.readme.export.noFirewall': 'Firewalls are not touched: what must be open is your task.',
  'change.readme.export.ansible': `# The Redis Cluster "{{cluster}}" by Ansible

Three servers with two {{engine}} {{engineVersion}} nodes each, every replica on another server than its master, as Triad {{version}} planned it:

{{servers}}

Nothing of Triad is needed to use this, and Triad can go on from what it builds (\`triad validate\`, \`triad failover-test\`): the files that it puts on the
servers are the same, byte for byte.

| file | what |
|---|---|
| \`site.yml\` | the playbook; modules of Ansible itself only |
| \`inventory.yml\` | the servers and the way in |
| \`group_vars/redis_cluster.yml\` | folders, owners, modes, units, hashes: what is the same on all three |
| \`files/servers/NAME/files/\` | every file of a server, by its place there |
| \`files/servers/NAME/check.sh\` | what is refused before anything is changed |
| \`files/servers/NAME/firewall.sh\` | the firewall, where it is to be managed |
| \`files/form-cluster.sh\` | joins the six nodes |
| \`files/programs/\` | {{engine}} {{engineVersion}}, made from {{source}} ({{licence}}); the playbook verifies its SHA-256 |
| \`templates/auth.conf.j2\` | the password's file; the password is nowhere in here |
| \`SHA256SUMS\` | \`sha256sum -c SHA256SUMS\` tells whether anything was changed |

## Run it

Needs Ansible 2.12 or later here, Python 3 on the servers, and a user that may use sudo. Log in to each server once by hand: Ansible asks for unknown
host keys of three servers at once.

The password of the cluster comes from a file that ansible-vault keeps, outside of this folder:

    ansible-vault create ../password.yml          # one line: redis_password: "..."
    ansible-playbook site.yml -e @../password.yml --ask-vault-pass

or from the environment:

    read -rs REDIS_PASSWORD && export REDIS_PASSWORD
    ansible-playbook site.yml

Keys and passwords to log in with are given as always: \`--private-key FILE\`, \`-k\`, \`-K\`.

A second run changes nothing. A run that broke off is simply repeated. A node that runs is never restarted, and where a configuration or the password
would have to change on a running cluster, the playbook stops before it changes anything: that takes an order between the servers, which Triad knows.

{{firewall}} Between the servers and from their clients the password travels as Redis' own protocol sends it.

## Look

On any of the servers:

{{check}}
`,
  'change.readme.export.shell': `# The Redis Cluster "{{cluster}}" by shell scripts

Three servers with two {{engine}} {{engineVersion}} nodes each, every replica on another server than its master, as Triad {{version}} planned it:

{{servers}}

Nothing of Triad is needed to use this, and Triad can go on from what it builds (\`triad validate\`, \`triad failover-test\`): the files that it puts on the
servers are the same, byte for byte.

| file | what |
|---|---|
| \`install-NAME.sh\` | makes one server what it must be, and starts its two nodes |
| \`form-cluster.sh\` | joins the six nodes, from any one of the servers |
| \`servers/NAME/files/\` | every file of a server, by its place there |
| \`servers/NAME/check.sh\` | what is refused before anything is changed |
| \`servers/NAME/firewall.sh\` | the firewall, where it is to be managed |
| \`programs/\` | {{engine}} {{engineVersion}}, made from {{source}} ({{licence}}) |
| \`SHA256SUMS\` | SHA-256 of everything; the scripts verify it before they begin |

## Run it

Needs systemd and a POSIX shell on the servers, and nothing else. The password of the cluster is the one line of a file here, outside of this folder
and readable by you only (\`PASSWORD-FILE\`); it goes to the servers over SSH and is in no argument and no list of processes.

Copy this folder to each server, from within it:

{{copy}}

Install, one server after the other or all at once:

{{install}}

Join the nodes, once, from one server:

{{form}}

Where sudo asks for its own password there is no terminal for it this way: log in, and give the scripts \`--password-file FILE\` with a file that only root
can read, or set REDIS_PASSWORD in root's environment.

All scripts do what is missing and nothing twice: run them again after whatever broke off. A node that runs is never restarted, and where a configuration
or the password would have to change on a running cluster, they stop before they change anything: that takes an order between the servers, which Triad
knows. Nodes that hold keys of something else, or know other nodes, are refused.

{{firewall}} Between the servers and from their clients the password travels as Redis' own protocol sends it.

## Look

On any of the servers:

{{check}}
`,
  'change.readme.export.mixed': `| \`install-NAME.sh\` | the same for a Linux server, with \`servers/NAME/check.sh\` and \`firewall.sh\` |
| \`programs/\` | {{engine}} for the Linux servers, made from {{source}} ({{licence}}) |
`,
  'change.readme.export.batch': `# The Redis Cluster "{{cluster}}" by batch files and scripts

Three servers with two {{engine}} {{engineVersion}} nodes each, every replica on another server than its master, as Triad {{version}} planned it:

{{servers}}

Windows: {{windows}}. Neither Redis nor Microsoft supports a Redis for Windows, and nothing in here was ever run on a real Windows Server: the files were proved on
practice servers under Wine. Try them on machines that you can do without.

Triad need not be installed anywhere to use this, and it can go on from what it builds (\`triad validate\`, \`triad failover-test\`): the files that it puts on the
servers are the same, byte for byte.

| file | what |
|---|---|
| \`install-NAME.cmd\` | makes one Windows server what it must be, and starts its two nodes |
{{mixed}}| \`{{join}}\` | joins the six nodes, from {{where}} |
| \`servers/NAME/files/\` | every file of a server, by its place there |
| \`servers/NAME/folders.txt\`, \`access.txt\` | folders and files of a Windows server with their access lists (SDDL) |
| \`programs/windows/\` | {{engine}} {{engineVersion}} out of {{windowsSource}} (SHA-256 {{windowsSha256}}), and \`triad-service-*.exe\`, which runs it as a service |
| \`windows/\` | what stands around the password in its file; the password is nowhere in here |
| \`SHA256SUMS\` | SHA-256 of everything; the scripts verify what they install before they begin |

## Run it

Needs Windows Server 2019 or later for x64 with OpenSSH, and a user who is an administrator there. A Linux server needs systemd and a POSIX shell.

The password of the cluster is the one line of a file here, outside of this folder and readable by you only (\`PASSWORD-FILE\`); it goes to the servers over SSH and is in
no argument and no list of processes. Batch files take one of letters, digits and \`_.+/=:,@-\`, which does not begin with an equals sign.

Copy this folder to each server. A Linux server gets it from within the folder, a Windows server from the folder above, in which this one is called FOLDER; a copy that an
earlier export has left there has to be removed before:

{{copy}}

Install, one server after the other or all at once:

{{install}}

Join the nodes, once:

{{form}}

Without SSH: copy the folder by any other means, open a command prompt as an administrator on the server, and give the batch file the place of a password file, for example
\`install-NAME.cmd D:\\password.txt\`. That file has to be an ASCII text, and goes when all is done.

All files do what is missing and nothing twice: run them again after whatever broke off. They end at the first failure, with the answer of the program that failed. A node
that runs is never restarted, and where a configuration or the password would have to change on a running cluster, they stop before they change anything: that takes an
order between the servers, which Triad knows. Nodes that hold keys of something else, or know other nodes, are refused. Nothing is removed; a file of others that stands in
the way keeps a second name, with \`.triad-before\` at its end.

The folder of the cluster on a Windows server, and those above it, must belong to administrators: look before with \`icacls\` where it is there already. The batch files close
it to all others, and refuse only programs that are not of Triad; Triad itself looks at every folder on the way.

{{firewall}} Between the servers and from their clients the password travels as Redis' own protocol sends it.

## Look

On any of the servers, of a cluster with Linux servers on one of them:

{{check}}
`,
} as const;
