/** Words about a cluster that Triad did not install, and what deviates from the shape that it knows. */
export const adoptTexts = {
  'adopt.count': '{{count}} nodes, where six are known: {{nodes}}',
  'adopt.disagrees': '{{node}} does not see the others as they see themselves, or does not reach one',
  'adopt.servers': '{{count}} servers, where three are known: {{addresses}}',
  'adopt.nodesOnServer': '{{address}} has {{count}} nodes, where two are known',
  'adopt.mastersOnServer':
    '{{address}} has {{count}} masters, where one is known: after a failover, move the roles back first (CLUSTER FAILOVER)',
  'adopt.notCrossed': '{{address}} has a replica beside its own master: the loss of that server would lose its slots',
  'adopt.replicas': '{{node}} has {{count}} replicas, where one is known',
  'adopt.slots': '{{node}} serves {{slots}}, where one range of slots is known',
  'adopt.uncovered': '{{covered}} of 16384 slots are served',
  'adopt.ports': 'the data ports are not the same two on all servers: {{list}}',
  'adopt.busPort': '{{node}} has the bus port {{port}}, where the data port plus 10000 is known',
  'adopt.versions': 'not all nodes run one version: {{versions}}',
  'cli.about.adopt': 'describe a running cluster that Triad did not install, from the address of one node; changes nothing on it',
  'cli.option.adoptAddress': 'address of one node, with its data port (default 7000)',
  'cli.option.adoptName': 'what to call it',
  'cli.option.adoptPassword': 'environment variable with the Redis password; asked for where there is a terminal',
  'cli.option.adoptSshUser': 'SSH user for validations that look at the servers too',
  'cli.option.adoptOut': 'the specification to write (default: NAME.yaml); never over a file that is there',
  'cli.option.adoptYes': 'write it without asking',
  'cli.adopt.address': '{{address}} is no IP address with a port, such as 10.0.0.1:7000',
  'cli.adopt.password': 'Redis password (empty for none):',
  'cli.adopt.question': 'Write this specification to {{file}}? Nothing is changed on the cluster.',
  'cli.adopt.written':
    'Written: {{file}}\nNext: triad validate --redis-only --spec {{file}}\nWithout --redis-only, the servers are looked at too: see to servers[].ssh in the file first.',
  'cli.adopt.nameTaken': '--name {{name}}: another password is kept under this name already',
  'cli.adopt.fileHead':
    'A cluster that Triad did not install, as it was found. Triad validates it and changes nothing on it.\nservers[].ssh is a guess: a validation with --redis-only does not need it.',
} as const;
