import type { clusterCheckTexts as english } from '../en/checkCluster.ts';

/** The texts of `en/checkCluster.ts` in Portuguese. */
export const clusterCheckTexts = {
  'check.cluster.reasons': '{{reasons}}',
  'check.cluster.manyReasons': '{{reasons}}; e mais {{more}}',
  'check.cluster.silent': 'Por apurar: sem resposta de {{nodes}}',
  'check.cluster.silent.remedy':
    'Reponha os nodes que não respondem (os seus próprios resultados dizem como) e execute `triad validate` de novo.',

  'check.cluster.agreement.title': 'Acordo',
  'check.cluster.agreement.expected': 'Os seis nodes descrevem o mesmo cluster',
  'check.cluster.agreement.observed': 'Estão de acordo',
  'check.cluster.agreement.remedy':
    'Veja a matriz de conectividade (`triad check`), sobretudo as portas do bus. Depois de uma alteração, espere alguns segundos e execute `triad validate` de novo.',

  'check.cluster.state.title': 'Estado',
  'check.cluster.state.expected': 'Todos os nodes servem os seus clientes (cluster_state:ok)',
  'check.cluster.state.ok': 'ok em todos os nodes',
  'check.cluster.state.fail': 'cluster_state:fail em {{nodes}}',
  'check.cluster.state.remedy':
    'Reponha os masters que estão em baixo. Um node que esteja sozinho nesta situação está isolado dos outros: veja a sua porta do bus na matriz.',

  'check.cluster.slots.title': 'Slots',
  'check.cluster.slots.expected': 'Cada um dos {{count}} slots tem um master a funcionar',
  'check.cluster.slots.observed': 'Todos os {{count}}, cada um uma vez',
  'check.cluster.slots.remedy':
    'Arranque os nodes que estão em baixo; as suas replicas assumem em segundos enquanto houver uma maioria de masters.',

  'check.cluster.roles.title': 'Papéis',
  'check.cluster.roles.expected': 'Os masters e as replicas estão onde foram planeados',
  'check.cluster.roles.observed': 'Como planeado',
  'check.cluster.roles.remedy': 'Execute `triad restore-roles`.',

  'check.cluster.placement.title': 'Disposição',
  'check.cluster.placement.expected': 'Nenhuma replica corre no servidor do seu master',
  'check.cluster.placement.observed': 'Cruzada pelos servidores',
  'check.cluster.placement.together': 'No mesmo servidor: {{pairs}}',

  'check.cluster.survivesLoss.title': 'Sobrevive à perda deste servidor',
  'check.cluster.survivesLoss.expected': 'Sem {{server}} resta uma maioria dos masters, e todos os slots ficam com um master',
  'check.cluster.survivesLoss.observed': 'Continuaria por si',
  'check.cluster.survivesLoss.remedy':
    'Execute `triad restore-roles`; se faltar uma replica ou não estiver sincronizada, elimine primeiro a causa.',

  'check.cluster.members.title': 'Membros',
  'check.cluster.members.expected': 'Conhecem-se exatamente os seis nodes planeados, e todos estão bem',
  'check.cluster.members.observed': 'Seis, todos bem',
  'check.cluster.members.foreign.remedy':
    'Antes de mais, descubra de quem são estes nodes. O Triad não lhes toca; verifique os endereços e as portas na especificação.',
  'check.cluster.members.broken.remedy':
    'Veja se estes nodes estão a funcionar, e depois as suas portas do bus na matriz de conectividade (`triad check`).',
  'check.cluster.members.ghost.remedy':
    'Retire-o dos seis nodes no espaço de um minuto, ou voltam a dá-lo a conhecer uns aos outros: `CLUSTER FORGET <node id>` em cada um.',
  'check.cluster.members.suspected.remedy':
    'Execute `triad validate` de novo dentro de alguns segundos: uma suspeita ou acaba ou passa a falha.',

  'check.cluster.epochs.title': 'Epochs de configuração',
  'check.cluster.epochs.expected': 'Cada master com slots tem uma epoch só sua',
  'check.cluster.epochs.observed': '{{epochs}}',
  'check.cluster.epochs.remedy': 'O Redis resolve-o por si em segundos: execute `triad validate` de novo.',

  'check.cluster.addresses.title': 'Endereços anunciados',
  'check.cluster.addresses.expected': 'Os nodes conhecem-se pelos endereços e portas da especificação',
  'check.cluster.addresses.observed': '{{addresses}}',
  'check.cluster.addresses.remedy':
    'Execute `triad install` para voltar a definir cluster-announce-ip. Se um endereço mudou de propósito, corrija primeiro a especificação.',

  'check.cluster.sameVersion.title': 'Mesma versão',
  'check.cluster.sameVersion.expected': 'Todos os nodes correm a mesma versão',
  'check.cluster.sameVersion.observed': '{{version}} em todos',
  'check.cluster.sameVersion.different': '{{versions}}',
  'check.cluster.sameVersion.remedy':
    'Conclua a atualização: reinicie os nodes que ainda correm a versão antiga, as replicas primeiro, um de cada vez.',
} as const satisfies Record<keyof typeof english, string>;
