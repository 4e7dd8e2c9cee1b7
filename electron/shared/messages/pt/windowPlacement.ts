import type { windowPlacementTexts as english } from '../en/windowPlacement.ts';

/** The texts of `en/windowPlacement.ts` in Portuguese. */
export const windowPlacementTexts = {
  'window.placement.title': 'Onde tudo corre',
  'window.placement.lead':
    'Cada servidor corre um master e a replica do master de outro servidor. Ainda nada está instalado: veja, clicando, o que uma perda faria.',
  'window.placement.primary': 'Continuar para Conectividade',
  'window.placement.question': 'O que acontece se um servidor se perder?',
  'window.placement.nothingLost': 'Nada perdido',
  'window.placement.lost': '{{server}} perde-se',
  'window.placement.moment': 'Em que momento',
  'window.placement.moment.during': 'Enquanto falta',
  'window.placement.moment.after': 'Quando volta',
  'window.placement.moment.restored': 'Papéis devolvidos',
  'window.placement.figure.planned': 'A disposição prevista de {{cluster}}',
  'window.placement.figure.during': 'Disposição esperada enquanto {{server}} falta',
  'window.placement.figure.after': 'Disposição esperada quando {{server}} volta',
  'window.placement.figure.restored': 'Disposição esperada com os papéis devolvidos',
  'window.placement.story': 'O que acontece',

  'window.placement.planned.crossed': 'A replica de um master nunca está no mesmo servidor: {{pairs}}.',
  'window.placement.planned.pair': '{{master}} é copiado para {{replica}}',
  'window.placement.planned.majority':
    'Quando um servidor se perde ficam dois dos três masters: uma maioria, que pode promover uma replica.',
  'window.placement.survivesAny': 'Pode perder-se qualquer servidor, um de cada vez.',

  'window.placement.during.takeover':
    '{{master}} desaparece. Ao fim de cerca de {{range}} a sua replica {{replica}} em {{server}} assume os slots {{slots}}.',
  'window.placement.during.outage': 'Até lá estes slots não respondem a ninguém: um terço das chaves. Os outros dois terços continuam.',
  'window.placement.during.writes':
    'Faltam as escritas que {{master}} confirmou e ainda não tinha copiado: os últimos milissegundos, em regra nenhuma.',
  'window.placement.during.uncopied': '{{replica}} também desaparece: {{master}} fica entretanto sem cópia.',
  'window.placement.during.survives': 'A perda de um segundo servidor não é suportada antes de {{server}} voltar.',
  'window.placement.after.returns': '{{master}} volta como replica de {{replica}} e copia o que lhe falta.',
  'window.placement.after.copied': '{{replica}} volta a copiar {{master}}.',
  'window.placement.after.clients': 'Os clientes não dão pelo regresso.',
  'window.placement.after.survives':
    'Há agora dois masters em {{server}}: se ele se perdesse, não restaria uma maioria. Os outros dois servidores podem perder-se.',
  'window.placement.restored.how':
    'O Triad devolve os papéis sem perder uma escrita: o teste de failover fá-lo sozinho, noutras alturas `triad restore-roles`.',
  'window.placement.restored.blink': 'Cada um dos dois nodes muda de papel num instante; os clientes são redirecionados.',

  'window.placement.table': 'Quem guarda o quê',
  'window.placement.table.now': 'Quem guarda o quê: {{moment}}',
  'window.placement.table.shard': 'Shard',
  'window.placement.table.slots': 'Slots',
  'window.placement.table.keys': 'Parte das chaves',
  'window.placement.table.master': 'Master',
  'window.placement.table.replica': 'Replica',
  'window.placement.table.noReplica': 'nenhuma, {{node}} perdeu-se',
  'window.placement.table.tookOver': '{{node}}, assumiu',
  'window.placement.table.share': '{{percent}} %',

  'window.placement.open.title': 'Ainda não há disposição para mostrar',
  'window.placement.open.lead': 'Há campos dos passos anteriores vazios ou que não podem ser lidos.',
  'window.placement.open.servers': 'Ir para Servidores',
  'window.placement.open.redis': 'Ir para Redis',
} as const satisfies Record<keyof typeof english, string>;
