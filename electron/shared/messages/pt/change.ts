import type { changeTexts as english } from '../en/change.ts';

/** The texts of `en/change.ts` in Portuguese. */
export const changeTexts = {
  'change.purpose.nodeConf': 'Configuration of node {{node}}',
  'change.purpose.authConf': 'Password of the cluster, read by both nodes',
  'change.purpose.nodeUnit': 'Service of node {{node}}: starts it at boot and after a crash, shut in as far as systemd can',
  'change.purpose.rotateScript': 'Puts log files above {{megabytes}} MB aside and keeps {{kept}} of them',
  'change.purpose.rotateUnit': 'Service that looks after the log files',
  'change.purpose.rotateTimer': 'Starts the log rotation every hour',
  'change.purpose.sysctl': 'Kernel settings at every boot',
  'change.purpose.tmpfiles': 'Transparent huge pages off at every boot',
  'change.purpose.manifest': 'List of everything that Triad installed here; `triad remove` works from it',
  'change.purpose.readme': 'Explains to an administrator what this is',
  'change.purpose.before': 'State of this server before Triad came, so that it can be put back',
  'change.purpose.firewallScript': 'Adds and removes the firewall rules of the cluster',
  'change.purpose.firewallUnit': 'Brings the firewall rules back after a boot or a reload of the firewall',
  'change.purpose.peers': 'Lets {{peer}} reach the data ports and bus ports',
  'change.purpose.clients': 'Lets clients in {{network}} reach the data ports',
  'change.secretStandIn': '(holds the password: not shown)\n',
  'change.firewall.rule': 'TCP from {{source}} to {{destination}} on ports {{ports}}',
  'change.firewall.allow': 'Let the cluster in: {{rules}}',
  'change.firewall.withdraw': 'Withdraw what this cluster does not need any more: {{rules}}',
  'change.firewall.withdrawAll': 'Withdraw the firewall rules of this cluster',
  'change.rule.plain': 'Allow TCP from {{from}} ({{source}}) to {{to}} ({{destination}}), destination ports {{ports}}, and the answers:',
} as const satisfies Record<Exclude<keyof typeof english, `change.readme.${string}`>, string>;
