import type { scenarioTexts as english } from '../en/scenario.ts';

/** The texts of `en/scenario.ts` in Portuguese. */
export const scenarioTexts = {
  'scenario.longest': 'Dura até a replica assumir. {{seconds}} s depois de preparado, o servidor repõe-se sozinho, também sem o Triad.',
  'scenario.longest.switchover': 'Dura alguns centésimos de segundo. O Redis desiste sozinho de uma troca ao fim de {{seconds}} s.',
  'scenario.switchover': 'Troca planeada',
  'scenario.switchover.does': 'Pede-se à replica do master do servidor que assuma, como antes de uma manutenção. Nada é parado.',
  'scenario.switchover.clients': 'Uma pausa de alguns centésimos de segundo. Nenhuma escrita confirmada se pode perder.',
  'scenario.switchover.undo': 'Uma segunda troca devolve ao master o seu papel.',
  'scenario.switchover.injected': 'pede-se a {{node}} que passe o papel à sua replica',
  'scenario.processRestarted': 'Processo terminado, com rearranque permitido',
  'scenario.processRestarted.does':
    'O processo do master do servidor é terminado de imediato (SIGKILL). O que o arranca depois de uma falha pode fazê-lo: o systemd, ou o serviço do Triad no Windows.',
  'scenario.processRestarted.clients':
    'O shard pára até o processo voltar, ou até a replica assumir, se isso vier primeiro. Podem perder-se escritas dos últimos instantes.',
  'scenario.processRestarted.undo': 'O gestor de serviços arranca-o; se não o fizer, fá-lo uma reposição no servidor.',
  'scenario.processRestarted.injected': '{{node}} é terminado e pode ser arrancado de novo',
  'scenario.processKilled': 'Processo terminado e mantido em baixo',
  'scenario.processKilled.does':
    'O processo do master do servidor é terminado de imediato (SIGKILL) e o gestor de serviços é impedido de o arrancar. O outro node do servidor continua.',
  'scenario.processKilled.clients': 'O shard não aceita escritas até a replica assumir. Podem perder-se escritas dos últimos instantes.',
  'scenario.processKilled.undo': 'O processo volta a arrancar, pelo Triad ou por uma reposição que espera no servidor.',
  'scenario.processKilled.injected': '{{node}} é terminado e mantido em baixo',
  'scenario.processFrozen': 'Processo congelado',
  'scenario.processFrozen.does':
    'O processo do master do servidor é suspenso (SIGSTOP; no Windows suspendem-se todas as suas threads): mantém as ligações e não responde a nada, como quando um disco bloqueia.',
  'scenario.processFrozen.clients':
    'As escritas no shard esgotam o tempo até a replica assumir. Clientes sem um limite de tempo próprio ficam parados até lá.',
  'scenario.processFrozen.undo': 'O processo continua, pelo Triad ou por uma reposição que espera no servidor.',
  'scenario.processFrozen.injected': '{{node}} é congelado',
  'scenario.serverLost': 'Perda de um servidor inteiro',
  'scenario.serverLost.does': 'Os dois nodes do servidor são terminados de imediato e mantidos em baixo, como quando falha a energia.',
  'scenario.serverLost.clients':
    'O shard do seu master não aceita escritas até a replica assumir. Podem perder-se escritas dos últimos instantes.',
  'scenario.serverLost.undo': 'Os dois nodes voltam a arrancar, pelo Triad ou por uma reposição que espera no servidor.',
  'scenario.serverLost.injected': '{{server}} perde-se: os dois nodes são terminados e mantidos em baixo',
  'scenario.networkCut': 'Corte de rede',
  'scenario.networkCut.does':
    'Nada passa entre o servidor e os outros nas portas do cluster, nos dois sentidos: os pacotes são descartados, no Windows por regras de bloqueio da sua firewall. O SSH e os clientes continuam a chegar-lhe.',
  'scenario.networkCut.clients':
    'Os clientes que ainda chegam ao antigo master continuam a escrever nele, no máximo durante o node timeout. O que escrevem depois do corte perde-se: o Triad conta-o.',
  'scenario.networkCut.undo':
    'As regras são retiradas, pelo Triad ou por uma reposição que espera no servidor; um reinício de um servidor Linux também as remove.',
  'scenario.networkCut.injected': '{{server}} fica isolado dos outros',
  'scenario.networkCutIn': 'Corte de rede, só à entrada',
  'scenario.networkCutIn.does':
    'Os pacotes dos outros servidores para este, nas quatro portas do cluster, são descartados; o que ele envia continua a sair.',
  'scenario.networkCutIn.clients': 'Como num corte de rede: o TCP precisa dos dois sentidos.',
  'scenario.networkCutIn.undo':
    'As regras são retiradas, pelo Triad ou por uma reposição que espera no servidor; um reinício do servidor também as remove.',
  'scenario.networkCutIn.injected': '{{server}} deixa de ouvir os outros',
  'scenario.networkCutOut': 'Corte de rede, só à saída',
  'scenario.networkCutOut.does':
    'Os pacotes do servidor para os outros, nas quatro portas do cluster, são descartados; o que eles enviam continua a chegar.',
  'scenario.networkCutOut.clients': 'Como num corte de rede: o TCP precisa dos dois sentidos.',
  'scenario.networkCutOut.undo':
    'As regras são retiradas, pelo Triad ou por uma reposição que espera no servidor; um reinício do servidor também as remove.',
  'scenario.networkCutOut.injected': 'nada de {{server}} chega aos outros',
  'scenario.longest.power':
    'Até a replica assumir; depois o servidor arranca. {{seconds}} s depois de preparado, este computador liga-o por si, também sem o Triad, desde que este computador continue a funcionar.',
  'scenario.powerLost': 'Corte de energia',
  'scenario.powerLost.does':
    'Todo o servidor perde a energia de imediato, por um comando seu para o controlador de gestão ou o hipervisor: nada nele se encerra, e nada do que espera na memória chega ao disco.',
  'scenario.powerLost.clients':
    'O shard do seu master não aceita escritas até a replica assumir, e as ligações ao servidor ficam penduradas até esgotarem o tempo. Podem perder-se escritas dos últimos instantes.',
  'scenario.powerLost.undo':
    'Um segundo comando seu liga-o, executado por um processo neste computador que espera ao lado do Triad e continua sem ele. Nada pode esperar num servidor sem energia: este computador tem de continuar ligado. Os serviços arrancam com o sistema.',
  'scenario.powerLost.injected': '{{server}} perde a energia',
} as const satisfies Readonly<Record<keyof typeof english, string>>;
