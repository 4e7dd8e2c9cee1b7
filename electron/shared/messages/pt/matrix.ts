import type { matrixTexts as english } from '../en/matrix.ts';

/** The texts of `en/matrix.ts` in Portuguese. */
export const matrixTexts = {
  'matrix.allOpen': 'Todos os {{count}} caminhos entre os servidores estão abertos.',
  'matrix.someOpen': '{{open}} dos {{count}} caminhos entre os servidores estão abertos.',
  'matrix.noneTried': 'Nenhum caminho entre os servidores foi testado.',
  'matrix.nothingOpen': 'Nenhum servidor chega a qualquer porta de outro.',
  'matrix.noBus': 'As portas do bus ({{ports}}) estão fechadas entre todos os servidores: os nodes não se poderiam juntar.',
  'matrix.noData': 'As portas de dados ({{ports}}) estão fechadas entre todos os servidores: as replicas não poderiam copiar.',
  'matrix.nothingReaches': 'Nada chega a {{to}}.',
  'matrix.reachesNothing': '{{from}} não chega a lado nenhum.',
  'matrix.busOfServer': 'As portas do bus de {{to}} ({{ports}}) estão fechadas aos outros dois.',
  'matrix.portOfServer': 'A porta {{port}} de {{to}} está fechada aos outros dois.',
  'matrix.pair': '{{from}} não chega a {{to}} em {{ports}}.',
  'matrix.oneWay': '{{from}} não chega a {{to}} em {{ports}}, mas {{to}} chega a {{from}}.',
  'matrix.untried': '{{count}} dos {{total}} caminhos entre os servidores não foram testados.',
  'matrix.adminReaches': 'Este computador chega diretamente a todas as portas de dados.',
  'matrix.throughSsh': 'Portas de dados fechadas a este computador: {{count}}. O Triad passa por SSH.',
  'matrix.busOpenToAdmin':
    'Portas do bus abertas a este computador: {{count}}. Outros computadores também podem chegar a elas, e o bus não pede palavra-passe.',
} as const satisfies Record<keyof typeof english, string>;
