import type { checkWindowsTexts as english } from '../en/checkWindows.ts';

/** The texts of `en/checkWindows.ts` in Portuguese. */
export const checkWindowsTexts = {
  'check.server.windowsMemory.title': 'Memória para cópias',
  'check.server.windowsMemory.expected':
    'cada node pode guardar {{maxMemory}}, e isso é no máximo {{share}} % da memória de um servidor Windows',
  'check.server.windowsMemory.observed': '{{total}}, dos quais um node pode ocupar {{most}}',
  'check.server.windowsMemory.unknown': 'não foi possível ler quanta memória há',
  'check.server.windowsMemory.remedy':
    'Ponha redis.maxMemory em {{possible}} ou menos, ou dê ao servidor {{needed}} ou mais. O Redis para Windows copia todos os seus dados de cada vez que os grava; o Linux copia só o que muda entretanto.',
  'check.server.windowsCommit.title': 'Memória que o Windows pode garantir',
  'check.server.windowsCommit.expected':
    '{{needed}} livres para garantir (commit): para cada node os seus {{maxMemory}} e uma cópia deles, e mais 1 GB',
  'check.server.windowsCommit.observed': '{{free}} livres para garantir',
  'check.server.windowsCommit.unknown': 'não foi possível ler quanto ainda pode ser garantido',
  'check.server.windowsCommit.remedy':
    'Aumente o ficheiro de paginação em {{missing}}, deixe o Windows gerir o seu tamanho, ou ponha redis.maxMemory em {{possible}}. Sem isso, gravações e cópias para as replicas falham quando os dados tiverem crescido.',
  'check.server.windowsCommit.none.remedy':
    'Aumente o ficheiro de paginação em {{missing}}, deixe o Windows gerir o seu tamanho, ou dê mais memória ao servidor: assim não cabe nenhum node.',
  'check.server.windowsPageFile.title': 'Ficheiro de paginação',
  'check.server.windowsPageFile.expected': 'existe um',
  'check.server.windowsPageFile.observed': '{{size}}',
  'check.server.windowsPageFile.none': 'nenhum',
  'check.server.windowsPageFile.unknown': 'não foi possível ler se existe um',
  'check.server.windowsPageFile.remedy':
    'Deixe o Windows gerir o ficheiro de paginação (Sistema, Avançadas, Desempenho, Avançadas, Memória virtual) e reinicie o servidor.',
  'check.server.windowsDisk.title': 'Disco para os dados',
  'check.server.windowsDisk.expected': '{{needed}} livres num disco interno com NTFS ou ReFS',
  'check.server.windowsDisk.observed': '{{root}}: {{free}} livres, {{fileSystem}}',
  'check.server.windowsDisk.fileSystem': '{{root}} tem {{fileSystem}}',
  'check.server.windowsDisk.notFixed': '{{root}} ({{fileSystem}}) é uma partilha ou pode ser retirado',
  'check.server.windowsDisk.unknown': 'não foi possível ler o que é {{root}}',
  'check.server.windowsDisk.remedy':
    'Liberte {{missing}} em {{root}}, baixe redis.maxMemory, ou escolha outro disco. O Redis precisa do triplo dos seus dados enquanto reescreve o ficheiro.',
  'check.server.windowsDisk.kind.remedy': 'Escolha uma pasta num disco interno com NTFS ou ReFS.',
  'check.server.windowsDefender.title': 'Antivírus',
  'check.server.windowsDefender.expected': 'O Microsoft Defender deixa em paz as pastas dos nodes',
  'check.server.windowsDefender.absent': 'O Microsoft Defender não está lá, ou não diz o que faz',
  'check.server.windowsDefender.off': 'Não analisa ficheiros enquanto são usados',
  'check.server.windowsDefender.excluded': 'Estão nas suas exclusões',
  'check.server.windowsDefender.scans': 'Analisa {{folders}}: enquanto tem um ficheiro aberto, o Redis não o pode substituir',
  'check.server.windowsDefender.remedy':
    'Se as suas regras o permitirem, faça com que sejam deixadas em paz. No PowerShell do servidor, como administrador: `{{command}}`. Ou deixe que o Triad o faça: windows.defenderExclusions: add.',
  'check.server.windowsDefender.adopted.remedy':
    'Se as suas regras o permitirem, faça com que sejam deixadas em paz onde o Defender é gerido, ou no PowerShell do servidor, como administrador: `{{command}}`.',
  'check.server.windowsDefender.protected.remedy':
    'Se as suas regras o permitirem, faça com que sejam deixadas em paz. A proteção contra adulteração está ligada: onde o Defender é gerido, ou como administrador com ela desligada por um momento: `{{command}}`. Ou deixe que o Triad o faça: windows.defenderExclusions: add.',
  'check.server.windowsDefender.noExclusions': 'Não está a funcionar, ou não diz o que faz: não é possível fazer nenhuma exclusão',
  'check.server.windowsDefender.noExclusions.remedy':
    'Onde vigia outro antivírus, faça com que deixe em paz as pastas do Triad. Logo que o Defender funcione, `triad install` faz as exclusões. Onde não são desejadas: windows.defenderExclusions: none.',
  'check.server.windowsDefender.refused':
    'Analisa {{folders}}, e não aceita a exclusão: decide uma política ou a proteção contra adulteração',
  'check.server.windowsDefender.refused.remedy':
    'Peça a exclusão destas pastas onde o Defender é gerido; num servidor onde um administrador o possa fazer: `{{command}}`. O Redis funciona sem isso, mas um ficheiro que está a ser analisado não pode ser substituído nesse momento.',
  'check.server.windowsDefender.willBeExcluded': 'Analisa {{folders}}; a instalação exclui-as',
  'check.server.windowsDefender.willBeExcluded.remedy': 'Nada a fazer: `triad install` exclui-as, e `triad remove` desfaz isso.',
  'check.server.windowsDefender.drifted': 'Analisa {{folders}}, que devem estar excluídas: a exclusão foi retirada, ou nunca foi aceite',
  'check.server.windowsDefender.drifted.remedy':
    'Execute `triad install` de novo. Se não durar, decide uma política: peça a exclusão das pastas onde o Defender é gerido.',
  'check.server.windowsPowershell.title': 'PowerShell',
  'check.server.windowsPowershell.expected': 'Sabe-se o que o PowerShell lá pode fazer; o Triad mal precisa dele',
  'check.server.windowsPowershell.full': 'Pode fazer tudo',
  'check.server.windowsPowershell.limited':
    'Uma política limita-o ({{mode}}) e fecha-lhe o .NET: o Triad precisa lá do seu próprio programa, e esse programa tem de poder correr',
  'check.server.windowsPowershell.silent': 'Não respondeu: nada se sabe do antivírus, tudo o resto é dito pelo programa do próprio Triad',
  'check.server.windowsHelper.title': 'Programa do Triad no servidor',
  'check.server.windowsHelper.expected': 'o programa do próprio Triad pode correr',
  'check.server.windowsHelper.observed': 'corre',
  'check.server.windowsHelper.blocked': 'uma política bloqueia-o: o que aqui se diz vem do PowerShell, e nada se pode instalar',
  'check.server.windowsHelper.quarantined':
    'um programa de segurança levou-o: o que aqui se diz vem do PowerShell, e nada se pode instalar',
  'check.server.windowsHelper.remedy':
    'Permita triad-service.exe pelo seu SHA-256 {{sha256}} (AppLocker, App Control, ou as exclusões do programa de segurança), ou assine-o com um certificado em que a política confie e ponha o assinado no lugar do do Triad. Sem ele nenhum serviço pode correr este Redis; o Memurai pode ser um serviço por si (`windows.service: own` na especificação). Até lá, a verificação e o plano fazem-se pelo PowerShell.',
  'check.server.windowsHelper.without':
    'não pode correr: tudo se faz sem o programa do Triad, pelos do próprio Windows (sc.exe, icacls.exe, netsh.exe, PowerShell), e cada node é um serviço por si',
  'check.server.windowsHelper.without.remedy':
    'Nada há a fazer. Fica de fora o que só esse programa sabe fazer: as falhas de um ensaio de failover (a troca planeada funciona), e se se pode escutar numa porta em que ninguém escuta. Para o ter, permita triad-service.exe pelo seu SHA-256 {{sha256}}.',
  'check.server.windowsHelper.limited':
    'não pode correr, e também o PowerShell está limitado ({{mode}}): o bloqueio que separa duas execuções precisa de um dos dois',
  'check.server.windowsHelper.limited.remedy':
    'Permita triad-service.exe pelo seu SHA-256 {{sha256}}, ou deixe os administradores correr o PowerShell em FullLanguage.',
  'check.server.windowsPorts.title': 'Portas que o Windows reserva',
  'check.server.windowsPorts.expected': 'o Windows não reserva nenhuma de {{ports}}',
  'check.server.windowsPorts.observed': 'nenhuma está reservada',
  'check.server.windowsPorts.excluded': 'ninguém pode escutar em {{ports}}: excluídas pelo Windows',
  'check.server.windowsPorts.excluded.remedy':
    'Escolha outras portas, ou reserve-as antes do Hyper-V: `netsh int ipv4 add excludedportrange protocol=tcp startport={{first}} numberofports=1 store=persistent` como administrador e reinicie, para cada uma delas.',
  'check.server.windowsPorts.dynamic': 'o Windows dá {{ports}} a ligações que saem',
  'check.server.windowsPorts.dynamic.remedy':
    'Escolha outras portas: no arranque do servidor, outro programa pode tê-las ocupado. O Windows começa em 49152, a não ser que alguém o tenha mudado.',
} as const satisfies Record<keyof typeof english, string>;
