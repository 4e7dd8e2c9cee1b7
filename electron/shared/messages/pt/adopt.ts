import type { adoptTexts as english } from '../en/adopt.ts';

/** The texts of `en/adopt.ts` in Portuguese. */
export const adoptTexts = {
  'adopt.count': '{{count}} nodes, quando se conhecem seis: {{nodes}}',
  'adopt.disagrees': '{{node}} não vê os outros como eles próprios se veem, ou não chega a um deles',
  'adopt.servers': '{{count}} servidores, quando se conhecem três: {{addresses}}',
  'adopt.nodesOnServer': '{{address}} tem {{count}} nodes, quando se conhecem dois',
  'adopt.mastersOnServer':
    '{{address}} tem {{count}} masters, quando se conhece um: depois de um failover, reponha primeiro os papéis (CLUSTER FAILOVER)',
  'adopt.notCrossed': '{{address}} tem uma replica ao lado do seu próprio master: a perda desse servidor perderia os seus slots',
  'adopt.replicas': '{{node}} tem {{count}} replicas, quando se conhece uma',
  'adopt.slots': '{{node}} serve {{slots}}, quando se conhece um só intervalo de slots',
  'adopt.uncovered': 'são servidos {{covered}} de 16384 slots',
  'adopt.ports': 'as portas de dados não são as mesmas duas em todos os servidores: {{list}}',
  'adopt.busPort': '{{node}} tem a porta de bus {{port}}, quando se conhece a porta de dados mais 10000',
  'adopt.versions': 'nem todos os nodes correm a mesma versão: {{versions}}',
  'cli.about.adopt': 'descrever um cluster em funcionamento que o Triad não instalou, a partir do endereço de um node; nada altera nele',
  'cli.option.adoptAddress': 'endereço de um node, com a porta de dados (por omissão 7000)',
  'cli.option.adoptName': 'o nome a dar-lhe',
  'cli.option.adoptPassword': 'variável de ambiente com a palavra-passe do Redis; é pedida quando há um terminal',
  'cli.option.adoptSshUser': 'utilizador de SSH para as validações que também observam os servidores',
  'cli.option.adoptOut': 'a especificação a escrever (por omissão: NOME.yaml); nunca sobre um ficheiro existente',
  'cli.option.adoptYes': 'escrevê-la sem perguntar',
  'cli.adopt.address': '{{address}} não é um endereço IP com porta, como 10.0.0.1:7000',
  'cli.adopt.password': 'Palavra-passe do Redis (vazio se não houver):',
  'cli.adopt.question': 'Escrever esta especificação em {{file}}? Nada é alterado no cluster.',
  'cli.adopt.written':
    'Escrito: {{file}}\nA seguir: triad validate --redis-only --spec {{file}}\nSem --redis-only, os servidores também são observados: veja primeiro servers[].ssh no ficheiro.',
  'cli.adopt.nameTaken': '--name {{name}}: já está guardada outra palavra-passe com este nome',
  'cli.adopt.fileHead':
    'Um cluster que o Triad não instalou, tal como foi encontrado. O Triad valida-o e nada altera nele.\nservers[].ssh é uma suposição: uma validação com --redis-only não precisa disso.',
} as const satisfies Record<keyof typeof english, string>;
