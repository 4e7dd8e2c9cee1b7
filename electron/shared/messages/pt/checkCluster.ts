import type { clusterCheckTexts as english } from '../en/checkCluster.ts';

/** The texts of `en/checkCluster.ts` in Portuguese. */
export const clusterCheckTexts = {
  'check.cluster.reasons': '{{reasons}}',
  'check.cluster.manyReasons': '{{reasons}}; and {{more}} more',
  'check.cluster.silent': 'Not known: no answer from {{nodes}}',
  'check.cluster.silent.remedy': 'Bring the silent nodes back (their own results say how), then run `triad validate` again.',

  'check.cluster.agreement.title': 'Agreement',
  'check.cluster.agreement.expected': 'All six nodes describe the same cluster',
  'check.cluster.agreement.observed': 'They agree',
  'check.cluster.agreement.remedy':
    'Look at the reachability matrix (`triad check`), above all at the bus ports. After a change, wait a few seconds and run `triad validate` again.',

  'check.cluster.state.title': 'State',
  'check.cluster.state.expected': 'Every node serves its clients (cluster_state:ok)',
  'check.cluster.state.ok': 'ok on all nodes',
  'check.cluster.state.fail': 'cluster_state:fail on {{nodes}}',
  'check.cluster.state.remedy':
    'Bring back the masters that are down. A node that is alone in this is cut off from the others: look at its bus port in the matrix.',

  'check.cluster.slots.title': 'Slots',
  'check.cluster.slots.expected': 'Each of the {{count}} slots has one working master',
  'check.cluster.slots.observed': 'All {{count}}, each once',
  'check.cluster.slots.remedy':
    'Start the nodes that are down; their replicas take over within seconds while a majority of the masters is up.',

  'check.cluster.roles.title': 'Roles',
  'check.cluster.roles.expected': 'Masters and replicas are where they were planned',
  'check.cluster.roles.observed': 'As planned',
  'check.cluster.roles.remedy': 'Run `triad restore-roles`.',

  'check.cluster.placement.title': 'Placement',
  'check.cluster.placement.expected': 'No replica runs on the server of its master',
  'check.cluster.placement.observed': 'Crossed over the servers',
  'check.cluster.placement.together': 'On one server: {{pairs}}',

  'check.cluster.survivesLoss.title': 'Survives the loss of this server',
  'check.cluster.survivesLoss.expected': 'Without {{server}} a majority of the masters remains, and every slot gets a master',
  'check.cluster.survivesLoss.observed': 'It would go on by itself',
  'check.cluster.survivesLoss.remedy': 'Run `triad restore-roles`; if a replica is missing or not in sync, remove the cause first.',

  'check.cluster.members.title': 'Members',
  'check.cluster.members.expected': 'Exactly the six planned nodes know each other, and all are healthy',
  'check.cluster.members.observed': 'Six, all healthy',
  'check.cluster.members.foreign.remedy':
    'Find out whose nodes these are before anything else. Triad does not touch them; check addresses and ports in the specification.',
  'check.cluster.members.broken.remedy':
    'Look whether these nodes run, then at their bus ports in the reachability matrix (`triad check`).',
  'check.cluster.members.ghost.remedy':
    'Remove it from all six nodes within one minute, or they tell each other again: `CLUSTER FORGET <node id>` on each.',
  'check.cluster.members.suspected.remedy': 'Run `triad validate` again in a few seconds: a suspicion either ends or becomes a failure.',

  'check.cluster.epochs.title': 'Configuration epochs',
  'check.cluster.epochs.expected': 'Every master that owns slots has an epoch of its own',
  'check.cluster.epochs.observed': '{{epochs}}',
  'check.cluster.epochs.remedy': 'Redis resolves it by itself within seconds: run `triad validate` again.',

  'check.cluster.addresses.title': 'Announced addresses',
  'check.cluster.addresses.expected': 'The nodes know each other by the addresses and ports of the specification',
  'check.cluster.addresses.observed': '{{addresses}}',
  'check.cluster.addresses.remedy':
    'Run `triad install` to set cluster-announce-ip again. If an address was changed on purpose, correct the specification first.',

  'check.cluster.sameVersion.title': 'Same version',
  'check.cluster.sameVersion.expected': 'All nodes run the same version',
  'check.cluster.sameVersion.observed': '{{version}} on all',
  'check.cluster.sameVersion.different': '{{versions}}',
  'check.cluster.sameVersion.remedy':
    'Finish the upgrade: restart the nodes that still run the old version, replicas first, one at a time.',
} as const satisfies Record<keyof typeof english, string>;
