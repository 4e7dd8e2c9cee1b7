import type { pairCheckTexts as english } from '../en/checkPair.ts';

/** The texts of `en/checkPair.ts` in Portuguese. */
export const pairCheckTexts = {
  'check.pair.open': 'Aberta ({{durationMs}} ms)',
  'check.pair.untried': '{{endpoint}} não foi testado',
  'check.pair.untried.remedy': 'Elimine o que as verificações de {{from}} e {{to}} indicam e execute o mesmo comando de novo.',
  'check.pair.adminUntried.remedy': 'Elimine o que as verificações de {{to}} indicam e execute o mesmo comando de novo.',
  'check.pair.willBeOpened': '{{endpoint}} está agora fechado por {{firewall}} em {{to}}; a instalação abre-o',
  'check.pair.willBeOpened.remedy': 'Nada a fazer: `triad install` acrescenta a regra.',
  'check.pair.refused.listener.remedy':
    'Havia algo à escuta, por isso é uma firewall que rejeita (no servidor, ou entre as redes). Peça uma destas regras:\n{{rules}}',
  'check.pair.refused.cluster.remedy':
    'Veja se o node está a funcionar: `systemctl status {{unit}}` em {{to}}. Se estiver, é uma firewall que rejeita. Peça uma destas regras:\n{{rules}}',
  'check.pair.filtered.remedy':
    'Uma firewall descarta os pacotes: em {{to}}, em {{from}}, ou entre os dois. Peça uma destas regras:\n{{rules}}',
  'check.pair.unreachable.remedy':
    'Veja a rota com `ip route get` em {{from}} e em {{to}}; uma firewall que rejeita com um erro ICMP dá o mesmo resultado. Peça uma destas regras:\n{{rules}}',
  'check.pair.intercepted.remedy':
    'Descubra o que responde em {{endpoint}}: uma tradução de endereços (NAT), um proxy ou outro programa. Os nodes Redis têm de chegar uns aos outros diretamente.',

  'check.pair.dataPort.title': 'Porta de dados entre servidores',
  'check.pair.dataPort.expected': '{{from}} chega ao node {{role}} de {{to}} em {{endpoint}}',
  'check.pair.dataPort.refused': '{{endpoint}} recusa: o node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.dataPort.filtered': 'Sem resposta de {{endpoint}}: o node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.dataPort.unreachable': 'Sem caminho para {{endpoint}}: o node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.dataPort.intercepted': 'O que responde a {{from}} em {{endpoint}} não é {{to}}',

  'check.pair.busPort.title': 'Porta do bus entre servidores',
  'check.pair.busPort.expected': '{{from}} chega ao cluster bus do node {{role}} de {{to}} em {{endpoint}}',
  'check.pair.busPort.refused': '{{endpoint}} recusa: o cluster bus do node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.busPort.filtered': 'Sem resposta de {{endpoint}}: o cluster bus do node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.busPort.unreachable': 'Sem caminho para {{endpoint}}: o cluster bus do node {{role}} de {{to}} está isolado de {{from}}',
  'check.pair.busPort.intercepted': 'O que responde a {{from}} em {{endpoint}} não é o cluster bus de {{to}}',

  'check.pair.adminDataPort.title': 'Porta de dados a partir deste computador',
  'check.pair.adminDataPort.expected':
    'Este computador pode chegar ao node {{role}} de {{to}} em {{endpoint}}; se não, o Triad passa por SSH',
  'check.pair.adminDataPort.closed': '{{endpoint}} está fechado a este computador: por SSH',
  'check.pair.adminDataPort.intercepted': 'Outra coisa responde a este computador em {{endpoint}}; o Triad passa por SSH',
  'check.pair.adminDataPort.intercepted.remedy':
    'Descubra o que responde em {{endpoint}} (um proxy, uma tradução de endereços): os clientes desta rede também iriam lá parar.',

  'check.pair.adminBusPort.title': 'Porta do bus a partir de fora',
  'check.pair.adminBusPort.expected': '{{endpoint}} está fechado a máquinas que não são do cluster',
  'check.pair.adminBusPort.closed': 'Fechada a este computador',
  'check.pair.adminBusPort.open':
    'Este computador chega ao cluster bus do node {{role}} de {{to}}, por isso outros computadores também podem: o bus não pede palavra-passe',
  'check.pair.adminBusPort.intercepted': 'Outra coisa responde a este computador em {{endpoint}}',
  'check.pair.adminBusPort.remedy':
    'Deixe apenas {{peers}} chegar a {{endpoint}}: ligue uma firewall no servidor, ou crie uma regra na rede.',
} as const satisfies Record<keyof typeof english, string>;
