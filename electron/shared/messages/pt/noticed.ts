/** Portuguese of `en/noticed.ts`. */
export const noticedTexts = {
  'failover.notMeasured.application': 'Não foi possível medir o que uma aplicação nota: {{reason}}',
  'failover.notMeasured.readers': 'Não foi possível medir o que notam os leitores das replicas: {{reason}}',
  'failover.notMeasured.wait': 'Não foi possível medir o que o WAIT salvaria: {{reason}}',

  'report.noticed.title': 'O que uma aplicação notou',
  'report.noticed.added':
    'Uma aplicação que usa {{client}} com as predefinições não teve escritas confirmadas no shard do master da vítima durante {{gap}}: o cluster e a rede levaram {{cluster}}, o cliente acrescentou {{added}}.',
  'report.noticed.addedNothing':
    'Uma aplicação que usa {{client}} com as predefinições não teve escritas confirmadas no shard do master da vítima durante {{gap}}: o cluster e a rede levaram {{cluster}}, e o cliente não acrescentou nada que se note a {{resolution}}.',
  'report.noticed.noneFailed': 'Não desistiu de nenhuma escrita.',
  'report.noticed.failed': 'Escritas de que desistiu com um erro: {{failed}} de {{attempted}}.',
  'report.noticed.delayed': 'Escritas que reteve durante {{from}} ou mais: {{delayed}}, a mais longa durante {{longest}}.',
  'report.noticed.unanswered': 'Escritas de que nada disse até ao fim: {{unanswered}}.',
  'report.noticed.readers':
    'Leituras de replicas a que faltava uma escrita confirmada: {{stale}} de {{reads}}. O que leram tinha no máximo {{during}} de atraso durante a interrupção e {{after}} depois dela.',
  'report.noticed.formerMaster':
    'O antigo master respondeu a leituras depois de outro ter assumido; {{stale}} de {{reads}} respostas estavam desatualizadas, até {{most}}.',
  'report.noticed.wait':
    'Com WAIT 1 uma replica confirmou {{confirmed}} de {{acknowledged}} escritas em {{timeout}}. Uma escrita demorou {{with}} em vez de {{without}} (mediana).',
  'report.noticed.waitNoneLost': 'Nenhuma delas se perdeu.',
  'report.noticed.waitLost':
    'Delas perderam-se {{lost}}; uma replica tinha confirmado {{lostConfirmed}}. Uma aplicação que espera sabe das outras {{known}} e pode escrevê-las de novo.',
  'report.noticed.waitUnknown': 'Não puderam ser relidas: ninguém sabe se alguma se perdeu.',
  'report.noticed.gap': 'Maior intervalo',
  'report.noticed.cluster': 'Cluster, rede',
  'report.noticed.byClient': 'Acrescentado pelo cliente',
  'report.noticed.gaveUp': 'Desistências',
  'report.noticed.held': 'Retidas',
  'report.noticed.longest': 'A mais longa',
  'report.noticed.caption':
    '{{client}} com as predefinições, por ligações próprias, {{rate}} escritas por segundo em cada shard; os intervalos são conhecidos a {{resolution}}. Cluster, rede: o mesmo intervalo visto pelos escritores do próprio teste. Retidas: confirmadas ao fim de {{from}} ou mais.',
  'report.noticed.said': 'O que disse das escritas de que desistiu',
  'report.noticed.saidCount': '{{error}} ({{count}} vezes)',
  'report.noticed.reads': 'Leituras de replicas: desatualizadas / todas, atraso a 95 % e máximo',
  'report.noticed.from': 'Lido de',
  'report.noticed.fromReplicas': 'Replicas',
  'report.noticed.fromFormerMaster': 'Antigo master',
  'report.noticed.readCell': '{{stale}} / {{reads}}, {{p95}}, {{most}}',
  'report.noticed.readsCaption':
    'Um número foi contado em cada shard e lido {{rate}} vezes por segundo de cada nó a que não pertencia. Atraso: quanto o valor era mais antigo do que o último confirmado antes do envio da leitura, conhecido a {{resolution}}.',
  'report.noticed.waitCaption':
    'O WAIT não é uma garantia: se for promovida outra replica que não a que confirmou, também se perde uma escrita confirmada.',
  'report.noticed.shortAdded':
    '{{server}}: {{gap}} com {{client}} (cluster {{cluster}}, cliente +{{added}}), {{failed}} desistências, {{delayed}} retidas',
  'report.noticed.shortNothing': '{{server}}: {{gap}} com {{client}} (cluster {{cluster}}), {{failed}} desistências, {{delayed}} retidas',
  'report.noticed.shortReaders': '{{server}}: replicas até {{most}} atrasadas',
  'report.noticed.shortWait':
    '{{server}}: o WAIT confirmou {{confirmed}} de {{acknowledged}}; {{lost}} perdidas, {{lostConfirmed}} delas confirmadas',
} as const;
