import type { failoverTexts as english } from '../en/failover.ts';

/** The texts of `en/failover.ts` in Portuguese. */
export const failoverTexts = {
  'failover.mark.baselineStarted': 'começa a escrita nos três shards',
  'failover.mark.firstFailedWrite': 'falha a primeira escrita',
  'failover.mark.suspected': 'um node suspeita do master perdido (PFAIL)',
  'failover.mark.failAgreed': 'a maioria concorda que falhou (FAIL)',
  'failover.mark.promoted': 'a replica é promovida a master',
  'failover.mark.slotsCovered': 'todos os slots voltam a ser servidos',
  'failover.mark.firstGoodWrite': 'volta a haver uma escrita com êxito',
  'failover.mark.serverStarted': 'os nodes de {{server}} estão de volta',
  'failover.mark.replicaLinkUp': 'as ligações de replicação estão ativas',
  'failover.mark.inSync': 'todas as replicas estão sincronizadas',
  'failover.mark.layoutRestored': 'a disposição planeada está reposta e comprovada',
  'failover.action.undoPlaced':
    'uma reposição em {{server}} desfaz isto por si ao fim de {{seconds}} s, aconteça o que acontecer a este computador',
  'failover.action.powerGuarded':
    'um processo no computador que executa o Triad liga {{server}} por si ao fim de {{seconds}} s, ou logo que o Triad termine',
  'failover.faultLeft':
    'Um teste de failover terminado à força ainda atinge este servidor: os seus nodes estão em baixo, congelados ou isolados. {{timer}} desfaz isso dentro de minutos; `triad install` arranca de imediato os que estão em baixo.',
  'failover.rulesLeft':
    'As regras de firewall {{rules}} de um teste de failover anterior ainda isolam este servidor, e nada nele as vai retirar. `triad install` remove-as.',
  'failover.leftOut': 'Fica de fora aqui, porque um servidor Windows não o permite: {{scenarios}}.',
  'failover.powerLeftOut':
    'Deixado de fora, porque ninguém disse como: o corte de energia. Precisa de `--power-off-command` e `--power-on-command`.',
  'failover.power.exit': 'terminou com {{code}}',
  'failover.power.tooLate': 'demorou mais de {{seconds}} s',
  'failover.power.notStarted': 'não foi possível iniciá-lo: {{reason}}',
  'failover.power.used': 'a hora de voltar a ligar o servidor já tinha chegado, por isso não foi executado',
  'failover.power.noKeeper': 'o processo que o executa terminou',
  'failover.firewallOff': 'está desligada no perfil {{profiles}}',
  'failover.firewallPolicy': 'uma política de grupo ignora as regras criadas no servidor no perfil {{profiles}}',
  'failover.otherFile': '{{path}} não é o deste Triad',
  'failover.earlierProcess': 'o serviço {{unit}} arrancou antes de ser instalado de novo, e continua como era',
  'failover.otherCommand': 'o Windows executa o serviço {{unit}} como {{imagePath}}',
  'failover.progress.baseline': 'a medir a situação normal',
  'failover.progress.waitPromotion': 'à espera da promoção, no máximo {{seconds}} s',
  'failover.progress.writing': 'a continuar a escrever, para ver o cluster servir',
  'failover.progress.healing': 'a desfazer o que foi feito a {{server}}',
  'failover.progress.healed': '{{server}} está reposto, {{seconds}} s depois da paragem',
  'failover.progress.poweredOn': '{{server}} está ligado',
  'failover.progress.booting': 'à espera do arranque de {{server}}, no máximo mais {{seconds}} s',
  'failover.progress.sync': 'à espera que todas as replicas fiquem sincronizadas',
  'failover.progress.restoring': 'a repor a disposição planeada',
  'failover.progress.logs': 'a comparar o que se viu com os logs de todos os nodes',
  'failover.progress.readBack': 'a reler todas as escritas confirmadas',
  'failover.reason.promoted':
    'A replica assumiu {{promoted}} s depois da perda; os clientes do shard ficaram sem poder escrever durante {{outage}} s (esperado: {{from}} a {{to}} s).',
  'failover.reason.restarted':
    'O processo voltou antes de uma replica assumir; os clientes do shard ficaram sem poder escrever durante {{outage}} s (esperado: {{from}} a {{to}} s).',
  'failover.reason.slower':
    'Os clientes do shard perdido ficaram sem poder escrever durante {{outage}} s, mais do que os {{to}} s esperados.',
  'failover.reason.lostWrites':
    'Escritas confirmadas que se perderam: {{count}}. A replicação é assíncrona e o master perdido ainda não as tinha passado. min-replicas-to-write pode reduzi-las, com um custo.',
  'failover.reason.lostBehindCut':
    'Escritas confirmadas que se perderam: {{count}}. Clientes que ainda chegavam ao antigo master escreveram nele depois do corte, até ele notar que estava sozinho.',
  'failover.reason.noWritesLost': 'Nenhuma das {{count}} escritas confirmadas se perdeu.',
  'failover.reason.othersDisturbed': 'O shard {{shard}}, que não foi atingido, parou durante {{outage}} s.',
  'failover.reason.othersUndisturbed':
    'Os shards que não foram atingidos esperaram no máximo {{gap}} ms entre duas escritas boas em torno da perda (shard {{shard}}).',
  'failover.reason.seenLate':
    'O que {{node}} registou como "{{line}}" foi visto {{after}} ms mais tarde, {{apart}} ms mais do que os relógios e as observações podem errar.',
  'failover.reason.seenEarly':
    'O que {{node}} registou como "{{line}}" foi visto {{before}} ms mais cedo, {{apart}} ms mais do que os relógios e as observações podem errar.',
  'failover.reason.clockSet': 'O relógio de {{server}} foi acertado durante o ensaio, em {{ms}} ms: as horas nos seus logs nada dizem.',
  'failover.reason.computerPaused':
    'Os relógios de todos os servidores avançaram {{ms}} ms que este computador não contou: ele parou durante o ensaio (talvez suspenso), por isso não se pode confiar nos seus números nem nas horas dos logs.',
  'failover.reason.logsMissing':
    'O que se viu não pôde ser comparado com os logs de {{nodes}}: não se conseguiu lê-los, ou situá-los no tempo.',
  'failover.reason.logsCut': 'Os logs de {{nodes}} já não chegam ao início do ensaio: falta o que disseram então.',
  'failover.reason.notPromoted': 'Nenhuma replica assumiu em {{seconds}} s.',
  'failover.reason.notServed': 'Depois da perda, os clientes não foram servidos como deviam: {{reason}}',
  'failover.reason.notRestored': 'A disposição planeada não foi reposta: {{reason}}',
  'failover.reason.notReadBack': 'Não foi possível reler as escritas confirmadas, por isso não se sabe se alguma se perdeu: {{reason}}',
  'failover.reason.restored': 'A disposição planeada estava reposta e comprovada {{seconds}} s depois da perda.',
  'failover.why.notAcknowledged': 'as escritas não são confirmadas em {{seconds}} s',
  'failover.keysLeft': 'Não foi possível apagar as chaves de teste ({{reason}}). Expiram por si dentro de {{minutes}} minutos.',
  'impact.notMeasured': 'Não foi possível medir o que os clientes notam: {{reason}}',
  'impact.reason.gap': 'Nenhum shard esperou mais de {{gap}} ms por uma escrita durante a troca.',
  'impact.reason.longGap': 'Um shard esperou {{gap}} ms por uma escrita durante a troca, mais do que os {{target}} ms pretendidos.',
  'impact.reason.busy':
    'Os shards sem troca também esperaram {{gap}} ms: este computador ou o caminho até aos servidores estava ocupado, e isso soma-se ao valor.',
  'impact.reason.noneLost': 'Nenhuma de {{acknowledged}} escritas confirmadas se perdeu.',
  'impact.reason.lost': 'Perderam-se {{lost}} de {{acknowledged}} escritas confirmadas.',
  'impact.reason.notReadBack': 'Não foi possível reler as escritas confirmadas, por isso ninguém sabe se alguma se perdeu: {{reason}}',
  'maintenance.waiting': 'à espera de {{server}}, no máximo mais {{seconds}} s',
  'maintenance.waitingNode': '{{node}} ainda não responde, no máximo mais {{seconds}} s',
  'maintenance.waitingSync': '{{reason}}; no máximo mais {{seconds}} s',
  'maintenance.booting': 'responde, e ainda está a arrancar ou a desligar-se',
  'maintenance.away': '{{server}} já falta: {{reason}}',
  'maintenance.why': '{{reason}}',
} as const satisfies Record<keyof typeof english, string>;
