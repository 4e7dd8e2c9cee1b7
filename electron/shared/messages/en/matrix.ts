/** What a reachability matrix means in a few sentences. Every code begins with `matrix.` and is one of the domain's `MATRIX_VALUES`. */
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
  'matrix.adminReaches': 'This computer reaches every data port directly.',
  'matrix.throughSsh': '{{count}} data ports are closed to this computer: Triad goes through SSH.',
  'matrix.busOpenToAdmin': '{{count}} bus ports are open to this computer, so others may reach them too; the bus asks for no password.',
} as const;
