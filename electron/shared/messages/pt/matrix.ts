import type { matrixTexts as english } from '../en/matrix.ts';

/** The texts of `en/matrix.ts` in Portuguese. */
export const matrixTexts = {
  'matrix.allOpen': 'All {{count}} ways between the servers are open.',
  'matrix.someOpen': '{{open}} of {{count}} ways between the servers are open.',
  'matrix.noneTried': 'No way between the servers was tried.',
  'matrix.nothingOpen': 'No server reaches any port of another.',
  'matrix.noBus': 'The bus ports ({{ports}}) are closed between all servers: the nodes could not join.',
  'matrix.noData': 'The data ports ({{ports}}) are closed between all servers: the replicas could not copy.',
  'matrix.nothingReaches': 'Nothing reaches {{to}}.',
  'matrix.reachesNothing': '{{from}} reaches nothing.',
  'matrix.busOfServer': 'The bus ports of {{to}} ({{ports}}) are closed to both others.',
  'matrix.portOfServer': 'Port {{port}} of {{to}} is closed to both others.',
  'matrix.pair': '{{from}} does not reach {{to}} on {{ports}}.',
  'matrix.oneWay': '{{from}} does not reach {{to}} on {{ports}}, while {{to}} reaches {{from}}.',
  'matrix.untried': '{{count}} of {{total}} ways between the servers were not tried.',
  'matrix.adminReaches': 'This machine reaches every data port directly.',
  'matrix.throughSsh': '{{count}} data ports are closed to this machine: Triad goes through SSH.',
  'matrix.busOpenToAdmin': '{{count}} bus ports are open to this machine, so others may reach them too; the bus asks for no password.',
} as const satisfies Record<keyof typeof english, string>;
