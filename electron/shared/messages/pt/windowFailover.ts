import type { windowFailoverTexts as english } from '../en/windowFailover.ts';

/** The texts of `en/windowFailover.ts` in Portuguese. */
export const windowFailoverTexts = {
  'window.failover.title': 'Teste de failover',
  'window.failover.lead':
    'Retira um servidor de propósito, mede o que os clientes notam e repõe tudo. É a prova de que o cluster sobrevive.',
  'window.failover.incomplete': 'Falta algo nos passos anteriores.',
  'window.failover.open.title': 'Ainda não há cluster para testar',

  'window.failover.does.title': 'O que faz',
  'window.failover.does.ready': 'Verifica se o cluster está pronto. Se não estiver, nada é tocado.',
  'window.failover.does.baseline':
    'Escreve pequenas chaves com prazo de validade nos três shards, 200 por segundo em cada um, e mede como corre quando tudo está bem.',
  'window.failover.does.undo': 'Uma reposição no próprio servidor desfaz isto, aconteça o que acontecer a este computador.',
  'window.failover.does.wait': 'Espera que a replica assuma e continua a escrever, para ver o cluster servir.',
  'window.failover.does.heal':
    'Volta a arrancar os nodes, espera que fiquem sincronizados, devolve aos masters os nodes planeados e apaga as suas chaves.',

  'window.failover.notice.title': 'O que os clientes notam',
  'window.failover.notice.outage':
    'Ficam sem poder escrever no shard perdido durante cerca de {{range}}. Resulta do node timeout de {{timeout}}.',
  'window.failover.notice.others': 'Os outros dois shards continuam, com uma pausa de cerca de um segundo, no máximo.',
  'window.failover.notice.window': 'Se o cluster estiver em uso, escolha uma hora calma ou uma janela de manutenção.',

  'window.failover.choice': 'Servidor a testar',
  'window.failover.choice.all': 'Os três, um de cada vez',
  'window.failover.choice.allNote': 'A prova completa; cerca de {{time}}',
  'window.failover.choice.one': 'Só {{server}}',
  'window.failover.choice.oneNote': 'Cerca de {{time}}; nada diz sobre os outros dois',
  'window.failover.consent': 'Quem usa este cluster sabe que as escritas num shard param até {{time}}, {{times}}.',
  'window.failover.consent.once': 'uma vez',
  'window.failover.consent.three': 'três vezes',
  'window.failover.consent.why': 'Confirme primeiro que os utilizadores sabem.',
  'window.failover.layout.title': 'O que se perde',
  'window.failover.startAll': 'Perder os três servidores, um de cada vez',
  'window.failover.startOne': 'Perder {{server}} agora',
  'window.failover.tryAll': 'Testar os três servidores, um de cada vez',
  'window.failover.tryOne': 'Testar {{server}} agora',
  'window.failover.scenario': 'O que lhe é feito',
  'window.failover.preset': 'A especificação pede {{trials}} ensaios. Aqui faz-se um tipo de cada vez; `triad failover-test` faz todos.',
  'window.failover.scenario.power':
    'Um corte de energia faz-se na linha de comandos: precisa de comandos seus que desligam e ligam um servidor.',
  'window.failover.scenario.less': 'Só a perda do servidor inteiro prova que o cluster lhe sobrevive.',
  'window.failover.also': 'Medir também',
  'window.failover.also.note': 'O que nota uma aplicação com uma biblioteca de cliente habitual mede-se sempre.',
  'window.failover.also.readers': 'Leituras das replicas',
  'window.failover.also.readers.note': 'O atraso das replicas, e se um master deposto ainda responde.',
  'window.failover.also.wait': 'Escritas que esperam por uma replica (WAIT 1)',
  'window.failover.also.wait.note': 'De que escritas perdidas uma aplicação que espera teria sabido, e o que custa esperar.',
  'window.failover.name': 'Escreva {{cluster}} para testar um cluster que contém chaves',
  'window.failover.name.note': 'Alguém pode estar a usá-lo, e num failover podem perder-se escritas confirmadas.',
  'window.failover.name.why': 'Escreva primeiro o nome do cluster: contém chaves.',
  'window.failover.skip': 'Continuar sem teste',

  'window.failover.lead.active': 'Tudo o que aqui se faz é desfeito no fim, mesmo que pare o teste ou feche o Triad.',
  'window.failover.lead.stopping': 'A parar: primeiro recupera-se o servidor.',
  'window.failover.lead.interrupted': 'O Triad foi terminado a meio deste teste.',
  'window.failover.stop': 'Parar o teste',
  'window.failover.preparing': 'A preparar',
  'window.failover.verifying': 'A verificar mais uma vez todo o cluster',
  'window.failover.heal': 'Recuperar já',
  'window.failover.healing': 'A recuperar',
  'window.failover.heal.note':
    'Volta a arrancar de imediato os dois nodes de {{server}} e termina o teste. Perdem-se os números deste ensaio; os anteriores ficam.',
  'window.failover.fault': '{{server}} está atingido de propósito',
  'window.failover.noFault': 'Ainda está tudo a funcionar',
  'window.failover.fault.over': '{{server}} está de novo a funcionar',
  'window.failover.waiting': 'À espera',
  'window.failover.going': 'Agora',
  'window.failover.notRun': 'Não ensaiado',
  'window.failover.trials': 'Servidores deste teste',
  'window.failover.live': 'O ensaio de {{server}}',
  'window.failover.live.layout': 'Papéis neste momento',
  'window.failover.live.clock': 'Shard {{shard}} sem escritas',
  'window.failover.live.expected': 'esperado {{range}}',
  'window.failover.live.out': 'até agora',
  'window.failover.live.back': 'e já servido de novo',
  'window.failover.live.shards': 'Escritas por shard',
  'window.failover.live.shard': 'Shard',
  'window.failover.live.rate': 'Escritas/s',
  'window.failover.live.outage': 'Maior intervalo',
  'window.failover.live.lost': '{{shard}} (o seu master perdeu-se)',
  'window.failover.live.mark': '{{mark}}, {{time}} depois da perda',
  'window.failover.live.now': '{{server}}: {{doing}}',

  'window.tried.all': 'Cada servidor perdeu-se uma vez de propósito, e o cluster sobreviveu.',
  'window.tried.none': 'Nenhum servidor se perdeu ainda de propósito.',
  'window.tried.passed': 'Sobreviveu à perda de {{servers}}.',
  'window.tried.failed': 'Não sobreviveu como devia à perda de {{servers}}.',
  'window.tried.unclear': 'Não se pôde avaliar: a perda de {{servers}}.',
  'window.tried.not': 'Por testar: {{servers}}.',
  'window.failover.choice.last': 'Testado a {{at}}: {{verdict}}, {{outage}} sem escritas.',
  'window.failover.choice.never': 'Por testar desde a instalação.',
  'window.failover.earlier': 'a {{at}}',

  'window.failover.result.picture': 'Imagens deste ensaio',
  'window.failover.result.outage': 'Sem escritas',
  'window.failover.result.expected': 'esperado {{range}}',
  'window.failover.result.lostWrites': 'Escritas confirmadas perdidas',
  'window.failover.result.ofWrites': 'de {{count}}',
  'window.failover.result.restored': 'De novo como planeado',
  'window.failover.result.afterLoss': 'depois da perda',
  'window.failover.again': 'Testar de novo',
  'window.failover.toReport': 'Ver o relatório',

  'window.failover.state': 'Como o teste deixou o cluster',
  'window.failover.state.untouched': 'Nenhum servidor foi tocado: o teste terminou antes de se perder algum.',
  'window.failover.state.asPlanned': 'Todos os nodes estão a funcionar e os masters estão onde foram planeados.',
  'window.failover.state.returned':
    'Todos os nodes do servidor perdido voltaram a funcionar e os masters receberam de volta os nodes planeados.',
  'window.failover.state.rolesDiffer':
    'Todos os nodes estão a funcionar, mas uma replica ainda tem o papel do seu master. O cluster serve; a perda de mais um servidor pode pará-lo. “Repor os papéis planeados”, em Manutenção, resolve.',
  'window.failover.state.serverDown':
    'Os nodes de {{server}} podem ainda estar em baixo. Um temporizador em {{server}} arranca-os por si dentro de minutos; o resto do cluster continua. Depois, valide o cluster (passo Relatório).',
  'window.failover.state.serverOff':
    '{{server}} pode ainda estar sem energia. Ligue-o; os seus nodes arrancam com ele, e o resto do cluster continua. Depois valide o cluster (passo Relatório).',
  'window.failover.state.interrupted':
    'Se um servidor estava em baixo nesse momento, um temporizador nele arrancou os nodes por si dentro de minutos. Os masters podem não estar onde foram planeados. Valide o cluster (passo Relatório) ou teste de novo: um teste só começa num cluster que esteja pronto.',
  'window.failover.state.unknown': 'Ninguém observou o cluster desde então. Valide-o (passo Relatório) para saber.',

  'window.remedy.failover.notHealed':
    'O servidor arranca os serviços por si, no máximo {{seconds}} s depois da falha: isso foi lá posto antes. Espere por isso ou arranque-os à mão; após um arranque do servidor, começam de qualquer forma. Depois reponha os papéis planeados em Manutenção.',
} as const satisfies Record<keyof typeof english, string>;
