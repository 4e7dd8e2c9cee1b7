import type { changeTexts as english } from '../en/change.ts';

/** The texts of `en/change.ts` in Portuguese, except of what is written to the servers. */
export const changeTexts = {
  'change.purpose.nodeConf': 'Configuração do node {{node}}',
  'change.purpose.authConf': 'Palavra-passe do cluster, lida pelos dois nodes',
  'change.purpose.nodePassword': 'Palavra-passe do cluster, lida pelo node {{node}}',
  'change.purpose.servicePassword': 'Palavra-passe do cluster, lida pelo serviço do node {{node}} para saber como está e para o parar',
  'change.purpose.nodeService':
    'Serviço do node {{node}}: o que é iniciado no arranque e depois de uma falha, com que conta, e como é parado',
  'change.purpose.nodeUnit': 'Serviço do node {{node}}: arranca-o com o servidor e após uma falha, tão isolado quanto o systemd permite',
  'change.purpose.rotateScript': 'Põe de lado os ficheiros de log acima de {{megabytes}} MB e guarda {{kept}} deles',
  'change.purpose.rotateUnit': 'Serviço que cuida dos ficheiros de log',
  'change.purpose.rotateTimer': 'Inicia a rotação dos logs de hora a hora',
  'change.purpose.sysctl': 'Definições do kernel em cada arranque',
  'change.purpose.tmpfiles': 'Transparent huge pages desligadas em cada arranque',
  'change.purpose.manifest': 'Lista de tudo o que o Triad instalou aqui; é dela que parte `triad remove`',
  'change.purpose.maintenance': 'Diz a quem olhar que {{server}} está em manutenção; `triad maintenance end` retira-o',
  'change.purpose.readme': 'Explica a um administrador o que isto é',
  'change.purpose.before': 'Estado deste servidor antes do Triad, para que possa ser reposto',
  'change.purpose.firewallScript': 'Acrescenta e retira as regras de firewall do cluster',
  'change.purpose.firewallUnit': 'Repõe as regras de firewall após um arranque ou um recarregamento da firewall',
  'change.purpose.peers': 'Deixa {{peer}} chegar às portas de dados e às portas do bus',
  'change.purpose.clients': 'Deixa os clientes de {{network}} chegar às portas de dados',
  'change.secretStandIn': '(contém a palavra-passe: não mostrado)\n',
  'change.firewall.rule': 'TCP de {{source}} para {{destination}} nas portas {{ports}}',
  'change.firewall.allow': 'Deixar entrar o cluster: {{rules}}',
  'change.firewall.allowByScript':
    'Deixar entrar o cluster: {{rules}}. As regras exatas estão em {{script}}, que é executado agora e em cada arranque do servidor',
  'change.firewall.withdraw': 'Retirar o que este cluster já não precisa: {{rules}}',
  'change.firewall.withdrawFault': 'Retirar as regras {{rule}} com que um teste de failover isolou este servidor',
  'change.firewall.withdrawAll': 'Retirar as regras de firewall deste cluster',
  'change.rule.plain': 'Permitir TCP de {{from}} ({{source}}) para {{to}} ({{destination}}), portas de destino {{ports}}, e as respostas:',
} as const satisfies Record<Exclude<keyof typeof english, `change.readme.${string}`>, string>;
