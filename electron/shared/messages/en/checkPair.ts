/** Texts of the checks on the ways between machines. */
export const pairCheckTexts = {
  'check.pair.open': 'Open ({{durationMs}} ms)',
  'check.pair.untried': '{{endpoint}} was not tried',
  'check.pair.untried.remedy': 'Remove what the checks of {{from}} and {{to}} name, then run the same command again.',
  'check.pair.adminUntried.remedy': 'Remove what the checks of {{to}} name, then run the same command again.',
  'check.pair.willBeOpened': '{{endpoint}} is closed now by {{firewall}} on {{to}}; install opens it',
  'check.pair.willBeOpened.remedy': 'Nothing to do: `triad install` adds the rule.',
  'check.pair.refused.listener.remedy':
    'Something listened there, so a firewall rejects it (on the server, or between the networks). Ask for one of these:\n{{rules}}',
  'check.pair.refused.cluster.remedy':
    'Look whether the node runs: `systemctl status {{unit}}` on {{to}}. If it does, a firewall rejects it. Ask for one of these:\n{{rules}}',
  'check.pair.filtered.remedy': 'A firewall drops the packets: on {{to}}, on {{from}}, or between them. Ask for one of these:\n{{rules}}',
  'check.pair.unreachable.remedy':
    'Look for the route with `ip route get` on {{from}} and on {{to}}; a firewall that rejects with an ICMP error looks the same. Ask for one of these:\n{{rules}}',
  'check.pair.intercepted.remedy':
    'Find out what answers at {{endpoint}}: an address translation (NAT), a proxy, or another program. Redis nodes need to reach each other directly.',

  'check.pair.dataPort.title': 'Data port between servers',
  'check.pair.dataPort.expected': '{{from}} reaches the {{role}} of {{to}} at {{endpoint}}',
  'check.pair.dataPort.refused': '{{endpoint}} refuses: the {{role}} of {{to}} is cut off from {{from}}',
  'check.pair.dataPort.filtered': 'No answer from {{endpoint}}: the {{role}} of {{to}} is cut off from {{from}}',
  'check.pair.dataPort.unreachable': 'No way to {{endpoint}}: the {{role}} of {{to}} is cut off from {{from}}',
  'check.pair.dataPort.intercepted': 'What answers {{from}} at {{endpoint}} is not {{to}}',

  'check.pair.busPort.title': 'Bus port between servers',
  'check.pair.busPort.expected': "{{from}} reaches the cluster bus of {{to}}'s {{role}} at {{endpoint}}",
  'check.pair.busPort.refused': "{{endpoint}} refuses: the cluster bus of {{to}}'s {{role}} is cut off from {{from}}",
  'check.pair.busPort.filtered': "No answer from {{endpoint}}: the cluster bus of {{to}}'s {{role}} is cut off from {{from}}",
  'check.pair.busPort.unreachable': "No way to {{endpoint}}: the cluster bus of {{to}}'s {{role}} is cut off from {{from}}",
  'check.pair.busPort.intercepted': 'What answers {{from}} at {{endpoint}} is not the cluster bus of {{to}}',

  'check.pair.adminDataPort.title': 'Data port from this computer',
  'check.pair.adminDataPort.expected': 'This computer may reach the {{role}} of {{to}} at {{endpoint}}; if not, Triad goes through SSH',
  'check.pair.adminDataPort.closed': '{{endpoint}} is closed to this computer: through SSH',
  'check.pair.adminDataPort.intercepted': 'Something else answers this computer at {{endpoint}}; Triad goes through SSH',
  'check.pair.adminDataPort.intercepted.remedy':
    'Find out what answers at {{endpoint}} (a proxy, an address translation): clients in this network would reach it too.',

  'check.pair.adminBusPort.title': 'Bus port from elsewhere',
  'check.pair.adminBusPort.expected': '{{endpoint}} is closed to machines that are not of the cluster',
  'check.pair.adminBusPort.closed': 'Closed to this computer',
  'check.pair.adminBusPort.open':
    "This computer reaches the cluster bus of {{to}}'s {{role}}, so others may too: the bus asks for no password",
  'check.pair.adminBusPort.intercepted': 'Something else answers this computer at {{endpoint}}',
  'check.pair.adminBusPort.remedy': 'Let only {{peers}} reach {{endpoint}}: switch on a firewall on the server, or a rule in the network.',
} as const;
