import type { windowReachabilityTexts as english } from '../en/windowReachability.ts';

/** The texts of `en/windowReachability.ts` in Portuguese. */
export const windowReachabilityTexts = {
  'window.reachability.title': 'Conectividade e pré-requisitos',
  'window.reachability.lead':
    'Antes de alterar seja o que for, o Triad comprova que os três servidores suportam o cluster e chegam uns aos outros.',
  'window.reachability.lead.active': 'Os servidores estão a ser verificados. {{count}} respostas até agora.',
  'window.reachability.lead.interrupted': 'O Triad foi terminado a meio desta verificação. Nada foi alterado; verifique de novo.',
  'window.reachability.lead.stopped': 'A verificação foi parada. Nada foi alterado; o que se apurou até aí está abaixo.',
  'window.reachability.lead.failed': 'Não foi possível terminar a verificação. O que se apurou até aí está abaixo.',
  'window.reachability.lead.lost': 'Não se chega a {{servers}}. Os outros foram observados: o que aí se encontrou está abaixo.',
  'window.reachability.lead.blockedOne': 'Há uma coisa que impede a instalação. Está abaixo, com o que fazer.',
  'window.reachability.lead.blocked': 'Há {{count}} coisas que impedem a instalação. Cada uma está abaixo, com o que fazer.',
  'window.reachability.lead.blockedWays':
    '{{count}} caminhos que têm de estar abertos estão fechados. Cada um está abaixo, com o que fazer.',
  'window.reachability.lead.ready': 'Os servidores estão prontos: {{count}} verificações, e nada impede a instalação.',
  'window.reachability.lead.readyWithOpenings':
    'Nada impede a instalação, mas {{opened}} de {{count}} caminhos entre os servidores ainda não estão comprovados: firewalls dos servidores fecham-nos agora. O plano abre-os, e a instalação comprova cada um antes de um node arrancar.',
  'window.reachability.check': 'Verificar os servidores',
  'window.reachability.checkAgain': 'Repetir todas',
  'window.reachability.failedAgain': 'Repetir as que falharam',
  'window.reachability.failedAgain.none': 'Nenhuma falhou.',
  'window.reachability.failedAgain.incomplete': 'Esta verificação não chegou ao fim, por isso só se podem repetir todas.',
  'window.reachability.runAgain': 'Repetir',
  'window.reachability.runAgain.busy': 'Decorre uma verificação',
  'window.reachability.runAgain.way': 'Testa este caminho de novo; todos os outros ficam como foram vistos.',
  'window.reachability.runAgain.ways': 'Testa estes caminhos de novo; todos os outros ficam como foram vistos.',
  'window.reachability.runAgain.listeners': 'Testa de novo todos os caminhos para este servidor e observa todos os servidores.',
  'window.reachability.runAgain.server': 'Observa este servidor de novo; o que se diz dos outros fica como foi visto.',
  'window.reachability.runAgain.servers': 'Observa todos os servidores de novo; os caminhos entre eles ficam como foram vistos.',
  'window.reachability.checking': 'A verificar',
  'window.reachability.stop': 'Parar',
  'window.reachability.review': 'Rever as alterações',
  'window.reachability.incomplete': 'Falta algo nos passos anteriores; estão assinalados à esquerda.',
  'window.reachability.connecting': 'A ligar aos servidores',
  'window.reachability.empty': 'Ainda não verificado',
  'window.reachability.empty.servers':
    'Observa cada servidor: sistema, memória, disco, relógio, portas, firewall, definições do kernel, outros servidores Redis.',
  'window.reachability.empty.ways':
    'Testa os 24 caminhos entre os servidores com programas temporários à escuta nas quatro portas; terminam sozinhos ao fim de 30 s, no máximo.',
  'window.reachability.empty.nothing': 'Não altera nenhum ficheiro, definição ou serviço em nenhum servidor.',
  'window.reachability.empty.time': 'Demora alguns segundos.',
  'window.reachability.ways': 'Caminhos entre os servidores',
  'window.reachability.matrix.hint':
    'Escolha um quadrado para ver o que respondeu e a regra que o abre. Com o teclado: teclas de setas e Enter.',
  'window.reachability.openings':
    'As firewalls de {{servers}} fecham agora {{count}} caminhos; o plano abre-os, e a instalação comprova-o antes de um node arrancar.',
  'window.reachability.openings.list': 'Fechados agora pela firewall do servidor, e abertos pelo plano: {{ways}}',
  'window.reachability.way.reach': '{{reach}}: {{what}} ({{duration}})',
  'window.reachability.way.rejected': 'o nosso listener temporário estava lá, por isso uma firewall rejeita-o',
  'window.reachability.opens.plan':
    'Nada a fazer: a firewall de {{server}} fecha-o agora, e o plano abre-o. A regra está na revisão, e a instalação comprova que o caminho está aberto antes de um node arrancar.',
  'window.reachability.opens.somebodyElse':
    'O Triad não o pode abrir: o que o fecha não é a firewall de {{server}}, mas algo no caminho ou do outro lado. Entregue esta regra à equipa de rede:',
  'window.reachability.letOpen': 'Abrir por mim',
  'window.reachability.letOpen.what':
    'Deixa o Triad gerir as firewalls dos servidores ({{firewall}} em {{server}}). As regras passam a fazer parte do plano, estão na revisão e podem ser retiradas; nada é aberto antes de instalar. Depois tudo é verificado de novo.',
  'window.reachability.exclude': 'Excluí-las por mim',
  'window.reachability.exclude.what':
    'Deixa o Triad excluir as suas pastas do Microsoft Defender em todos os servidores Windows. Passa a fazer parte do plano, está na revisão e é desfeito pela remoção; nada é excluído antes de instalar. Depois tudo é verificado de novo.',
  'window.reachability.checks': 'Verificações',
  'window.reachability.notMade': 'Sem {{servers}}, {{count}} verificações ficaram por fazer',
  'window.reachability.copyAllRules': 'Copiar todas as regras para a equipa de rede',

  'window.rule.form': 'Forma da regra',
  'window.rule.form.text': 'por palavras',
  'window.rule.copy': 'Copiar a regra',
  'window.rule.sentenceOne':
    'Por favor permitam TCP de {{source}} ({{from}}) para {{destination}} ({{to}}) na porta de destino {{ports}}, e as respostas. Mais ninguém precisa dela: os nodes de um Redis Cluster falam diretamente entre si.',
  'window.rule.sentence':
    'Por favor permitam TCP de {{source}} ({{from}}) para {{destination}} ({{to}}) nas portas de destino {{ports}}, e as respostas. Mais ninguém precisa delas: os nodes de um Redis Cluster falam diretamente entre si.',

  'window.run.putRight': 'Ir para o passo {{step}}',
  'window.run.other.title': 'Está outra coisa em curso neste cluster: {{task}}',
  'window.run.other':
    'Foi iniciada com outras definições, por isso o resultado não aparece aqui. Nada mais pode começar antes de terminar.',
  'window.run.other.inPlace': 'Vê-se em {{place}}. Nada mais pode começar antes de acabar.',
  'window.run.other.stopChanging': 'Se for parada, fica o que fez até então; a mesma execução continua mais tarde a partir daí.',
  'window.run.other.stopLooking': 'Não altera nada nos servidores e pode ser parada a qualquer momento.',
  'window.run.other.stop': 'Parar',
  'window.run.other.why': 'Está outra coisa em curso',
  'window.check.expected': 'Esperado: {{expected}}',
  'window.check.ways': 'Portas entre servidores',
  'window.check.proof': '{{observed}}. Pretendido: {{expected}}. Observado {{moment}} a partir de {{from}}, por SSH.',
  'window.check.proofOfWay': '{{observed}}. Pretendido: {{expected}}. Testado {{moment}} em {{from}}.',

  'window.remedy.check.unobserved': 'Garanta que se chega a {{server}} e verifique de novo.',
  'window.remedy.check.unread': 'Verifique de novo. Se assim continuar, comunique-o com o registo da execução.',
  'window.remedy.check.pair.untried': 'Elimine o que as verificações de {{from}} e {{to}} indicam e verifique de novo.',
  'window.remedy.check.pair.adminUntried': 'Elimine o que as verificações de {{to}} indicam e verifique de novo.',
  'window.remedy.check.pair.willBeOpened': 'Nada a fazer: a instalação acrescenta a regra.',
  'window.remedy.check.kernel.willBeSet': 'Nada a fazer: a instalação define o valor e mantém-no após um reinício.',
  'window.remedy.check.server.memory':
    'Dê {{needed}} ao servidor, ou ponha a memória de cada node em {{possible}} ou menos no passo Redis.',
  'window.remedy.check.server.dataFolder.network': 'Escolha uma pasta de dados num disco local no passo Redis (em Mais).',
  'window.remedy.check.server.dataFolder.memory': 'Escolha uma pasta de dados num disco no passo Redis (em Mais).',
  'window.remedy.check.server.firewall.missing': 'Instale: acrescenta as regras e mantém-nas após um reinício.',
  'window.remedy.check.server.firewall': 'Deixe o Triad gerir as firewalls, ou acrescente as regras por sua mão:\n{{rules}}',
  'window.remedy.check.server.ownFiles.wrongKind': 'Mude-os de lugar, ou escolha outras pastas no passo Redis (em Mais).',
  'window.remedy.check.server.serviceUser.absent': 'Instale: cria a conta e corrige os donos.',
  'window.remedy.check.server.listenersGone': 'Em breve terminam sozinhos. Espere um minuto e verifique de novo.',
  'window.remedy.check.server.drift': 'Veja o passo Revisão, que mostra cada diferença. A instalação repõe o plano.',
  'window.remedy.check.cluster.silent': 'Recupere os nodes que não respondem (os seus resultados dizem como) e observe de novo.',
  'window.remedy.check.cluster.roles': 'Deixe o Triad repor os papéis planeados.',
  'window.remedy.check.cluster.survivesLoss':
    'Deixe o Triad repor os papéis planeados; se uma replica faltar ou não estiver sincronizada, elimine primeiro a causa.',
  'window.remedy.check.cluster.members.suspected': 'Observe de novo dentro de segundos: uma suspeita ou acaba ou passa a falha.',
  'window.remedy.check.cluster.epochs': 'O Redis resolve-o sozinho em segundos: observe de novo.',
  'window.remedy.check.node.answers.noCluster': 'Instale e execute `systemctl restart {{unit}}`: é uma definição que só um arranque lê.',
  'window.remedy.check.node.answers.loading': 'Espere até que tenha carregado e observe de novo.',
  'window.remedy.check.node.settings': 'Instale de novo: define-as com o node a funcionar.',
  'window.remedy.check.node.password': 'Instale com a palavra-passe certa e execute `systemctl restart {{unit}}` em {{server}}.',
  'window.remedy.check.node.service.absent': 'Instale de novo.',
  'window.remedy.check.node.answers.noCluster.onWindows':
    'Instale e depois execute `Restart-Service {{unit}}` no PowerShell em {{server}}: é uma definição que só um arranque lê.',
  'window.remedy.check.node.password.onWindows':
    'Instale com a palavra-passe certa e depois execute `Restart-Service {{unit}}` no PowerShell em {{server}}.',
  'window.remedy.check.node.service.notEnabled.onWindows':
    'Execute `sc.exe config {{unit}} start= delayed-auto` em {{server}} como administrador, ou instale de novo.',
  'window.remedy.check.node.service.needsReload.onWindows': 'Instale de novo: diz ao Windows o que o ficheiro diz agora.',
  'window.remedy.check.node.service.notEnabled': 'Execute `systemctl enable {{unit}}` em {{server}}, ou instale de novo.',
} as const satisfies Record<keyof typeof english, string>;
