/** Texts of the change room. Every code begins with `change.`. */
export const changeTexts = {
  'change.purpose.nodeConf': 'Configuration of node {{node}}',
  'change.purpose.authConf': 'Password of the cluster, read by both nodes',
  'change.purpose.nodePassword': 'Password of the cluster, read by node {{node}}',
  'change.purpose.servicePassword': 'Password of the cluster, read by the service of node {{node}} to ask how it is and to stop it',
  'change.purpose.nodeService':
    'Service of node {{node}}: what is started at boot and after a crash, under which account, and how it is stopped',
  'change.purpose.nodeUnit': 'Service of node {{node}}: starts it at boot and after a crash, shut in as far as systemd can',
  'change.purpose.rotateScript': 'Puts log files above {{megabytes}} MB aside and keeps {{kept}} of them',
  'change.purpose.rotateUnit': 'Service that looks after the log files',
  'change.purpose.rotateTimer': 'Starts the log rotation every hour',
  'change.purpose.sysctl': 'Kernel settings at every boot',
  'change.purpose.tmpfiles': 'Transparent huge pages off at every boot',
  'change.purpose.manifest': 'List of everything that Triad installed here; `triad remove` works from it',
  'change.purpose.maintenance': 'Tells everybody who looks that {{server}} is in maintenance; `triad maintenance end` takes it away',
  'change.purpose.readme': 'Explains to an administrator what this is',
  'change.purpose.before': 'State of this server before Triad came, so that it can be put back',
  'change.purpose.firewallScript': 'Adds and removes the firewall rules of the cluster',
  'change.purpose.firewallUnit': 'Brings the firewall rules back after a boot or a reload of the firewall',
  'change.purpose.peers': 'Lets {{peer}} reach the data ports and bus ports',
  'change.purpose.clients': 'Lets clients in {{network}} reach the data ports',
  'change.secretStandIn': '(holds the password: not shown)\n',
  'change.firewall.rule': 'TCP from {{source}} to {{destination}} on ports {{ports}}',
  'change.firewall.allow': 'Let the cluster in: {{rules}}',
  'change.firewall.allowByScript':
    'Let the cluster in: {{rules}}. The exact rules are in {{script}}, which runs now and at every start of the server',
  'change.firewall.withdraw': 'Withdraw what this cluster does not need any more: {{rules}}',
  'change.firewall.withdrawFault': 'Withdraw the rules {{rule}} with which a failover test has cut this server off',
  'change.firewall.withdrawAll': 'Withdraw the firewall rules of this cluster',
  'change.rule.plain': 'Allow TCP from {{from}} ({{source}}) to {{to}} ({{destination}}), destination ports {{ports}}, and the answers:',
  'change.readme.master': '  port {{port}} (bus {{bus}})   planned as master of the slots {{first}}-{{last}}',
  'change.readme.replica': '  port {{port}} (bus {{bus}})   planned as replica of {{master}}',
  'change.readme.text': `{{cluster}} on {{server}}
================================================================

This server carries two of the six nodes of the Redis Cluster "{{cluster}}".
They were installed by Triad {{version}} and are managed with it, from an
administrator's machine. Edits of the files here are replaced at the next
install.

What runs here
{{nodes}}

  The nodes of the other two servers: {{peers}}.
  A replica follows a master on another server, and takes over when that one
  is lost. The roles may have changed since; ask the cluster:

    {{client}} -h {{address}} -p {{port}} --askpass cluster nodes

Start, stop, look
    systemctl status  {{units}}
    systemctl stop    {{units}}
    systemctl start   {{units}}

  Stopping both nodes is a failover for the rest of the cluster: never do it on
  two servers at the same time. Before planned work on this server, see that
  \`triad validate\` passes; after it, run \`triad restore-roles\`.

Where things are
  programs        {{bin}}
  configuration   {{install}}
  data            {{data}}
  logs            {{logs}} (above {{megabytes}} MB they are put aside)
  kernel settings {{sysctl}}
                  {{tmpfiles}}
  everything      {{manifest}}

Take it away
  \`triad remove\` takes away exactly what the manifest lists. Data stays unless
  \`--delete-data\` is given.
`,
  'change.readme.windows': `{{cluster}} on {{server}}
================================================================

This server carries two of the six nodes of the Redis Cluster "{{cluster}}".
They were installed by Triad {{version}} and are managed with it, from an
administrator's machine. Edits of the files here are replaced at the next
install.

No Redis for Windows is supported by Redis or by OutSystems. Linux servers are
recommended.

What runs here
{{nodes}}

  The nodes of the other two servers: {{peers}}.
  A replica follows a master on another server, and takes over when that one
  is lost. The roles may have changed since; ask the cluster:

    {{client}} -h {{address}} -p {{port}} --askpass cluster nodes

Start, stop, look (as an administrator)
{{query}}

{{stop}}

{{start}}

  Stopping both nodes is a failover for the rest of the cluster: never do it on
  two servers at the same time. Before planned work on this server, see that
  \`triad validate\` passes; after it, run \`triad restore-roles\`.

Where things are
  programs        {{bin}}
  cluster         {{install}}
  nodes           {{folders}}
                  each with its configuration, data and logs (redis.log above
                  {{megabytes}} MB is put aside)
  firewall        rules whose names begin with {{firewall}}
  everything      {{manifest}}

  If a virus scanner holds files of Redis open, Redis cannot replace them:
  leave the folders of the nodes out of its scans.

Take it away
  \`triad remove\` takes away exactly what the manifest lists. Data stays unless
  \`--delete-data\` is given.
`,
  'change.readme.windowsOwn': `
No program of Triad runs here
  Each node is a service of its own, which Windows starts and, after a crash,
  starts again. Nobody puts redis.log aside, whatever its size.
`,
  'change.readme.bundle.secret': `The password of the cluster belongs into {{path}} on {{server}}, as two lines:

  requirepass "PASSWORD"
  masterauth "PASSWORD"

It is not part of this bundle. This text is no configuration: do not copy it.
`,
  'change.readme.bundle.plainSecret': `The password of the cluster belongs into {{path}} on {{server}}, alone on the first line.

It is not part of this bundle. This text is no password: do not copy it.
`,
  'change.readme.bundle.sealed':
    'The password of the cluster is in `secrets.sealed.json`, sealed with a passphrase (scrypt, AES-256-GCM): `triad bundle import FILE --open-with-env NAME` opens it.',
  'change.readme.bundle.notSealed': 'The password of the cluster is not in it. It stands on every server in `auth.conf`, readable by root.',
  'change.readme.bundle.notSealedWindows':
    'The password of the cluster is not in it. It stands on every server in `auth.conf`, readable by its administrators.',
  'change.readme.bundle.commercial': `**Commercial programs are inside**: \`redis/windows-archive.zip\` holds Memurai, and the licence file that lay beside it. Give this file to nobody who may not
have both.

`,
  'change.readme.bundle.server': `### 1.{{number}} On {{server}} ({{address}})

{{commands}}
`,
  'change.readme.bundle.text': `# The Redis Cluster "{{cluster}}"

Everything that describes one crossed Redis Cluster ({{engine}} {{engineVersion}}) on three servers, as Triad {{version}} knew it at {{madeAt}}:

{{servers}}

This file is an ordinary zip. Triad reads it with \`triad bundle inspect\`, proves with \`triad bundle verify\` that nothing in it was changed, compares
it with \`triad bundle diff\`, and goes on from it on another machine with \`triad bundle import\`.

{{sealed}} Nor does it hold logins: private keys are named by their place on the machine that made it.

{{commercial}}| part | what |
|---|---|
| \`manifest.json\` | format, version, and size and SHA-256 of every other part |
| \`spec.yaml\` | the specification: what was asked for |
| \`plan.json\` | what follows from it: nodes, roles, slots, folders, programs |
| \`programs.json\` | version, licence, source and SHA-256 of the server programs |
| \`redis/\` | the programs themselves, where they were asked for |
| \`known-hosts.json\` | the SSH host keys of the servers |
| \`nodes.json\` | the Redis ids of the six nodes and their roles when last seen |
| \`servers/NAME/files/\` | every file that Triad puts on a server, by its place there |
| \`servers/NAME/firewall.txt\` | what the server must let in, in the words of firewall tools |
| \`servers/NAME/facts.json\` | what identifies the server |
| \`servers/NAME/nodes-PORT.conf\` | what the node wrote down of the cluster: for looking, not for copying back |
| \`runs/ID/events.ndjson\` | the journals of the last validation, failover test and installation |
| \`secrets.sealed.json\` | the password of the cluster, where it was sealed |

## The same cluster by hand

{{needs}}
### 1. Each server

{{steps}}
{{firewall}}

### 2. Join the six nodes, on one {{where}}

{{join}}

### 3. Look

{{check}}

Three masters and three replicas must be connected, each replica on another server than its master, and all 16384 slots covered.
`,
  'change.readme.bundle.linux': `Needs {{servers}} with systemd, and the two programs of {{engine}} {{engineVersion}} in a folder (licence {{licence}}, made from {{source}}). Unpack
this file on each server, and run everything as root in the folder where it lies unpacked.

    unzip FILE.triad -d bundle && cd bundle
    export PROGRAMS=/folder/of/the/programs
    # Where this bundle brings the programs (redis/): mkdir programs; for gz in redis/*/*/*.gz; do gzip -dc "$gz" >"programs/$(basename "$gz" .gz)"; done
    export PASSWORD=...    # without quotes, backslashes and spaces; the same on all servers

`,
  'change.readme.bundle.windows': `Needs {{servers}} with Windows Server 2019 or later, and the programs of {{engine}} {{engineVersion}} for Windows in a folder (licence {{licence}}, from
{{source}}), {{server}} itself and not a folder around it. Beside it must lie Triad's own program for Windows servers, which runs Redis as a
service: \`redis/triad-service.exe\` of a bundle with programs, or \`resources/windows-service/build\` of a Triad. A server that runs signed programs
alone must be told to run this one, by the hash in \`programs.json\`. Unpack this file on each server, and run everything in a command prompt (cmd.exe)
as an administrator, in the folder where it lies unpacked. What the batch files do stands in them, one command a line.

    mkdir bundle && cd bundle && tar -xf ..\\FILE.triad
    rem Where this bundle brings the programs (redis/): this, and one folder up what lies in a folder of its own there
    mkdir programs && tar -xf redis\\windows-archive.zip -C programs && copy redis\\triad-service.exe programs
    set PROGRAMS=%CD%\\programs
    set PASSWORD=...
    rem The password: letters and digits only, no blank at the end; the same on all servers

`,
  'change.readme.bundle.windowsOwnService': `Needs {{servers}} with Windows Server 2019 or later, and the programs of {{engine}} {{engineVersion}} for Windows in a folder (licence {{licence}}, from
{{source}}), {{server}} itself and not a folder around it, with its licence file. Each node is a service of its own: no program of Triad is needed. Unpack this file on each
server, and run the lines one by one in a command prompt (cmd.exe) as an administrator, in the folder where it lies unpacked. They are what Triad asks of Windows, written
down; nobody has run them as they stand here.

    mkdir bundle && cd bundle && tar -xf ..\\FILE.triad
    rem Where this bundle brings the programs (redis/): this, and one folder up what lies in a folder of its own there
    mkdir programs && tar -xf redis\\windows-archive.zip -C programs
    set PROGRAMS=%CD%\\programs
    set PASSWORD=...
    rem The password: letters and digits only, no blank at the end; the same on all servers

`,
  'change.readme.bundle.ownServiceFirewall':
    'The lines with netsh.exe open the firewall of {{servers}}, where there are some; where a policy has rules of the server ignored, the rules in `firewall.txt` belong into that policy.',
  'change.readme.bundle.openLinux': 'Open the firewall of {{servers}} as `firewall.txt` of the server says.',
  'change.readme.bundle.openWindows':
    'Open the firewall of {{servers}} as `firewall.txt` of the server says: `install.cmd` does not touch it.',
  'change.readme.bundle.opensWindows':
    '`install.cmd` opens the firewall of {{servers}} for the other servers and for the clients, by rules whose names begin with {{tag}}. Where a policy has rules of the server ignored, the rules in its `firewall.txt` belong into that policy.',
} as const;
